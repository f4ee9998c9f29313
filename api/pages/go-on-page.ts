import type { AppContext } from '../http/app-env.ts';
import { answerPage } from './answer.ts';
import { html } from './html.ts';
import type { Language } from './language.ts';
import { TEXTS } from './texts.ts';

/** Where a form's answer leads; the last one is another page of ours. */
export type Towards = 'bank' | 'merchant' | 'page';

/**
 * Leaves for another address after a form post, or without making anything yet: 200 with `Refresh` and a visible link,
 * because `form-action 'self'` makes Chromium block a redirect to another origin. Source: gateways.md 5, point 9.
 */
export function answerGoOn(
  c: AppContext,
  go: {
    readonly url: string;
    readonly towards: Towards;
    readonly language: Language;
    readonly merchantName: string | null;
    readonly sandbox: boolean;
  },
): Response {
  const texts = TEXTS[go.language];
  const url = leavingUrl(go.url);
  const sentence = { bank: texts.goingToBank, merchant: texts.goingToMerchant, page: texts.goingBack }[
    go.towards
  ];
  const main = html`<h1>${texts.goingOnTitle}</h1>
<p>${sentence}</p>
<p><a class="button" href="${url}" rel="noreferrer">${texts.goOn}</a></p>`;
  return answerPage(
    c,
    200,
    { ...go, title: texts.goingOnTitle, path: null, main },
    { Refresh: `0; url=${url}` },
  );
}

/**
 * An address as a header and a link may carry it: a path of ours, or absolute http(s) in ASCII without white space.
 * Throws TypeError on anything else, so that no `javascript:` is ever linked.
 */
export function leavingUrl(url: string): string {
  if (/^\/(?!\/)[\w\-./~%?=&]*$/.test(url)) return url;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError(`${protocol} is no way on`);
  return href;
}
