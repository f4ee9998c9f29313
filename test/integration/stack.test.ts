import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tryLock } from '../../tools/lock.mjs';

const ROOT = resolve(import.meta.dirname, '../..');

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kekal-start-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** Runs a script of the project to its end with nothing in its environment but `env`. */
function run(script: string[], env: Record<string, string>): Promise<{ code: number | null; told: string }> {
  const child = spawn(process.execPath, script, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
  }
  return new Promise((done) => child.on('close', (code) => done({ code, told: told.trim() })));
}

test('without Go and without Temporal, npm start says the ways on in one sentence before it fetches anything', async () => {
  const home = scratch();
  const bin = join(home, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));

  const { code, told } = await run(['tools/run.mjs', 'stack/start.ts'], { HOME: home, PATH: bin });

  expect(code).toBe(1);
  expect(told.split('\n')).toHaveLength(1);
  expect(told).toContain('Go 1.21 or newer, found no Go');
  expect(readdirSync(home)).toEqual(['bin']);
});

test('a script runs under the pinned Node, which its children find first, in UTC; its exit code is passed on', async () => {
  const directory = scratch();
  const script = join(directory, 'script.ts');
  const seen = join(directory, 'seen.json');
  writeFileSync(
    script,
    `import { execFileSync } from 'node:child_process';
     import { writeFileSync } from 'node:fs';
     const child: string = execFileSync('node', ['--version'], { encoding: 'utf8' }).trim();
     const { version, env, argv } = process;
     writeFileSync('${seen}', JSON.stringify({ version, child, zone: env['TZ'], words: argv.slice(2) }));
     process.exitCode = 7;`,
  );

  const { code, told } = await run(['tools/run.mjs', script, 'one', 'two words'], {
    ...(process.env as Record<string, string>),
    TZ: 'Asia/Kuala_Lumpur',
  });

  expect({ code, told }).toEqual({ code: 7, told: '' });
  expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual({
    version: expect.stringMatching(/^v24\./) as string,
    child: expect.stringMatching(/^v24\./) as string,
    zone: 'UTC',
    words: ['one', 'two words'],
  });
});

test('a wrong setting stops the start with a sentence that names it', async () => {
  const env = { HOME: scratch(), PATH: '/usr/bin:/bin', KEKAL_PORT: 'three thousand' };
  expect(await run(['stack/start.ts'], env)).toEqual({
    code: 1,
    told: 'KEKAL_PORT must be a port from 1 to 65535, not "three thousand".',
  });
});

test('a second start in the same home is refused and names the first', async () => {
  const home = scratch();
  const lock = tryLock(join(home, 'lock'));
  onTestFinished(() => lock.release?.());

  const { code, told } = await run(['stack/start.ts'], {
    HOME: home,
    PATH: '/usr/bin:/bin',
    KEKAL_HOME: home,
  });

  expect(code).toBe(1);
  expect(told).toBe(
    `Kekal already runs in ${home} (process ${process.pid}): stop it first, or set KEKAL_HOME to start another.`,
  );
});
