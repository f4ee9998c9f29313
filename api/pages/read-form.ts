import { holdsCardNumber } from '#domain/card-number-guard.ts';
import type { AppContext } from '../http/app-env.ts';
import { ParamsError } from '../http/params.ts';
import { readBody } from '../http/read-body.ts';
import { answerError } from './error-page.ts';
import { isFromOurPage } from './same-site.ts';

const BODY_MAX_BYTES = 16 * 1024;

/**
 * The fields of a form of ours, or the page that refuses it: it came from elsewhere, is too large or holds a card
 * number, which is never accepted of a payer and never echoed. Source: gateways.md 5, point 2.
 */
export async function readForm(c: AppContext): Promise<URLSearchParams | Response> {
  if (!isFromOurPage(c.req.raw.headers, c.var.origin.publicUrl)) return answerError(c, 'refused');
  let body: Uint8Array;
  try {
    body = await readBody(c.req.raw, c.env?.incoming, BODY_MAX_BYTES);
  } catch (error) {
    if (error instanceof ParamsError) return answerError(c, 'tooLarge');
    throw error;
  }
  const fields = new URLSearchParams(Buffer.from(body).toString('utf8'));
  return [...fields.values()].some(holdsCardNumber) ? answerError(c, 'cardData') : fields;
}
