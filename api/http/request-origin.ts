import type { IncomingMessage } from 'node:http';

/** Where a request came from and how it reached us. */
export interface RequestOrigin {
  /** Over TLS, as far as we may know. */
  readonly isHttps: boolean;
  readonly isLoopback: boolean;
  /** The caller's IP address. */
  readonly address: string;
  /** Base of the URLs in its answer, without a trailing slash. */
  readonly publicUrl: string;
}

interface Settings {
  readonly publicUrl: string | undefined;
  readonly trustProxy: boolean;
}

const IN_PROCESS = '127.0.0.1';
/** A host name or address with an optional port: nothing that could leave its place in a URL. */
const HOST = /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/**
 * Forwarded headers (`X-Forwarded-For`, `-Proto`, `-Host`; of a list the last, which our own proxy wrote) count only
 * with `KEKAL_TRUST_PROXY`; the `Host` header only from loopback or such a proxy. Without a socket the call comes from
 * this very process. Source: billplz-api.md 1, "TLS" and "URLs".
 */
export function requestOrigin(
  headers: { get(name: string): string | null },
  incoming: IncomingMessage | undefined,
  settings: Settings,
): RequestOrigin {
  const forwarded = (name: string) =>
    settings.trustProxy ? lastOf(headers.get(`x-forwarded-${name}`)) : undefined;
  const address = plainAddress(forwarded('for') ?? incoming?.socket.remoteAddress ?? IN_PROCESS);
  const isLoopback = address === '::1' || address.startsWith('127.');
  const isHttps = (forwarded('proto') ?? schemeOf(incoming)) === 'https';
  return {
    isHttps,
    isLoopback,
    address,
    publicUrl: settings.publicUrl ?? `${isHttps ? 'https' : 'http'}://${shownHost()}`,
  };

  function shownHost(): string {
    const named = forwarded('host') ?? (isLoopback || settings.trustProxy ? headers.get('host') : null);
    return named !== null && HOST.test(named) ? named : listeningHost(incoming);
  }
}

function lastOf(list: string | null): string | undefined {
  return list?.split(',').at(-1)?.trim() || undefined;
}

function schemeOf(incoming: IncomingMessage | undefined): string {
  return incoming && 'encrypted' in incoming.socket ? 'https' : 'http';
}

/** An IPv4 address that came in through an IPv6 socket is that IPv4 address. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();
}

function listeningHost(incoming: IncomingMessage | undefined): string {
  const { localAddress = IN_PROCESS, localPort = 80 } = incoming?.socket ?? {};
  const address = plainAddress(localAddress);
  return `${address.includes(':') ? `[${address}]` : address}:${localPort}`;
}
