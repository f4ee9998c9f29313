import { expect, test } from 'vitest';
import { Refusal } from '#domain/refusal.ts';
import { CreateProfileInput } from '#services/profile/create.ts';
import { ConfigError } from '../config.ts';
import { Problem } from './installation.ts';
import { sentenceOf } from './sentence.ts';

test('a refusal is one sentence with its facts', () => {
  expect(sentenceOf(new Refusal('taken', { email: 'a@b.test', profileId: undefined }))).toBe(
    'Refused: somebody else has it already (email a@b.test).',
  );
  expect(sentenceOf(new Refusal('forbidden'))).toBe('Refused: this is not allowed.');
});

test('each wrong input is one sentence that names its option', () => {
  const { error } = CreateProfileInput.safeParse({
    merchantId: 1,
    mode: 'sandbox',
    name: 'Shop',
    contactEmail: 'nobody',
    timeZone: 'Mars',
    xSignatureCallback: true,
    xSignatureRedirect: true,
  });
  expect(sentenceOf(error)?.split('\n')).toEqual([
    'contact-email: Invalid email address.',
    'time-zone: must be a time zone such as Asia/Kuala_Lumpur.',
  ]);
});

test('what the operator can set right is said, and a bug of ours is not passed off as that', () => {
  expect(sentenceOf(new Problem('Say which.'))).toBe('Say which.');
  expect(sentenceOf(new ConfigError('DATABASE_URL is not set.'))).toMatch(/^DATABASE_URL is not set\.\n/);
  expect(sentenceOf(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toMatch(
    /^The database does not/,
  );
  expect(sentenceOf(Object.assign(new Error('5'), { code: 5, details: 'namespace not found' }))).toBe(
    'Temporal does not do it: namespace not found.',
  );
  expect(sentenceOf(new TypeError('x is not a function'))).toBeUndefined();
});
