import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isGenuine } from '../../docs/integrate/verify-callback.ts';
import { readText, ROOT } from './repository.ts';

const KEY = 'S-s7b4yWpp9h7rrkNM1i3Z_g';

/** V1 of billplz-api.md 5: values that are empty, keys that begin alike. */
const CALLBACK = new URLSearchParams({
  id: 'zq0tm2wc',
  collection_id: 'yhx5t1pp',
  paid: 'true',
  state: 'paid',
  amount: '100',
  paid_amount: '100',
  due_at: '2018-9-27',
  email: 'tester@test.com',
  mobile: '',
  name: 'TESTER',
  url: 'http://billplz-staging.herokuapp.com/bills/zq0tm2wc',
  paid_at: '2018-09-27 15:15:09 +0800',
  x_signature: 'f700880531938f3c16d2b06e195509a381db4ba7f4e771d1aaf93ca468102276',
}).toString();

/** V2: a redirect, names with brackets. */
const REDIRECT =
  'billplz%5Bid%5D=zq0tm2wc&billplz%5Bpaid%5D=true&billplz%5Bpaid_at%5D=2018-09-27%2015%3A15%3A09%20%2B0800' +
  '&billplz%5Bx_signature%5D=4aab095fe5a39b1d534500988f9a0cb085cd1b6d5bbb55dd4e02ea6fa102b47b';

/** V4: another key, a plus sign. */
const OTHER_KEY = 'abc123cde456';
const OTHER_CALLBACK = new URLSearchParams({
  id: 'W_79pJDk',
  collection_id: '599',
  paid: 'true',
  state: 'paid',
  amount: '200',
  paid_amount: '0',
  due_at: '2020-12-31',
  email: 'api@billplz.com',
  mobile: '+60112223333',
  name: 'MICHAEL API',
  url: 'http://billplz.dev/bills/W_79pJDk',
  paid_at: '2015-03-09 16:23:59 +0800',
  x_signature: 'f0ff6c564f98d5403e2b26fbd3d45309c76eb68d8c5bcda0d48b541c3502a396',
}).toString();

const PAGE = 'docs/integrate/callbacks-and-redirects.md';
const FIRST_PAGE = 'docs/integrate/bills.md';

interface SampleFile {
  readonly file: string;
  /** Whether its language is installed. */
  readonly probe: readonly [command: string, ...args: string[]];
  /** Made once in a folder of its own, where a language compiles. */
  readonly build?: (file: string, folder: string) => readonly [command: string, ...args: string[]];
  readonly run: (file: string, folder: string) => readonly [command: string, ...args: string[]];
  readonly pages: readonly string[];
}

const SAMPLES: readonly SampleFile[] = [
  {
    file: 'docs/integrate/verify-callback.ts',
    probe: [process.execPath, '--version'],
    run: (file) => [process.execPath, file],
    pages: [FIRST_PAGE, PAGE],
  },
  {
    file: 'docs/integrate/verify-callback.py',
    probe: ['python3', '--version'],
    run: (file) => ['python3', file],
    pages: [PAGE],
  },
  {
    file: 'docs/integrate/verify-callback.go',
    probe: ['go', 'version'],
    build: (file, folder) => ['go', 'build', '-o', join(folder, 'verify'), file],
    run: (_file, folder) => [join(folder, 'verify')],
    pages: [PAGE],
  },
  {
    file: 'docs/integrate/verify-callback.php',
    probe: ['php', '--version'],
    run: (file) => ['php', file],
    pages: [PAGE],
  },
  {
    file: 'docs/integrate/verify-callback.rb',
    probe: ['ruby', '--version'],
    run: (file) => ['ruby', file],
    pages: [PAGE],
  },
  {
    file: 'docs/integrate/verify-callback.java',
    probe: ['javac', '-version'],
    build: (file, folder) => ['javac', '-d', folder, file],
    run: (_file, folder) => ['java', '-cp', folder, 'VerifyCallback'],
    pages: [PAGE],
  },
];

/** A compiler that has nothing in its cache, on a busy machine. */
const BUILD_MS = 300_000;

const CASES = [
  ['a callback with its signature', CALLBACK, KEY, 'genuine'],
  ['a redirect with its signature', REDIRECT, KEY, 'genuine'],
  ['a callback under another key', OTHER_CALLBACK, OTHER_KEY, 'genuine'],
  ['the parameters in another order', CALLBACK.split('&').toReversed().join('&'), KEY, 'genuine'],
  ['one value changed', CALLBACK.replace('amount=100', 'amount=999'), KEY, 'forged'],
  ['an empty value left out', CALLBACK.replace('&mobile=', ''), KEY, 'forged'],
  ['a wrong key', CALLBACK, OTHER_KEY, 'forged'],
  ['no signature', CALLBACK.replace(/&x_signature=.*/, ''), KEY, 'forged'],
  ['a signature that is no hex', CALLBACK.replace(/x_signature=.*/, 'x_signature=yes'), KEY, 'forged'],
  ['two signatures', `${CALLBACK}&x_signature=0`, KEY, 'forged'],
] as const;

describe.each(SAMPLES)('$file', ({ file, probe, build, run, pages }) => {
  const [command, ...args] = probe;
  const isInstalled = spawnSync(command, args).status === 0;
  const folder = mkdtempSync(join(tmpdir(), 'kekal-sample-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    if (!build || !isInstalled) return;
    const [compiler, ...options] = build(join(ROOT, file), folder);
    const { status, stderr } = spawnSync(compiler, options, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${compiler} cannot build ${file}: ${stderr}`);
  }, BUILD_MS);

  test.skipIf(!isInstalled).each(CASES)('%s: told apart', (_, encoded, key, verdict) => {
    const [program, ...options] = run(join(ROOT, file), folder);
    const { stdout, stderr } = spawnSync(program, [...options, key], { input: encoded, encoding: 'utf8' });
    expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: verdict, stderr: '' });
  });

  test('stands in the pages for integrators as it was tested', () => {
    for (const page of pages) expect(readText(page)).toContain(`\n${readText(file)}\`\`\`\n`);
  });
});

test('the TypeScript sample can be imported', () => {
  expect(isGenuine(CALLBACK, KEY)).toBe(true);
  expect(isGenuine(CALLBACK, OTHER_KEY)).toBe(false);
});
