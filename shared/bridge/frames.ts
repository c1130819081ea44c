import { z } from 'zod';
import { AppError } from '../contract/errors.ts';

/**
 * The texts that cross the bridge: the messages of the contract's library in the only forms that this contract needs, and
 * a few words of our own beside them (`Control`). Each end reads a text with these schemas before the library sees it: in
 * the library a message of another form is an unhandled rejection, which ends the process.
 */

/** Longest text that main takes, in UTF-16 units. The longest honest one (200 unit ids of 256 characters) is less than half of it. */
export const MAX_REQUEST_LENGTH = 128 * 1024;
/** Longest text that the page takes. Answers are pages and windows, so anything near it is a mistake. */
const MAX_ANSWER_LENGTH = 4 * 1024 * 1024;

/** Names a call on one connection; counted by the caller. */
const CallId = z.string().regex(/^[0-9a-z]{1,24}$/);

/**
 * The library's notes on what JSON can't carry (dates, big integers, regular expressions, maps) have no place here: this
 * contract knows no such values, and what such a note makes of a page's text is not to be let in.
 */
const Payload = z.strictObject({ json: z.unknown().optional() });

const CallFrame = z.strictObject({
  i: CallId,
  p: z.strictObject({ u: z.string().regex(/^(\/[A-Za-z][A-Za-z0-9]{0,63}){1,4}$/), b: Payload.optional() }),
});
const AbortFrame = z.strictObject({ i: CallId, t: z.literal(4) });

const AnswerFrame = z.strictObject({
  i: CallId,
  p: z.strictObject({
    s: z.int().min(200).max(599).optional(),
    h: z.strictObject({ 'content-type': z.literal('text/event-stream') }).optional(),
    b: Payload.optional(),
  }),
});
const EventFrame = z.strictObject({
  i: CallId,
  t: z.literal(3),
  p: z.strictObject({ e: z.enum(['message', 'error', 'done']), d: Payload.optional() }),
});

/** What the two ends tell each other outside any call. */
const Control = z.discriminatedUnion('control', [
  z.strictObject({ control: z.literal('ping') }),
  z.strictObject({ control: z.literal('pong') }),
  /** The sender closes its end now. */
  z.strictObject({ control: z.literal('gone') }),
]);
const ControlToPage = z.discriminatedUnion('control', [
  ...Control.options,
  /** A message came that is no call, so there is no call to answer; this says why it was dropped. */
  z.strictObject({ control: z.literal('refused'), error: AppError }),
  /** The loopback host asks its page to open a sign-in page, as it has no window of its own. */
  z.strictObject({ control: z.literal('openUrl'), url: z.url({ protocol: /^https?$/ }) }),
]);
export type Control = z.infer<typeof Control>;
export type ControlToPage = z.infer<typeof ControlToPage>;

export type ReadFrame<C> =
  /** To be handed to the contract's library as it is. */
  | { readonly is: 'message'; readonly callId: string; readonly text: string }
  | { readonly is: 'control'; readonly control: C }
  /** `callId` where the text named a call that can be told; `type` as the text gave it. */
  | {
      readonly is: 'malformed';
      readonly callId?: string;
      readonly type?: unknown;
      readonly problems: readonly string[];
    };

/** Reads what a page sent to main. Never throws. */
export function readFromPage(data: unknown): ReadFrame<Control> {
  const frame = read(data, MAX_REQUEST_LENGTH, type => (type === undefined ? CallFrame : AbortFrame), Control);
  // An abort or an event is no call: answering it would only confuse the call that it names.
  return frame.is === 'malformed' && frame.type !== undefined ? { is: 'malformed', problems: frame.problems } : frame;
}

/** Reads what main sent to its page. Never throws. */
export function readFromMain(data: unknown): ReadFrame<ControlToPage> {
  const schemaOf = (type: unknown) => (type === undefined ? AnswerFrame : type === 3 ? EventFrame : AbortFrame);
  return read(data, MAX_ANSWER_LENGTH, schemaOf, ControlToPage);
}

export function writeControl(control: ControlToPage): string {
  return JSON.stringify(control);
}

/** The status that goes with a typed error; the library wants one, nobody reads it. */
export const FAILURE_STATUS = 500;

/** A failed answer to a call, in the form that the contract's library reads as its typed error. */
export function writeFailure(callId: string, error: AppError): string {
  return JSON.stringify({ i: callId, p: { s: FAILURE_STATUS, b: { json: failureBody(error) } } });
}

/** The end of a stream by an error. */
export function writeStreamFailure(callId: string, error: AppError): string {
  return JSON.stringify({ i: callId, t: 3, p: { e: 'error', d: { json: failureBody(error) } } });
}

function failureBody(error: AppError): unknown {
  return { defined: true, code: 'APP_ERROR', status: FAILURE_STATUS, message: error.code, data: error };
}

function read<C>(
  data: unknown,
  maxLength: number,
  schemaOf: (type: unknown) => z.ZodType<{ i: string }>,
  control: z.ZodType<C>,
): ReadFrame<C> {
  if (typeof data !== 'string') return { is: 'malformed', problems: ['a message must be text'] };
  if (data.length > maxLength) return { is: 'malformed', problems: [`a message may hold ${maxLength} characters`] };
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return { is: 'malformed', problems: ['a message must be JSON'] };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { is: 'malformed', problems: ['a message must be a JSON object'] };
  }
  if (Object.hasOwn(value, 'control')) {
    const parsed = control.safeParse(value);
    return parsed.success
      ? { is: 'control', control: parsed.data }
      : { is: 'malformed', problems: problemsOf(parsed.error.issues) };
  }
  const type = 't' in value ? value.t : undefined;
  const parsed = schemaOf(type).safeParse(value);
  if (parsed.success) return { is: 'message', callId: parsed.data.i, text: data };
  const problems = problemsOf(parsed.error.issues);
  const callId = CallId.safeParse('i' in value ? value.i : undefined);
  return { is: 'malformed', ...(callId.success ? { callId: callId.data } : {}), type, problems };
}

/** At most this many problems are told of one message, each cut to a line. */
const MAX_PROBLEMS = 10;
const MAX_PROBLEM_LENGTH = 200;

/** Words a validation's issues as `window.limit: Too big: expected number to be <=200`. Values are never repeated. */
export function problemsOf(
  issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[],
): string[] {
  return issues.slice(0, MAX_PROBLEMS).map(issue => {
    const path = (issue.path ?? []).map(segmentName).join('.');
    return `${path === '' ? '' : `${path}: `}${issue.message}`.slice(0, MAX_PROBLEM_LENGTH);
  });
}

/** A path's segment is a key, or (by the common schema interface) an object that holds one. */
function segmentName(segment: unknown): string {
  if (typeof segment === 'object' && segment !== null && 'key' in segment) return String(segment.key);
  return String(segment);
}
