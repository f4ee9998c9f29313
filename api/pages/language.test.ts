import { expect, test } from 'vitest';
import { chooseLanguage, type LanguageHints, languageOf } from './language.ts';

const NONE: LanguageHints = { asked: undefined, kept: undefined, acceptLanguage: undefined };

test.each([
  ['what is asked for now beats everything', { asked: 'ms', kept: 'en', acceptLanguage: 'en' }, 'en', 'ms'],
  ['what was asked for before beats the browser', { kept: 'ms', acceptLanguage: 'en' }, 'en', 'ms'],
  ['the browser beats the profile', { acceptLanguage: 'ms-MY' }, 'en', 'ms'],
  ['the profile decides where nobody says', {}, 'ms', 'ms'],
  ['a language that we do not speak says nothing', { asked: 'fr', acceptLanguage: 'fr, de' }, 'ms', 'ms'],
  ['the browser’s weights count, not its order', { acceptLanguage: 'en;q=0.3, ms;q=0.9' }, 'en', 'ms'],
  ['of equal weights the first one counts', { acceptLanguage: 'ms, en' }, 'en', 'ms'],
  ['a weight of 0 means not this one', { acceptLanguage: 'ms;q=0, en;q=0.1' }, 'ms', 'en'],
  ['a weight that is no number is no wish', { acceptLanguage: 'en;q=0.5.5, ms;q=0.1' }, 'en', 'ms'],
] as const)('%s', (_rule, hints, ofProfile, chosen) => {
  expect(chooseLanguage({ ...NONE, ...hints }, ofProfile)).toBe(chosen);
});

test('a tag is read by its primary part, in any case', () => {
  expect(['MS', ' ms-MY ', 'en-GB', 'msa', '', undefined].map(languageOf)).toEqual([
    'ms',
    'ms',
    'en',
    undefined,
    undefined,
    undefined,
  ]);
});
