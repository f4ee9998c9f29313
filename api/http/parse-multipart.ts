import { PARAM_LIMITS, type ParamLimits, type Params, ParamsError } from './params.ts';
import { parseRackPairs, type RackPair } from './rack-params.ts';

const CRLF = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const HEAD_MAX_BYTES = 8_192;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads `multipart/form-data` bytes; a part with a file name is a file, any other a text. Throws ParamsError:
 * `unparseable` without a boundary, with a part that does not end or has no name; `not_utf8`; and what `parseRackPairs`
 * throws. Nothing at all is no parameters. Source: billplz-api.md 1, "Bodies in", "Nesting".
 */
export function parseMultipart(
  bytes: Uint8Array,
  contentType: string,
  limits: ParamLimits = PARAM_LIMITS,
): Params {
  if (bytes.length === 0) return parseRackPairs([], limits);
  const boundary = parameterOf(contentType, 'boundary');
  if (!boundary || boundary.length > 200) throw new ParamsError('unparseable');
  return parseRackPairs(partsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), boundary), limits);
}

function* partsOf(body: Buffer, boundary: string): Generator<RackPair> {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const opening = delimiter.subarray(CRLF.length);
  // A preamble before the first delimiter means nothing.
  let at = body.subarray(0, opening.length).equals(opening) ? 0 : body.indexOf(delimiter) + CRLF.length;
  if (at < CRLF.length && at !== 0) throw new ParamsError('unparseable');
  for (;;) {
    at += opening.length;
    if (body.toString('latin1', at, at + 2) === '--') return;
    const lineEnd = body.indexOf(CRLF, at);
    if (lineEnd === -1 || body.toString('latin1', at, lineEnd).trim() !== '')
      throw new ParamsError('unparseable');
    // From the line's own end: a part may have no header at all.
    const headEnd = body.subarray(lineEnd, lineEnd + HEAD_MAX_BYTES).indexOf(HEAD_END);
    const next = headEnd === -1 ? -1 : body.indexOf(delimiter, lineEnd + headEnd + CRLF.length);
    if (next === -1) throw new ParamsError('unparseable');
    const from = lineEnd + headEnd + HEAD_END.length;
    yield pairOf(body.subarray(lineEnd, lineEnd + headEnd), body.subarray(Math.min(from, next), next));
    at = next + CRLF.length;
  }
}

function pairOf(head: Buffer, content: Buffer): RackPair {
  const headers = new Map(
    decoded(head)
      .split('\r\n')
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()];
      }),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameterOf(disposition, 'name');
  if (name === undefined) throw new ParamsError('unparseable');
  if (!/;\s*filename\*?\s*=/i.test(disposition)) return [name, decoded(content)];
  // A browser sends an empty file where none was chosen.
  if (content.length === 0 && parameterOf(disposition, 'filename') === '') return [name, ''];
  return [name, { file: new Blob([Uint8Array.from(content)], { type: headers.get('content-type') ?? '' }) }];
}

/** A parameter of a header; quoted or bare, with the percent escapes that browsers and curl write in names. */
function parameterOf(header: string, wanted: string): string | undefined {
  const found = new RegExp(`;\\s*${wanted}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s"]+))`, 'i').exec(
    header,
  );
  if (!found) return undefined;
  const [, quoted, bare] = found;
  return (quoted?.replace(/\\(["\\])/g, '$1') ?? bare ?? '').replace(/%(0D|0A|22)/gi, (escape) =>
    decodeURIComponent(escape),
  );
}

function decoded(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new ParamsError('not_utf8');
  }
}
