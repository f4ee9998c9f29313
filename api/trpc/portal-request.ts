import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { ApiDeps } from '#api/deps.ts';

/** Sent with every call: the id of the profile that the page shows, `0` before one is chosen. */
export const PORTAL_HEADER = 'x-kekal-portal';

/** What the transport tells of one call. */
export interface PortalRequest {
  readonly requestId: string;
  readonly publicUrl: string;
  readonly secure: boolean;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly shownProfileId: number | null;
}

type Trust = Pick<ApiDeps, 'publicUrl' | 'trustProxy'>;

export function readPortalRequest(c: Context, deps: Trust, requestId: string): PortalRequest {
  const publicUrl = deps.publicUrl ?? originOf(c, deps);
  const shown = Number(c.req.header(PORTAL_HEADER));
  return {
    requestId,
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    address: addressOf(c, deps),
    userAgent: c.req.header('user-agent') ?? null,
    shownProfileId: Number.isSafeInteger(shown) && shown > 0 ? shown : null,
  };
}

/**
 * Whether our own page sent this. A foreign page can send neither the header (that needs a preflight, which nobody
 * answers) nor, in any current browser, `Sec-Fetch-Site: same-origin`; and its `Origin` is not ours.
 * Source: issue 8, "Session theft paths tested: CSRF".
 */
export function isFromPortal(c: Context, deps: Trust): boolean {
  if (c.req.header(PORTAL_HEADER) === undefined) return false;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  return (
    origin === originOf(c, deps) ||
    (deps.publicUrl !== undefined && origin === new URL(deps.publicUrl).origin)
  );
}

function originOf(c: Context, { trustProxy }: Trust): string {
  const { protocol, host } = new URL(c.req.url);
  if (!trustProxy) return `${protocol}//${host}`;
  const forwarded = (name: string) => c.req.header(name)?.split(',')[0]?.trim();
  return `${forwarded('x-forwarded-proto') ?? protocol.slice(0, -1)}://${forwarded('x-forwarded-host') ?? host}`;
}

/** Behind a proxy the last address of `X-Forwarded-For` is the one that the proxy saw; the others are hearsay. */
function addressOf(c: Context, { trustProxy }: Trust): string | null {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  if (forwarded) return forwarded;
  // A request that came without a socket, as in tests.
  if (!c.env || typeof c.env !== 'object' || !('incoming' in c.env)) return null;
  return getConnInfo(c).remote.address ?? null;
}
