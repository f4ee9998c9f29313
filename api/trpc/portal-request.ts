import type { AppContext } from '../http/app-env.ts';

/** Sent with every call: the id of the profile that the page shows, `0` before one is chosen. */
const PORTAL_HEADER = 'x-kekal-portal';

/**
 * Whether our own page sent this. A foreign page can send neither the header (that needs a preflight, which nobody
 * answers) nor, in any current browser, `Sec-Fetch-Site: same-origin`; and its `Origin` is not ours.
 * Source: issue 8, "Session theft paths tested: CSRF".
 */
export function isFromPortal(c: AppContext): boolean {
  if (c.req.header(PORTAL_HEADER) === undefined) return false;
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = c.req.header('origin');
  return origin === undefined || isOurs(c, origin);
}

/** By the address that payers see, or by the host that this very request was sent to. */
function isOurs(c: AppContext, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  return origin === new URL(c.var.origin.publicUrl).origin || new URL(origin).host === c.req.header('host');
}

/** Null before a profile is chosen. */
export function shownProfileId(c: AppContext): number | null {
  const shown = Number(c.req.header(PORTAL_HEADER));
  return Number.isSafeInteger(shown) && shown > 0 ? shown : null;
}
