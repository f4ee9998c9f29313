import { expect, test } from 'vitest';
import { drawApiKey } from './secret.ts';

test('a key names the mode that it reaches, or says that it reaches both', () => {
  expect(drawApiKey(['sandbox', 'sandbox']).secret).toMatch(/^kekal_sandbox_[0-9A-Za-z]{43}$/);
  expect(drawApiKey(['live']).secret).toMatch(/^kekal_live_[0-9A-Za-z]{43}$/);
  expect(drawApiKey(['live', 'sandbox']).secret).toMatch(/^kekal_multi_[0-9A-Za-z]{43}$/);
});

test('what is kept of a key in clear tells keys apart and leaves 37 characters secret', () => {
  const { secret, prefix } = drawApiKey(['sandbox']);
  expect(secret.startsWith(prefix)).toBe(true);
  expect(secret.length - prefix.length).toBe(37);
});

test('a thousand keys are a thousand different keys that use the whole alphabet', () => {
  const secrets = Array.from({ length: 1_000 }, () => drawApiKey(['sandbox']).secret);
  expect(new Set(secrets).size).toBe(1_000);
  const characters = new Set(secrets.map((secret) => secret.slice('kekal_sandbox_'.length)).join(''));
  expect(characters.size).toBe(62);
});
