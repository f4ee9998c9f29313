import { expect, test } from 'vitest';
import { smsSegments } from './sms-segments.ts';

test.for([
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['中'.repeat(70), 1],
  ['中'.repeat(71), 2],
  [`${'a'.repeat(69)}中`, 1],
  [`${'a'.repeat(70)}中`, 2],
] as const)('a text is charged by the places it takes (%#)', ([text, segments]) => {
  expect(smsSegments(text)).toBe(segments);
});
