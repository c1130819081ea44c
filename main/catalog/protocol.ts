import type { AppError } from '../../shared/contract/errors.ts';
import type { CatalogNotice } from './notice.ts';

/**
 * What the client and its worker say to each other. Each call is answered once, under its id: by a value or by an error. All
 * that a call takes and gives is plain data: what JSON can hold, where a property that is left out and one that is `undefined` are alike.
 */
export interface CallMessage {
  readonly type: 'call';
  readonly id: number;
  readonly group: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Ends the worker once what it has begun has ended. */
interface CloseMessage {
  readonly type: 'close';
}

export type ToWorker = CallMessage | CloseMessage;

export type FromWorker =
  /** The files are open; calls are answered from now on. */
  | { readonly type: 'opened'; readonly notices: readonly CatalogNotice[] }
  /** The files can't be opened; the worker ends. */
  | { readonly type: 'notOpened'; readonly error: AppError; readonly trace?: string }
  | { readonly type: 'notice'; readonly notice: CatalogNotice }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  /** `trace` belongs in the log, under the error's id; it never goes further. */
  | { readonly type: 'error'; readonly id: number; readonly error: AppError; readonly trace?: string };

/**
 * A message of the worker as it travels. An answer's value goes as JSON text, absent for `undefined`: for the many small objects of a long list
 * that takes half the time of a structured clone, above all of the thread that reads it, which is main's.
 */
export type WireMessage =
  | Exclude<FromWorker, { readonly type: 'answer' }>
  | { readonly type: 'answer'; readonly id: number; readonly json?: string };

/** @throws TypeError where the value is none that JSON can hold (a bigint, or something that holds itself) */
export function toWire(message: FromWorker): WireMessage {
  if (message.type !== 'answer') return message;
  const { type, id, value } = message;
  return value === undefined ? { type, id } : { type, id, json: JSON.stringify(value) };
}

export function fromWire(message: WireMessage): FromWorker {
  if (message.type !== 'answer') return message;
  const { type, id, json } = message;
  return { type, id, value: json === undefined ? undefined : (JSON.parse(json) as unknown) };
}

/** What the worker is started with. */
export interface WorkerData {
  readonly profile: string;
  /** The host's clock when the worker started, for dated file names. */
  readonly now: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads a message to the worker; `undefined` where it is none. Whatever else is sent is passed over. */
export function toWorkerMessage(message: unknown): ToWorker | undefined {
  if (!isRecord(message)) return undefined;
  if (message['type'] === 'close') return { type: 'close' };
  const { type, id, group, method, args } = message;
  if (type !== 'call' || typeof id !== 'number' || !Number.isSafeInteger(id)) return undefined;
  if (typeof group !== 'string' || typeof method !== 'string' || !Array.isArray(args)) return undefined;
  return { type: 'call', id, group, method, args };
}
