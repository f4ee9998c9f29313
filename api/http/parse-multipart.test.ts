import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUploadedFile, ParamsError } from './params.ts';
import { parseMultipart } from './parse-multipart.ts';

const TYPE = 'multipart/form-data; boundary=xYz';
const bytes = (text: string) => Buffer.from(text, 'utf8');
const part = (name: string, value: string) =>
  `--xYz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

function parse(text: string, type = TYPE) {
  return parseMultipart(bytes(text), type);
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof ParamsError ? error.code : String(error);
  }
}

test('parts nest like the pairs of a form', () => {
  const body = `${part('title', 'A')}${part('s[][email]', 'a@b.co')}${part('s[][cut]', '1')}${part('s[][email]', 'c@d.co')}--xYz--\r\n`;
  expect(JSON.parse(JSON.stringify(parse(body)))).toEqual({
    title: 'A',
    s: [{ email: 'a@b.co', cut: '1' }, { email: 'c@d.co' }],
  });
});

test('what the platform writes is read back, text and file', async () => {
  const form = new FormData();
  form.set('title', 'Rumah "Kami" \r\n& co; naïve');
  form.set('na"me', 'x');
  form.set('empty', '');
  form.set('logo', new File([Uint8Array.of(0, 255, 13, 10, 45, 45)], 'l.png', { type: 'image/png' }));
  const request = new Request('http://x', { method: 'POST', body: form });
  const params = parseMultipart(
    new Uint8Array(await request.arrayBuffer()),
    request.headers.get('content-type') ?? '',
  );
  expect(params).toMatchObject({ title: 'Rumah "Kami" \r\n& co; naïve', 'na"me': 'x', empty: '' });
  const { logo } = params;
  expect(isUploadedFile(logo) && logo.file.type).toBe('image/png');
  expect(isUploadedFile(logo) && [...new Uint8Array(await logo.file.arrayBuffer())]).toEqual([
    0, 255, 13, 10, 45, 45,
  ]);
});

test.each([
  ['a preamble and an epilogue', `hello\r\n${part('a', '1')}--xYz--\r\nbye`],
  [
    'white space after a delimiter',
    `--xYz \t\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--xYz--`,
  ],
  ['a name without quotes', '--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--xYz--'],
  ['header names in any case', '--xYz\r\ncontent-disposition: FORM-DATA; NAME="a"\r\n\r\n1\r\n--xYz--'],
  [
    'more headers',
    '--xYz\r\nX: y\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain\r\n\r\n1\r\n--xYz--',
  ],
])('%s does not matter', (_what, body) => {
  expect({ ...parse(body) }).toEqual({ a: '1' });
});

test('a file that nobody chose is no file', () => {
  const body = '--xYz\r\nContent-Disposition: form-data; name="logo"; filename=""\r\n\r\n\r\n--xYz--';
  expect({ ...parse(body) }).toEqual({ logo: '' });
});

test('nothing at all is no parameters, even without a boundary', () => {
  expect({ ...parse('', 'multipart/form-data') }).toEqual({});
});

test.each([
  ['no boundary', part('a', '1'), 'multipart/form-data'],
  ['no delimiter', 'a=1', TYPE],
  ['no end', part('a', '1'), TYPE],
  ['no name', '--xYz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xYz--', TYPE],
  ['no header', '--xYz\r\n\r\n1\r\n--xYz--', TYPE],
  [
    'text after a delimiter',
    '--xYzabc\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--xYz--',
    TYPE,
  ],
])('%s makes a body that cannot be parsed', (_what, body, type) => {
  expect(codeOf(() => parse(body, type))).toBe('unparseable');
});

test('texts and names are UTF-8, files are any bytes', () => {
  const invalid = Buffer.concat([
    bytes('--xYz\r\nContent-Disposition: form-data; name="a"\r\n\r\n'),
    Buffer.of(0xff),
    bytes('\r\n--xYz--'),
  ]);
  expect(codeOf(() => parseMultipart(invalid, TYPE))).toBe('not_utf8');
  expect(codeOf(() => parse(`${part('a', 'x\0')}--xYz--`))).toBe('not_utf8');
});

test('more parts than parameters are allowed are too large', () => {
  const parts = Array.from({ length: 1_001 }, (_, i) => part(`p${i}`, '')).join('');
  expect(codeOf(() => parse(`${parts}--xYz--`))).toBe('too_large');
});

test('any bytes are read or refused, never more', () => {
  const piece = fc.constantFrom(
    '--xYz',
    '\r\n',
    '--',
    'Content-Disposition: form-data; name="a"',
    ';',
    '"',
    'x',
    '\0',
    'é',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece).map((pieces) => bytes(pieces.join(''))),
        fc.uint8Array(),
      ),
      (body) => {
        const code = codeOf(() => parseMultipart(body, TYPE));
        expect([undefined, 'unparseable', 'not_utf8', 'malformed', 'too_large']).toContain(code);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('any texts come back as they were sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), async (texts) => {
      const form = new FormData();
      const sent = texts.map((text) => text.replaceAll('\0', '').replace(/\r\n|\r|\n/g, '\r\n'));
      for (const [i, text] of sent.entries()) form.set(`p${i}`, text);
      const request = new Request('http://x', { method: 'POST', body: form });
      const read = parseMultipart(
        new Uint8Array(await request.arrayBuffer()),
        request.headers.get('content-type') ?? '',
      );
      expect(Object.values(read)).toEqual(sent);
    }),
    { numRuns: 100 },
  );
});
