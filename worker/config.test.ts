import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  ConfigError,
  readConfig,
  readStackConfig,
  runningSettingsFile,
  SETTINGS,
  withRunningStack,
} from './config.ts';

const NEEDED = {
  HOME: '/home/somebody',
  DATABASE_URL: 'postgres://kekal:hush@db:5432/kekal',
  TEMPORAL_ADDRESS: 'temporal:7233',
  KEKAL_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
};

function refusalOf(env: Record<string, string>): string {
  try {
    readConfig({ ...NEEDED, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('without settings the documented defaults hold', () => {
  const config = readConfig(NEEDED);
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    trustProxy: false,
    publicUrl: undefined,
    callbackAllowCidrs: [],
    taskQueuePrefix: '',
    timeouts: { databaseStepMs: 10_000, attemptMs: 25_000, exchangeMs: 20_000, gatewayMs: 45_000 },
    cacheDir: '/home/somebody/.cache/kekal',
  });
  expect(config.secretKey).toHaveLength(32);
});

test('a setting that is set to nothing counts as not set', () => {
  expect(readConfig({ ...NEEDED, KEKAL_PORT: '' }).port).toBe(3000);
});

test('lists, flags and addresses are read as meant', () => {
  const config = readConfig({
    ...NEEDED,
    KEKAL_CALLBACK_ALLOW_CIDRS: '10.1.0.0/16, ::1/128',
    KEKAL_TRUST_PROXY: 'TRUE',
    KEKAL_PUBLIC_URL: 'https://pay.example.com/',
    KEKAL_TEMPORAL_UI_URL: 'http://127.0.0.1:8233/namespaces',
  });
  expect(config.callbackAllowCidrs).toEqual(['10.1.0.0/16', '::1/128']);
  expect(config.trustProxy).toBe(true);
  expect(config.publicUrl).toBe('https://pay.example.com');
  expect(config.temporalUiOrigin).toBe('http://127.0.0.1:8233');
});

test.each([
  ['KEKAL_PORT', '70000', 'KEKAL_PORT must be a port from 1 to 65535, not "70000".'],
  ['KEKAL_PORT', '3e3', 'KEKAL_PORT must be a port from 1 to 65535, not "3e3".'],
  ['KEKAL_TRUST_PROXY', 'maybe', 'KEKAL_TRUST_PROXY must be true or false, not "maybe".'],
  ['KEKAL_PUBLIC_URL', 'ftp://x', 'KEKAL_PUBLIC_URL must be an http:// or https:// URL, not "ftp://x".'],
  ['TEMPORAL_ADDRESS', 'http://x:1', 'TEMPORAL_ADDRESS must be HOST:PORT, not "http://x:1".'],
  [
    'KEKAL_CALLBACK_ALLOW_CIDRS',
    '127.0.0.1',
    'KEKAL_CALLBACK_ALLOW_CIDRS must be networks such as 10.1.0.0/16, separated by commas, not "127.0.0.1".',
  ],
])('%s=%s is refused with one clear sentence', (name, value, sentence) => {
  expect(refusalOf({ [name]: value })).toBe(sentence);
});

test('a refused secret is named but never shown', () => {
  const message = refusalOf({ KEKAL_SECRET_KEY: 'c2hvcnQ=', DATABASE_URL: 'mysql://me:hush@db' });
  expect(message).toContain('KEKAL_SECRET_KEY must be 32 bytes in base64');
  expect(message).toContain('DATABASE_URL must be a postgres:// URL');
  expect(message).not.toMatch(/c2hvcnQ|hush/);
});

test('everything wrong is told at once', () => {
  expect(refusalOf({ KEKAL_PORT: 'x', KEKAL_LOG_LEVEL: 'loud' }).split('\n')).toHaveLength(2);
});

test('an exchange that may outlast its attempt is refused', () => {
  expect(refusalOf({ KEKAL_ATTEMPT_TIMEOUT_MS: '3000' })).toContain(
    'must be less than KEKAL_ATTEMPT_TIMEOUT_MS',
  );
});

test('a process without database, Temporal or key says which is missing; the stack may lack them', () => {
  expect(() => readConfig({ HOME: '/home/somebody', DATABASE_URL: NEEDED.DATABASE_URL })).toThrow(
    /^TEMPORAL_ADDRESS is not set.*\nKEKAL_SECRET_KEY is not set/,
  );
  expect(readStackConfig({ HOME: '/home/somebody' }).databaseUrl).toBeUndefined();
});

test('every setting has a name of its own and a meaning', () => {
  const names = SETTINGS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(SETTINGS.filter(({ meaning }) => meaning === '')).toEqual([]);
});

test('the command finds the running stack by its home, and what is set stays', () => {
  const home = mkdtempSync(join(tmpdir(), 'kekal-config-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const env = { KEKAL_HOME: home, HOME: '/home/somebody', KEKAL_LOG_LEVEL: 'debug' };
  expect(withRunningStack(env)).toEqual(env);

  writeFileSync(runningSettingsFile(home), JSON.stringify({ ...NEEDED, KEKAL_LOG_LEVEL: 'info' }));
  expect(readConfig(withRunningStack(env))).toMatchObject({
    databaseUrl: NEEDED.DATABASE_URL,
    logLevel: 'debug',
  });
  expect(withRunningStack({ ...env, DATABASE_URL: 'postgres://other' })).not.toHaveProperty(
    'TEMPORAL_ADDRESS',
  );
});
