import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppEnv } from '../http/app-env.ts';
import { mountPortalFiles } from './portal-files.ts';

let home: string;
const app = new Hono<AppEnv>();
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kekal-portal-'));
  const root = join(home, 'dist');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(home, 'secret.js'), 'secret');
  await writeFile(join(root, 'index.html'), '<script nonce="__CSP_NONCE__"></script>');
  await writeFile(join(root, 'favicon.svg'), '<svg/>');
  await writeFile(join(root, 'assets', 'index-abc.js'), 'raw');
  await writeFile(join(root, 'assets', 'index-abc.js.br'), 'small');
  mountPortalFiles(app, root);
});
afterAll(() => rm(home, { recursive: true, force: true }));

test.each(['/portal', '/portal/', '/portal/bills', '/portal/bills/0123456789abcdef?x=1'])(
  '%s is a screen, which no other site may frame and no foreign script may enter',
  async (path) => {
    const answer = await app.request(path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const [, nonce = ''] = /'nonce-([^']+)'/.exec(policy) ?? [];
    expect(answer.status).toBe(200);
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(await answer.text()).toContain(`nonce="${nonce}"`);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  },
);

test('a nonce is never given twice', async () => {
  const policies = await Promise.all([1, 2].map(async () => (await app.request('/portal')).headers));
  expect(new Set(policies.map((headers) => headers.get('content-security-policy'))).size).toBe(2);
});

test('a file with a hash in its name is kept for ever and sent as small as the browser takes it', async () => {
  const plain = await app.request('/portal/assets/index-abc.js');
  expect(await plain.text()).toBe('raw');
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const small = await app.request('/portal/assets/index-abc.js', {
    headers: { 'accept-encoding': 'gzip, br' },
  });
  expect([await small.text(), small.headers.get('content-encoding')]).toEqual(['small', 'br']);
  const icon = await app.request('/portal/favicon.svg');
  expect(icon.headers.get('cache-control')).toBe('no-cache');
});

test.each([
  '/portal/assets/index-old.js',
  '/portal/assets/../index.html.js',
  '/portal/assets/..%2f..%2fsecret.js',
  '/portal/..%2fsecret.js',
  '/portal/assets/%2e%2e/%2e%2e/secret.js',
])('%s gives no file', async (path) => {
  const answer = await app.request(path);
  expect(await answer.text()).not.toBe('secret');
  expect(answer.headers.get('content-type')).not.toContain('javascript');
});

test('before the portal is built one sentence says how', async () => {
  const bare = new Hono<AppEnv>();
  mountPortalFiles(bare, join(home, 'nothing'));
  const answer = await bare.request('/portal');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('`npm start` builds it');
});
