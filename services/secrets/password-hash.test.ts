import { expect, test } from 'vitest';
import { hashPassword, isPassword } from './password-hash.ts';

test('a password is kept as argon2id with the cost that we chose and a salt of its own', async () => {
  const hashes = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(hashes[0]).not.toBe(hashes[1]);
});

test('only the very password opens a hash', async () => {
  const hash = await hashPassword('correct horse');
  expect(await isPassword(hash, 'correct horse')).toBe(true);
  expect(await isPassword(hash, 'correct horse ')).toBe(false);
  expect(await isPassword(hash, '')).toBe(false);
});

test('nothing opens a user without a password', async () => {
  expect(await isPassword(null, '')).toBe(false);
  expect(await isPassword(null, 'correct horse')).toBe(false);
});
