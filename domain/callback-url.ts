/** Longest URL that the API keeps. Source: billplz-api.md 1, rule `url`. */
export const URL_MAX = 2_048;

/**
 * Whether a text is an absolute http or https URL with a host; white space around it does not count. Control
 * characters and backslashes, which URL parsers silently repair, make it none. Never throws. Where the URL leads is
 * judged when it is called. Source: billplz-api.md 3.4.
 */
export function isHttpUrl(text: string): boolean {
  const trimmed = text.trim();
  return /^https?:\/\/[^/?#]/i.test(trimmed) && !HAS_REPAIRED.test(trimmed) && URL.canParse(trimmed);
}

const HAS_REPAIRED = /[\u0000-\u001f\u007f\\]/;

/** A name such as `billplz[paid_at]` and its decoded text. */
export type RedirectPair = readonly [name: string, value: string];

/**
 * The URL that a payer is sent on to: `base` with the pairs at the end of its query, brackets and values
 * percent-encoded (space `%20`, `+` `%2B`). The URL's own query and fragment survive byte for byte, save its own
 * `billplz[...]` pairs, which are removed first: nobody can plant an outcome. Source: billplz-api.md 4, "Redirect".
 */
export function signedRedirectUrl(base: string, pairs: readonly RedirectPair[]): string {
  const hash = base.indexOf('#');
  const fragment = hash === -1 ? '' : base.slice(hash);
  const withoutFragment = hash === -1 ? base : base.slice(0, hash);
  const mark = withoutFragment.indexOf('?');
  const place = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
  const own = mark === -1 ? [] : withoutFragment.slice(mark + 1).split('&');
  const query = [
    ...own.filter((pair) => pair !== '' && !isBillplzPair(pair)),
    ...pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`),
  ].join('&');
  return `${place}${query === '' ? '' : '?'}${query}${fragment}`;
}

function isBillplzPair(pair: string): boolean {
  const [name = ''] = pair.split('=', 1);
  return decode(name).trimStart().startsWith('billplz[');
}

/** What cannot be decoded is compared as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
