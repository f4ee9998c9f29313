/** One request to an address that a user gave. */
export interface OutgoingRequest {
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange: name, connection, answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** `closed`: the connection ended before the answer did; `aborted`: the caller's signal. */
export type OutgoingFailure = 'timeout' | 'aborted' | 'dns' | 'connect' | 'tls' | 'closed' | 'protocol';

/** Why an address is never called: no http/https URL, or one that leads inside. */
export type OutgoingRefusal = 'not_http_url' | 'address_not_allowed';

/** Every outcome is a value. A redirect is an answer like any other: it is never followed. */
export type OutgoingResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The first 2 KiB of the body as text; what is no UTF-8, and NUL, reads U+FFFD. */
      readonly bodyHead: string;
      /** What `Retry-After` asks for, from the answer on. */
      readonly retryAfterMs?: number;
      readonly durationMs: number;
    }
  | {
      readonly kind: 'failed';
      readonly reason: OutgoingFailure;
      /** A code for whoever looks into it, such as `ECONNREFUSED`. */
      readonly detail?: string;
      readonly durationMs: number;
    }
  | { readonly kind: 'refused'; readonly reason: OutgoingRefusal; readonly durationMs: number };

export interface OutgoingHttp {
  send(request: OutgoingRequest): Promise<OutgoingResult>;
}
