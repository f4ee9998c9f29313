import { expect, test } from 'vitest';
import { SETTINGS } from '#worker/config.ts';
import { readText } from './repository.ts';

/** The rows of the README's tables that begin with a setting: its name and the whole row. */
function documented(): Map<string, string> {
  const rows = readText('README.md').matchAll(/^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|.*$/gm);
  return new Map([...rows].map(([row, name = '']) => [name, row]));
}

test('README lists every setting and no other', () => {
  expect([...documented().keys()].toSorted()).toEqual(SETTINGS.map(({ name }) => name).toSorted());
});

test.each(SETTINGS.filter((setting) => setting.default !== null))(
  'README tells the default of $name',
  (setting) => {
    expect(documented().get(setting.name)).toContain(`\`${setting.default}\``);
  },
);

test('README names no KEKAL_ variable that is not a setting', () => {
  const named = new Set(readText('README.md').match(/\bKEKAL_[A-Z0-9_]+\b/g));
  for (const { name } of SETTINGS) named.delete(name);

  expect([...named]).toEqual([]);
});
