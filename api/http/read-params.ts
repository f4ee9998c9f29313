import type { RequestContext } from './app-env.ts';
import { mergeParams, parseJsonBody } from './merge-params.ts';
import { parseMultipart } from './parse-multipart.ts';
import { emptyParams, type Params } from './params.ts';
import { parseQuery, parseUrlEncoded } from './rack-params.ts';
import { readBody } from './read-body.ts';

const BODY_MAX_BYTES = 1024 * 1024;
const MULTIPART_MAX_BYTES = 10 * BODY_MAX_BYTES;

/**
 * Everything a request carries, as one tree: query, then body, then path. No content type is a form; one that we do not
 * read is no body. Throws ParamsError. Source: billplz-api.md 1, "Bodies in", "Merge", "Limits".
 */
export async function readParams(
  c: RequestContext,
  path: Readonly<Record<string, string>> = {},
): Promise<Params> {
  const query = parseQuery(new URL(c.req.url).search.slice(1));
  return mergeParams({ query, body: await readBodyParams(c), path });
}

async function readBodyParams(c: RequestContext): Promise<Params> {
  const contentType = c.req.header('content-type') ?? '';
  const [mediaType = ''] = contentType.split(';', 1);
  const read = (limitBytes: number) => readBody(c.req.raw, c.env?.incoming, limitBytes);
  switch (mediaType.trim().toLowerCase()) {
    case '':
    case 'application/x-www-form-urlencoded':
      return parseUrlEncoded(await read(BODY_MAX_BYTES));
    case 'application/json':
      return parseJsonBody(await read(BODY_MAX_BYTES));
    case 'multipart/form-data':
      return parseMultipart(await read(MULTIPART_MAX_BYTES), contentType);
    default:
      return emptyParams();
  }
}
