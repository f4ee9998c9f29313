import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './repository.ts';

const ACTIVITIES = 'declare const act: { charge(): Promise<void> };';

/** A file that breaks one rule, and the rule as the linter names it. */
const FORBIDDEN: readonly (readonly [rule: string, path: string, source: string])[] = [
  ['typescript(no-floating-promises)', 'workflows/order/forgets.ts', `${ACTIVITIES} act.charge();`],
  ['typescript(no-floating-promises)', 'workflows/order/voids.ts', `${ACTIVITIES} void act.charge();`],
  ['typescript(no-floating-promises)', 'services/bill/forgets.ts', `${ACTIVITIES} act.charge();`],
  [
    'typescript(no-misused-promises)',
    'services/bill/asks.ts',
    `${ACTIVITIES} if (act.charge()) act.charge().catch(String);`,
  ],
  [
    'typescript(await-thenable)',
    'services/bill/waits.ts',
    'const amountSen = 1; await amountSen; export {};',
  ],
  ['typescript(no-explicit-any)', 'services/bill/any.ts', 'export function f(a: any): void { String(a); }'],
  ['typescript(no-non-null-assertion)', 'db/asserts.ts', 'export const f = (a?: number) => a!;'],
  [
    'typescript(switch-exhaustiveness-check)',
    'domain/switches.ts',
    "export function f(a: 'x' | 'y') { switch (a) { case 'x': return 1; } return 2; }",
  ],
  [
    'typescript(no-import-type-side-effects)',
    'workflows/order/inline.ts',
    "import { type A } from '#activities/a.ts'; export type B = A;",
  ],
  ['typescript(ban-ts-comment)', 'domain/ignores.ts', "// @ts-ignore\nexport const a: number = 'x';"],
  ['node(no-process-env)', 'services/bill/environment.ts', 'export const url = process.env.DATABASE_URL;'],
  ['node(no-process-env)', 'stack/environment.ts', 'export const url = process.env.DATABASE_URL;'],
  [
    'eslint(no-restricted-globals)',
    'workflows/order/fetches.ts',
    "await fetch('https://x.test'); export {};",
  ],
  [
    'eslint(no-restricted-globals)',
    'workflows/order/formats.ts',
    "export const f = new Intl.NumberFormat('ms');",
  ],
  ['eslint(no-restricted-globals)', 'workflows/order/timer.ts', 'setTimeout(() => {}, 1);'],
  ['eslint(no-restricted-imports)', 'workflows/order/node.ts', "import 'node:crypto';"],
  ['eslint(no-restricted-imports)', 'workflows/order/library.ts', "import 'zod';"],
  ['eslint(no-restricted-imports)', 'workflows/order/trpc.ts', "import '@trpc/server';"],
  ['eslint(no-restricted-imports)', 'workflows/order/worker.ts', "import '@temporalio/worker';"],
  ['eslint(no-restricted-imports)', 'workflows/order/calendar.ts', "import '#domain/calendar/day.ts';"],
  ['eslint(no-restricted-imports)', 'workflows/order/activity.ts', "import '#activities/a.ts';"],
  [
    'kekal(workflow-determinism)',
    'workflows/order/local.ts',
    'export const h = (d: Date): number => d.getHours();',
  ],
  [
    'kekal(five-beats)',
    'services/bill/remove.ts',
    "import type { Ctx } from '../context.ts'; export const noop = 1;\n" +
      'export async function removeBill(ctx: Ctx): Promise<void> { await ctx.inTransaction(async () => {}); }',
  ],
  [
    'kekal(no-sleep-in-tests)',
    'domain/sleeps.test.ts',
    'await new Promise((done) => { setTimeout(done, 10); });',
  ],
  ['kekal(no-silenced-tests)', 'domain/only.test.ts', "import { test } from 'vitest'; test.todo('a bill');"],
  [
    'vitest(expect-expect)',
    'domain/asserts-nothing.test.ts',
    "import { test } from 'vitest'; test('a bill', () => {});",
  ],
];

const ALLOWED: Readonly<Record<string, string>> = {
  'domain/calendar/day.ts': 'export type Day = string;',
  'activities/a.ts': 'export interface A { charge(): Promise<void> }',
  'services/context.ts':
    'export interface Ctx { inTransaction<T>(work: (tx: object) => Promise<T>): Promise<T> }',
  'worker/config.ts': 'export const url = process.env.DATABASE_URL;',
  'workflows/order/good.ts':
    "import { condition } from '@temporalio/workflow'; import type { A } from '#activities/a.ts';\n" +
    'export async function f(a: A): Promise<void> { await a.charge(); await condition(() => true); }',
  'domain/good.test.ts':
    "import { expect, test } from 'vitest'; test('one is one', () => { expect(1).toBe(1); });",
};

/** Named one by one: the linter would follow the link to the installed packages. */
const FOLDERS = ['activities', 'db', 'domain', 'services', 'stack', 'worker', 'workflows'];

let folder: string;
let found: Map<string, Set<string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kekal-lint-'));
  for (const file of ['package.json', 'tsconfig.json', '.oxlintrc.json']) {
    await copyFile(join(ROOT, file), join(folder, file));
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await cp(join(ROOT, 'tools/lint'), join(folder, 'tools/lint'), { recursive: true });
  const files = [...FORBIDDEN.map(([, path, source]) => [path, source] as const), ...Object.entries(ALLOWED)];
  for (const [path, source] of files) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), `${source}\n`);
  }
  found = await problems(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

async function problems(cwd: string): Promise<Map<string, Set<string>>> {
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [oxlint, '--type-aware', '--format=json', ...FOLDERS],
      { cwd, timeout: 50_000 },
      (_failed, stdout, stderr) => resolve(stdout || stderr),
    );
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: Diagnostic[] };
  const broken = new Map<string, Set<string>>();
  for (const { filename, code } of diagnostics) {
    broken.set(filename, (broken.get(filename) ?? new Set()).add(code));
  }
  return broken;
}

test.each(FORBIDDEN)('%s: reported in %s', (rule, path) => {
  expect([...(found.get(path) ?? [])]).toContain(rule);
});

test.each(Object.keys(ALLOWED))('%s is not reported', (path) => {
  expect([...(found.get(path) ?? [])]).toEqual([]);
});
