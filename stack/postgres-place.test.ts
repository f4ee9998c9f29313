import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canReach } from './postgres-place.ts';

const STRANGER = { uid: 4_000_000, gid: 4_000_000 };

function home(mode: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'kekal-home-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'checkout'));
  writeFileSync(join(directory, 'checkout', 'program'), '', { mode: 0o755 });
  chmodSync(directory, mode);
  return directory;
}

test('another user reaches what lies under an open home, not what lies under a closed one', () => {
  expect(canReach(join(home(0o755), 'checkout'), STRANGER)).toBe(true);
  expect(canReach(join(home(0o711), 'checkout'), STRANGER)).toBe(true);
  expect(canReach(join(home(0o700), 'checkout'), STRANGER)).toBe(false);
});

test('a program that others may not execute is not reached', () => {
  const directory = home(0o755);
  const program = join(directory, 'checkout', 'program');
  expect(canReach(program, STRANGER)).toBe(true);
  chmodSync(program, 0o744);
  expect(canReach(program, STRANGER)).toBe(false);
});
