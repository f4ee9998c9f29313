import { Refusal } from '#domain/refusal.ts';
import type { ApiDeps } from '../deps.ts';
import type { AppContext } from '../http/app-env.ts';
import { answerPage } from './answer.ts';
import { html } from './html.ts';
import { LANGUAGES, type Language } from './language.ts';
import { languageFor } from './reader.ts';
import { TEXTS, type Texts } from './texts.ts';

type ErrorName = keyof Texts['errors'];

const STATUS = {
  notFound: 404,
  refused: 403,
  insecure: 403,
  cardData: 422,
  tooLarge: 413,
  tooMany: 429,
  broken: 500,
  unavailable: 503,
} as const satisfies Record<ErrorName, number>;

const RETRY_AFTER_S = 30;

/**
 * An error as a page, in the reader's language and below it in the other one, with the id that finds it in our logs.
 * `retryAfterS` for 429 and 503.
 */
export function answerError(c: AppContext, name: ErrorName, { retryAfterS = RETRY_AFTER_S } = {}): Response {
  const language = languageFor(c, 'en');
  const others = LANGUAGES.filter((other) => other !== language);
  const main = html`<h1>${TEXTS[language].errors[name].title}</h1>
<p>${TEXTS[language].errors[name].text}</p>
${others.map((other) => inOtherLanguage(other, name))}
<p class="quiet small">${TEXTS[language].requestId}: <code>${c.var.requestId}</code></p>`;
  const retry = name === 'tooMany' || name === 'unavailable';
  return answerPage(
    c,
    STATUS[name],
    {
      language,
      title: TEXTS[language].errors[name].title,
      merchantName: null,
      sandbox: false,
      path: null,
      main,
    },
    retry ? { 'Retry-After': String(retryAfterS) } : {},
  );
}

/** What a page's handler threw, as a page. A refusal is an answer; anything else is logged as a bug. */
export function answerThrown(c: AppContext, log: ApiDeps['log'], error: unknown): Response {
  if (error instanceof Refusal) {
    if (error.code === 'not_found') return answerError(c, 'notFound');
    if (error.code === 'unavailable') return answerError(c, 'unavailable');
    log.warn({ requestId: c.var.requestId, path: c.req.path, code: error.code }, 'a page met a refusal');
    return answerError(c, 'refused');
  }
  log.error({ requestId: c.var.requestId, path: c.req.path, error }, 'a page failed');
  return answerError(c, 'broken');
}

function inOtherLanguage(language: Language, name: ErrorName) {
  const { title, text } = TEXTS[language].errors[name];
  return html`<section class="other quiet" lang="${language}"><h2>${title}</h2><p>${text}</p></section>`;
}
