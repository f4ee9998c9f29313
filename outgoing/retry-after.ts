/**
 * What a `Retry-After` header asks for, in ms from `nowMs` on: seconds, or an HTTP date. Undefined when it says
 * nothing that can be read; a date gone by is 0. The caller bounds it.
 */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1_000;
  // HTTP dates end in GMT; `Date.parse` alone would take a bare year.
  const atMs = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
