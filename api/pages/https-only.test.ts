import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { App, AppEnv } from '../http/app-env.ts';
import { httpsOnly } from './https-only.ts';

function answer(origin: { isHttps: boolean; isLoopback: boolean }) {
  const app: App = new Hono<AppEnv>();
  app.use('*', async (c, next) => {
    c.set('requestId', 'req-1');
    c.set('origin', { ...origin, address: '203.0.113.7', publicUrl: 'https://kekal.example' });
    await next();
  });
  app.use('/bills/*', httpsOnly);
  app.get('/bills/:id', (c) => c.text('the bill'));
  return app.request('/bills/1');
}

test.each([
  { isHttps: true, isLoopback: false },
  { isHttps: true, isLoopback: true },
  { isHttps: false, isLoopback: true },
])('a bill is shown with %j', async (origin) => {
  expect(await (await answer(origin)).text()).toBe('the bill');
});

test('a bill is shown to nobody over plain HTTP from elsewhere', async () => {
  const refused = await answer({ isHttps: false, isLoopback: false });
  expect(refused.status).toBe(403);
  const markup = await refused.text();
  expect(markup).toContain('This connection is not secure');
  expect(markup).not.toContain('the bill<');
});
