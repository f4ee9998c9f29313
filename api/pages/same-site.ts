/**
 * Whether a form came from our own page. These pages have no session that a foreign page could ride on; this keeps other
 * sites from starting payments in a payer's name all the same. A browser's `Sec-Fetch-Site` decides; one without it
 * sends `Origin`, which our `no-referrer` makes `null`; a client that sends neither is no browser.
 */
export function isFromOurPage(headers: { get(name: string): string | null }, publicUrl: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  return origin === null || origin === 'null' || origin === new URL(publicUrl).origin;
}

/** A browser that fetches ahead of its user: nothing may be made for it. */
export function isPrefetch(headers: { get(name: string): string | null }): boolean {
  const purpose = `${headers.get('sec-purpose') ?? ''} ${headers.get('purpose') ?? ''}`;
  return /\b(?:prefetch|prerender|preview)\b/i.test(purpose);
}
