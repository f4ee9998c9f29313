import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isInstalled, type Lock } from './ensure-dependencies.mjs';

const LOCK: Lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-another-system': { version: '2.0.0', optional: true },
  },
};

function checkout(installed: Lock['packages'] | null): string {
  const root = mkdtempSync(join(tmpdir(), 'kekal-checkout-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  if (installed === null) return root;
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
  return root;
}

test('what npm installed by hand from the same lock file is not installed again', () => {
  expect(isInstalled(checkout({ 'node_modules/a': { version: '1.0.0' } }), LOCK)).toBe(true);
});

test('an optional package for a system that the lock file does not know is no reason either', () => {
  const installed = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a-darwin': { version: '1.0.0', optional: true },
  };
  expect(isInstalled(checkout(installed), LOCK)).toBe(true);
});

test.each([
  ['an empty checkout', null],
  ['a missing package', {}],
  ['another version', { 'node_modules/a': { version: '1.0.1' } }],
  ['a package too many', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } }],
])('%s is installed', (_, installed) => {
  expect(isInstalled(checkout(installed), LOCK)).toBe(false);
});
