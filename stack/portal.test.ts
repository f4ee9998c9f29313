import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isBuilt } from './portal.ts';

function web() {
  const directory = mkdtempSync(join(tmpdir(), 'kekal-web-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'src'));
  mkdirSync(join(directory, 'dist'));
  const write = (file: string, atSecond: number) => {
    writeFileSync(join(directory, file), '');
    utimesSync(join(directory, file), atSecond, atSecond);
  };
  write('src/main.tsx', 1_000);
  utimesSync(join(directory, 'src'), 1_000, 1_000);
  return { directory, write };
}

test('a portal is built when it never was, or when a source is newer than the build, and not otherwise', () => {
  const { directory, write } = web();
  expect(isBuilt(directory)).toBe(false);
  write('dist/index.html', 2_000);
  expect(isBuilt(directory)).toBe(true);
  write('src/main.tsx', 3_000);
  expect(isBuilt(directory)).toBe(false);
});
