import { z } from 'zod';
import { type Example, exampleShape, isJson, type Json, textAt } from './example.ts';
import { parseLenient } from './lenient-json.ts';
import { toAddress } from './published-address.ts';

/** What the file alone says of its example. */
export interface FileFacts {
  readonly name: string;
  /** It stands in the folder of the preview's examples. */
  readonly isPreview: boolean;
}

/**
 * An example out of a file's JSON, in any form that pages print: whole addresses, placeholders in a path, bodies as text, request and
 * answer as HTTP snippets.
 *
 * @throws Error that says what is missing or wrong
 */
export function toExample(file: unknown, { name, isPreview }: FileFacts): Example {
  if (!isJson(file)) throw new Error('it holds no JSON object');
  const missing = ['request', 'response'].filter(part => !(part in file));
  if (missing.length > 0) throw new Error(`it has no ${missing.join(' and no ')}`);
  const response = toResponse(file['response']);
  const { version: addressed, ...request } = toRequest(file['request'], response);
  const parsed = exampleShape.safeParse({
    ...file,
    name: textAt(file, 'name') || name,
    version: toVersion(file['version'] ?? addressed ?? (isPreview ? 'beta' : undefined)),
    source: textAt(file, 'source') ?? 'not told',
    sourceCommit: textAt(file, 'sourceCommit'),
    repaired: file['repaired'] === true,
    note: textAt(file, 'note'),
    request,
    response,
  });
  if (parsed.success) return parsed.data;
  throw new Error(z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' '));
}

/** The version as the file gives it: `v1.0` unless it names another. */
function toVersion(version: unknown): unknown {
  if (version === undefined || version === null || version === '1.0') return 'v1.0';
  return typeof version === 'string' ? version.toLowerCase() : version;
}

function toRequest(value: unknown, response: Json): Json {
  const request = typeof value === 'string' ? toSnippet(value) : isJson(value) ? value : undefined;
  if (request === undefined) throw new Error('its request is neither an object nor an HTTP snippet');
  // "GET /…", "GET https://… HTTP/1.1": a snippet's first line.
  const [first = '', ...rest] = (textAt(request, 'line') ?? '').replace(/\s+HTTP\/[\d.]+\s*$/i, '').split(/\s+/);
  const address = textAt(request, 'path') ?? textAt(request, 'url') ?? rest.join(' ');
  if (address.trim() === '') throw new Error('its request has no path');
  const { path, version } = toAddress(address, response['body']);
  return {
    method: (textAt(request, 'method') ?? first).toUpperCase(),
    path,
    version,
    ...toHeaders(request['headers']),
    ...toBody(request['body']),
  };
}

function toResponse(value: unknown): Json {
  const response = typeof value === 'string' ? toSnippet(value) : isJson(value) ? value : undefined;
  if (response === undefined) throw new Error('its response is neither an object nor an HTTP snippet');
  // "HTTP/1.1 200 OK", "200 OK", 200.
  const said = response['status'] ?? response['statusCode'] ?? response['line'];
  const status = /^\s*(?:HTTP\/[\d.]+\s+)?(\d{3})\b/i.exec(typeof said === 'number' ? String(said) : textOf(said))?.[1];
  if (status === undefined) throw new Error('its response has no status');
  return { status: Number(status), ...toHeaders(response['headers']), ...toBody(response['body']) };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function toHeaders(value: unknown): { headers?: Record<string, string> } {
  if (!isJson(value)) return {};
  const headers = Object.entries(value).filter(([, content]) => content !== null && content !== undefined);
  return { headers: Object.fromEntries(headers.map(([name, content]) => [name, String(content)])) };
}

function toBody(value: unknown): { body?: unknown } {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return {};
  return { body: typeof value === 'string' ? parseLenient(value) : value };
}

/** First line, headers and body of an HTTP message as a page prints it. */
function toSnippet(text: string): Json {
  const [head = '', ...bodies] = text.trim().split(/\r?\n\s*\r?\n/);
  const [line = '', ...headers] = head.split(/\r?\n/).map(row => row.trim());
  return {
    line,
    headers: Object.fromEntries(
      headers.flatMap(row => {
        const colon = row.indexOf(':');
        return colon < 1 ? [] : [[row.slice(0, colon).trim(), row.slice(colon + 1).trim()]];
      }),
    ),
    body: bodies.join('\n\n'),
  };
}
