import { expect, test } from 'vitest';
import { parseJsonBody } from './merge-params.ts';
import type { Params } from './params.ts';
import { parseQuery } from './rack-params.ts';
import { requestHash } from './request-hash.ts';

const json = (value: object) => parseJsonBody(Buffer.from(JSON.stringify(value)));
const hash = async (params: Params) => (await requestHash(params)).toString('hex');

test('one request has one hash, whatever its encoding and the order of its names', async () => {
  const form = parseQuery('amount=200&deliver=true&s[][email]=a%40b.co&s[][cut]=1');
  expect(await hash(json({ s: [{ cut: 1, email: 'a@b.co' }], deliver: true, amount: 200 }))).toBe(
    await hash(form),
  );
});

test('what is blank is as good as absent', async () => {
  expect(await hash(json({ a: 1, b: null, c: ' ' }))).toBe(await hash(parseQuery('a=1')));
});

test.each([
  ['a=1', 'a=2'],
  ['a=1', 'b=1'],
  ['a=1', 'a[]=1'],
  ['a[]=1&a[]=2', 'a[]=2&a[]=1'],
  ['a[b]=1', 'a[][b]=1'],
  ['a=x', 'a=x%20'],
])('%s and %s are two requests', async (one, other) => {
  expect(await hash(parseQuery(one))).not.toBe(await hash(parseQuery(other)));
});

test('files are told apart by their content', async () => {
  const upload = (content: string) => ({ logo: { file: new Blob([content]) } });
  expect(await hash(upload('one'))).toBe(await hash(upload('one')));
  expect(await hash(upload('one'))).not.toBe(await hash(upload('two')));
});
