import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import { isHttpUrl } from '#domain/callback-url.ts';
import { createAddressRule } from './address-rule.ts';
import type { OutgoingFailure, OutgoingHttp, OutgoingRequest, OutgoingResult } from './port.ts';
import { parseRetryAfterMs } from './retry-after.ts';

/** How much of an answer's body is kept, bytes. */
const BODY_HEAD_BYTES = 2_048;

/** All headers of an answer together, bytes. */
const ANSWER_HEADERS_MAX = 16_384;

interface PinnedAddress {
  readonly address: string;
  readonly family: number;
}

export interface OutgoingOptions {
  /** Ranges that may be called though they are not public. */
  readonly allowCidrs: readonly string[];
  /** All addresses of a name, as the system knows them. */
  readonly resolve?: (hostname: string) => Promise<readonly PinnedAddress[]>;
}

const systemResolve = (hostname: string): Promise<readonly PinnedAddress[]> =>
  lookup(hostname, { all: true });

/**
 * The one client for addresses that users give. It resolves a name, checks every address, connects to those very
 * addresses, never follows a redirect, and cuts the whole exchange at the request's timeout. Outcomes are values;
 * throws only when `allowCidrs` cannot be read. Source: decisions.md, "Callback schedule".
 */
export function createOutgoingHttp({ allowCidrs, resolve = systemResolve }: OutgoingOptions): OutgoingHttp {
  const mayCall = createAddressRule(allowCidrs);
  return {
    async send(request) {
      const startedMs = performance.now();
      const result = await outcomeOf(request);
      return { ...result, durationMs: Math.round(performance.now() - startedMs) };
    },
  };

  async function outcomeOf(request: OutgoingRequest): Promise<Undated<OutgoingResult>> {
    if (!isHttpUrl(request.url)) return { kind: 'refused', reason: 'not_http_url' };
    const url = new URL(request.url.trim());
    const cut = new AbortController();
    const cutFor = (reason: 'timeout' | 'aborted') => () => cut.abort(reason);
    const onCallersAbort = cutFor('aborted');
    const timer = setTimeout(cutFor('timeout'), request.timeoutMs);
    request.signal?.addEventListener('abort', onCallersAbort, { once: true });
    if (request.signal?.aborted) onCallersAbort();
    try {
      const addresses = await beforeAbort(cut.signal, () => addressesOf(url.hostname));
      if (addresses.length === 0) return { kind: 'failed', reason: 'dns', detail: 'ENODATA' };
      if (!addresses.every(({ address }) => mayCall(address))) {
        return { kind: 'refused', reason: 'address_not_allowed' };
      }
      return await exchange(url, addresses, request, cut.signal);
    } catch (error) {
      if (cut.signal.aborted) return { kind: 'failed', reason: cut.signal.reason as 'timeout' | 'aborted' };
      return { kind: 'failed', ...explain(error) };
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onCallersAbort);
    }
  }

  /** A literal never reaches a resolver: undici asks for none, and `new URL` has read `2130706433` as 127.0.0.1. */
  async function addressesOf(hostname: string): Promise<readonly PinnedAddress[]> {
    const bare = hostname.replace(/^\[|\]$/g, '');
    if (bare.includes(':')) return [{ address: bare, family: 6 }];
    if (/^\d+\.\d+\.\d+\.\d+$/.test(bare)) return [{ address: bare, family: 4 }];
    return resolve(bare);
  }
}

type Undated<R> = R extends unknown ? Omit<R, 'durationMs'> : never;

async function exchange(
  url: URL,
  addresses: readonly PinnedAddress[],
  request: OutgoingRequest,
  signal: AbortSignal,
): Promise<Undated<OutgoingResult>> {
  const client = new Client(url.origin, {
    connect: { lookup: pinned(addresses), timeout: request.timeoutMs },
    // No connection is used twice: one that died in the pool would look like the receiver's failure.
    pipelining: 0,
    maxHeaderSize: ANSWER_HEADERS_MAX,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const answer = await beforeAbort(signal, () =>
      client.request({
        method: request.method,
        path: url.pathname + url.search,
        headers: { ...authorizationOf(url), ...request.headers },
        body: request.body ?? null,
        signal,
      }),
    );
    const bodyHead = await beforeAbort(signal, () => readHead(answer.body));
    const retryAfterMs = parseRetryAfterMs(headerOf(answer, 'retry-after'), Date.now());
    return {
      kind: 'answered',
      status: answer.statusCode,
      bodyHead,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  } finally {
    // Not awaited: it ends what is still open, and errors of that have nobody to hear them.
    client.destroy().catch(() => undefined);
  }
}

/** A name that resolves differently a moment later changes nothing: the connection goes to what was checked. */
function pinned(addresses: readonly PinnedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

function authorizationOf(url: URL): Record<string, string> {
  if (url.username === '' && url.password === '') return {};
  const credentials = `${decodeSafely(url.username)}:${decodeSafely(url.password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads until there is enough or the body ends; the rest is never received. */
async function readHead(body: Dispatcher.ResponseData['body']): Promise<string> {
  const head = new Uint8Array(BODY_HEAD_BYTES);
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const part = chunk.subarray(0, BODY_HEAD_BYTES - length);
    head.set(part, length);
    length += part.length;
    if (length === BODY_HEAD_BYTES) break;
  }
  // `stream`: a character that the cut divides is left out.
  return new TextDecoder().decode(head.subarray(0, length), { stream: true }).replaceAll('\0', '\ufffd');
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Waits no longer than the signal, whatever the other side of `work` is stuck in; none is begun after it. */
async function beforeAbort<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

const CONNECT_CODES = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'EINVAL',
  'EMFILE',
]);
const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'ENODATA', 'ESERVFAIL']);
const CLOSED_CODES = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);
const TIMEOUT_CODES = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);
const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|CRL_|EPROTO)/;

function explain(error: unknown): { reason: OutgoingFailure; detail: string } {
  const detail = codeOf(error);
  if (DNS_CODES.has(detail)) return { reason: 'dns', detail };
  if (CONNECT_CODES.has(detail)) return { reason: 'connect', detail };
  if (TIMEOUT_CODES.has(detail)) return { reason: 'timeout', detail };
  if (CLOSED_CODES.has(detail)) return { reason: 'closed', detail };
  return { reason: TLS_CODE.test(detail) ? 'tls' : 'protocol', detail };
}

/** Several addresses that all failed come as one error around theirs. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}
