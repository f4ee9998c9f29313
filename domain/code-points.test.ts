import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from './code-points.ts';

test('texts are ordered as their UTF-8 bytes are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

test('characters beyond the basic plane come after all of it', () => {
  expect(compareCodePoints('\u{1f600}', '\uff5e')).toBeGreaterThan(0);
  expect('\u{1f600}' < '\uff5e').toBe(true);
});

test('a prefix comes first, equal texts are equal', () => {
  expect(compareCodePoints('ab', 'abc')).toBeLessThan(0);
  expect(compareCodePoints('', '')).toBe(0);
});
