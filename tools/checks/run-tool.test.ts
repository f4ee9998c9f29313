import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTool } from './run-tool.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kekal-run-tool-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function script(name: string, source: string): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, source);
  return path;
}

test('a tool is judged by its exit code and its output is kept', async () => {
  const good = await script('good', 'console.log("fine")');
  const bad = await script('bad', 'console.error("broken"); process.exitCode = 3');

  expect(await runTool({ script: good, args: [], timeoutMs: 30_000 })).toEqual({ ok: true, output: 'fine' });
  expect(await runTool({ script: bad, args: [], timeoutMs: 30_000 })).toEqual({
    ok: false,
    output: 'broken',
  });
});

test('a tool runs in UTC, with no standard input, and sees the variables it is given', async () => {
  const path = await script(
    'look',
    `let read = 0;
     for await (const part of process.stdin) read += part.length;
     console.log(JSON.stringify([process.env.TZ, process.env.GIVEN, read]))`,
  );

  const { output } = await runTool({ script: path, args: [], env: { GIVEN: 'yes' }, timeoutMs: 30_000 });

  expect(JSON.parse(output)).toEqual(['UTC', 'yes', 0]);
});

test('a tool that hangs is ended and fails', async () => {
  const path = await script('hang', 'setInterval(() => {}, 1_000)');

  const { ok, output } = await runTool({ script: path, args: [], timeoutMs: 500 });

  expect(ok).toBe(false);
  expect(output).toBe('ended after 0.5 s without a result\nended by SIGTERM');
});
