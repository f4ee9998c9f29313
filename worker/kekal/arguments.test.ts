import { expect, test } from 'vitest';
import { onOff, positive, positives } from './arguments.ts';

test.each([
  ['1', 1],
  ['2147483647', 2_147_483_647],
  ['007', 7],
])('%s is an id', (text, id) => {
  expect(positive(text)).toBe(id);
});

test.each(['0', '-1', '1.5', '2147483648', '99999999999999999999', '1e3', '', 'one'])(
  '"%s" is no id, and the command says so itself',
  (text) => {
    expect(() => positive(text)).toThrow('whole number');
  },
);

test('an option given several times collects its values in order', () => {
  expect(positives('2', positives('5', undefined))).toEqual([5, 2]);
});

test('a switch is on or off and nothing else', () => {
  expect([onOff('on'), onOff('off')]).toEqual([true, false]);
  expect(() => onOff('yes')).toThrow('on or off');
});
