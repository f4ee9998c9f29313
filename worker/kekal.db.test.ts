import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { raiseAlert } from '#services/alert/raise.ts';
import { resolveApiKey } from '#services/api-key/resolve.ts';
import { openTestbed, type Testbed } from '#test/engine/testbed.ts';

const SCRIPT = resolve(import.meta.dirname, 'kekal.ts');

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function kekal(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: {
      PATH: process.env.PATH,
      KEKAL_HOME: '/nonexistent/kekal',
      DATABASE_URL: bed.databaseUrl,
      TEMPORAL_ADDRESS: inject('engine').temporalAddress,
      KEKAL_SECRET_KEY: bed.config.secretKey.toString('base64'),
      ...env,
    },
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((done) => {
    child.once('close', done);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

/** Runs with `--json` and gives what was printed; a failure fails the test with its sentence. */
async function json<T = { id: number }>(args: readonly string[], input = ''): Promise<T> {
  const { code, out, err } = await kekal([...args, '--json'], { input });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as T;
}

test('a real installation starts from the command: merchant, profile, user and key', async () => {
  const merchant = await json([
    'merchants',
    'create',
    '--name',
    'Kedai',
    '--kind',
    'company',
    '--email',
    'k@k.test',
  ]);
  await json(['merchants', 'verify', String(merchant.id)]);
  const signed = ['--x-signature-callback', 'on', '--x-signature-redirect', 'off'];
  const of = ['--merchant', String(merchant.id)];
  const profile = await json<{ id: number; eligible: boolean }>([
    'profile',
    'create',
    ...of,
    '--mode',
    'sandbox',
    '--name',
    'Kedai',
    '--contact-email',
    'k@k.test',
    ...signed,
  ]);
  expect(profile).toMatchObject({ eligible: true, xSignatureCallback: true, xSignatureRedirect: false });
  const person = ['--name', 'Ali', '--email', 'ali@k.test', '--role', 'admin', '--password-stdin'];
  const user = await json(['users', 'create', ...of, ...person], 'a long enough password\n');
  expect(user).toMatchObject({ profileIds: [profile.id] });

  const key = await kekal(['keys', 'create', '--user', 'ali@k.test', '--profile', String(profile.id)]);
  expect(key.code).toBe(0);
  const reach = await resolveApiKey(bed.deps.systemCtx(), key.out.trim());
  expect(reach.map((each) => each.profile.id)).toEqual([profile.id]);

  const changed = await json(['profile', 'set', String(profile.id), '--callback-schedule', 'billplz-2021']);
  expect(await json(['profile', 'show', String(profile.id)])).toEqual(changed);
  expect(changed).toMatchObject({ callbackSchedule: 'billplz-2021' });
});

test('a failure is one sentence on standard error and exit code 1', async () => {
  expect(await kekal(['merchants', 'verify', '99'])).toEqual({
    code: 1,
    out: '',
    err: 'Refused: there is no such thing (merchantId 99).\n',
  });
  const away = await kekal(['merchants', 'list'], {
    env: { DATABASE_URL: 'postgres://k:k@127.0.0.1:1/kekal' },
  });
  expect(away).toEqual({
    code: 1,
    out: '',
    err: 'The database does not answer: is the installation running?\n',
  });
  const unset = await kekal(['merchants', 'list'], { env: { DATABASE_URL: '' } });
  expect(unset).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('DATABASE_URL is not set') as unknown,
  });
});

test('a password is taken from standard input or a terminal, never from the command line', async () => {
  const given = await kekal(['users', 'reset', 'ali@k.test', '--password', 'a long enough password']);
  expect(given).toMatchObject({ code: 1, err: "error: unknown option '--password'\n" });
  const silent = await kekal(['users', 'reset', 'ali@k.test']);
  expect(silent).toMatchObject({ code: 1, err: expect.stringContaining('--password-stdin') as unknown });
});

test('whoever makes a profile without a terminal must decide the X Signature switches', async () => {
  const profile = ['--mode', 'sandbox', '--name', 'Kedai', '--contact-email', 'k@k.test'];
  const undecided = await kekal(['profile', 'create', '--merchant', '1', ...profile]);
  expect(undecided).toMatchObject({
    code: 1,
    err: expect.stringContaining('--x-signature-callback') as unknown,
  });
});

test('an alert is listed until it is closed', async () => {
  await bed.deps
    .systemCtx()
    .inTransaction((tx) => raiseAlert(tx, null, 'ledger_imbalance', 'ledger', 'off by one'));
  const [alert] = await json<{ id: number }[]>(['alerts']);
  await json(['alerts', '--close', String(alert?.id)]);
  expect(await json(['alerts'])).toEqual([]);
  expect(await json(['alerts', '--all'])).toMatchObject([{ id: alert?.id, state: 'closed' }]);
});

test('the books of a new installation are right', async () => {
  expect(await json(['ledger', 'verify'])).toEqual({ balances: [], findings: [] });
});

test('the doctor finds a set-up installation well, and time travel refused in live', async () => {
  await json(['setup', 'database']);
  await json(['setup', 'temporal']);
  const findings = await json<{ check: string; ok: boolean; found: string }[]>(['doctor']);
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(findings.map(({ check, found }) => `${check}: ${found}`)).toEqual([
    'database: reachable, schema is the newest',
    expect.stringMatching(/^temporal: version 1\.\d+\.\d+$/),
    'namespace live: registered, with all search attributes',
    'time travel live: refused',
    'namespace sandbox: registered, with all search attributes',
    'time travel sandbox: possible',
  ]);
});

test('the doctor names what is missing and fails', async () => {
  const { code, out } = await kekal(['doctor', '--json'], {
    env: { DATABASE_URL: bed.databaseUrl.replace(/[^/]+$/, 'postgres'), TEMPORAL_ADDRESS: '127.0.0.1:1' },
  });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject([
    { check: 'database', ok: false, found: expect.stringContaining('kekal setup database') as unknown },
    {
      check: 'temporal',
      ok: false,
      found: expect.stringContaining('127.0.0.1:1 does not answer') as unknown,
    },
  ]);
});
