import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tryLock, withLock } from './lock.mjs';

function lockPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kekal-lock-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'deep', 'lock');
}

test('of two that want a lock the second is told who has it, and gets it afterwards', () => {
  const path = lockPath();
  const first = tryLock(path);
  expect(tryLock(path)).toEqual({ holder: { pid: process.pid, host: hostname() } });
  first.release?.();
  expect(tryLock(path).release).toBeTypeOf('function');
});

test('work under one lock never overlaps', async () => {
  const path = lockPath();
  let inside = 0;
  let most = 0;
  const waited: number[] = [];
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((done) => void setImmediate(done));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 4 }, () => withLock(path, work, ({ pid }) => waited.push(pid))));
  expect(most).toBe(1);
  expect(waited.length).toBeGreaterThan(0);
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

test('work that fails gives the lock back', async () => {
  const path = lockPath();
  await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(tryLock(path).release).toBeTypeOf('function');
});

test('a holder that died on this host loses the lock at once', () => {
  const path = lockPath();
  tryLock(path).release?.();
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(path, JSON.stringify({ pid, host: hostname() }));
  expect(tryLock(path).release).toBeTypeOf('function');
});

test('a holder on another host keeps the lock while its heart beats, no longer', () => {
  const path = lockPath();
  tryLock(path).release?.();
  const elsewhere = { pid: process.pid, host: 'another-host' };
  writeFileSync(path, JSON.stringify(elsewhere));
  expect(tryLock(path)).toEqual({ holder: elsewhere });

  const aMinuteAgo = new Date(Date.now() - 60_000);
  utimesSync(path, aMinuteAgo, aMinuteAgo);
  expect(tryLock(path).release).toBeTypeOf('function');
});
