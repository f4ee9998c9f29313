import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DYNAMIC_CONFIG_FILE } from '#stack/temporal.ts';
import { ensureTemporal } from '#stack/temporal-binaries.ts';
import { readStackConfig } from '#worker/config.ts';

async function validate(file: string): Promise<string> {
  const { cacheDir } = readStackConfig();
  const program = await ensureTemporal({ cacheDir, env: process.env, log: () => {} });
  if (program.kind !== 'server') throw new Error('only the server can check its dynamic configuration');
  return execFileSync(program.server, ['validate-dynamic-config', file], { encoding: 'utf8' });
}

test('the pinned server knows every key of our dynamic configuration and accepts every value', async () => {
  expect((await validate(DYNAMIC_CONFIG_FILE)).trim()).toBe(DYNAMIC_CONFIG_FILE);
});

test('that check would see a misspelt key', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kekal-settings-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'misspelt.yaml');
  writeFileSync(file, readFileSync(DYNAMIC_CONFIG_FILE, 'utf8').replace('enableFairness', 'enableFairnes'));
  expect(await validate(file)).toContain('unregistered key');
});
