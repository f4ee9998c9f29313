import { expect, test } from 'vitest';
import { shownDate, shownStamp } from './shown.ts';
import { TEXTS } from './texts.ts';

/** Every sentence by its path; functions are called with a word that must appear. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, (value as (word: string) => string)('WORD')]];
  return Object.entries(value as object).flatMap(([name, item]) => sentences(item, `${path}.${name}`));
}

test('both languages say everything, and nothing is left untranslated', () => {
  const [english, malay] = [sentences(TEXTS.en), sentences(TEXTS.ms)];
  expect(malay.map(([path]) => path)).toEqual(english.map(([path]) => path));
  for (const [path, text] of [...english, ...malay]) expect(text.trim(), path).not.toBe('');
  const same = english.filter(([, text], index) => malay[index]?.[1] === text).map(([path]) => path);
  // The months that both languages write alike, and a loan word.
  expect(same).toEqual(['.months.3', '.months.8', '.months.10', '.bank']);
});

test('what is put into a sentence is in it, in both languages', () => {
  for (const texts of [TEXTS.en, TEXTS.ms]) {
    for (const sentence of [texts.billTitle, texts.pay, texts.expiredText]) {
      expect(sentence('WORD')).toContain('WORD');
    }
  }
});

test('days and instants are written as people of the language write them', () => {
  expect(shownDate('2026-08-01', TEXTS.en)).toBe('1 August 2026');
  expect(shownDate('2026-08-01', TEXTS.ms)).toBe('1 Ogos 2026');
  expect(shownStamp('2018-09-27 15:15:09 +0800', TEXTS.ms)).toBe('27 September 2018, 15:15:09 (+0800)');
  expect(shownStamp('', TEXTS.en)).toBe('');
});
