import { Hono } from 'hono';
import { mountBillplz } from './billplz/mount.ts';
import type { ApiDeps } from './deps.ts';
import type { App, AppEnv } from './http/app-env.ts';
import { mountHealth } from './http/health.ts';
import { requestIdOf } from './http/request-id.ts';
import { requestOrigin } from './http/request-origin.ts';
import { mountInbound } from './inbound/mount.ts';
import { mountOpenApi } from './openapi/mount.ts';
import { mountDevMail } from './pages/dev-mail.ts';
import { mountPages } from './pages/mount.ts';
import { mountOpenCollections } from './pages/open-collections.ts';
import { mountPortal } from './trpc/mount.ts';

/** Everything the api process answers: the Billplz-compatible API, the payer's pages, the portal, its own health. */
export function createApp(deps: ApiDeps): App {
  const app = new Hono<AppEnv>();
  app.use('*', async (c, next) => {
    const requestId = requestIdOf(c.req.header('x-request-id'));
    c.set('requestId', requestId);
    c.set('origin', requestOrigin(c.req.raw.headers, c.env?.incoming, deps));
    await next();
    c.res.headers.set('X-Request-Id', requestId);
  });
  mountHealth(app, deps);
  mountOpenApi(app);
  mountBillplz(app, deps);
  mountInbound(app, deps);
  mountPages(app, deps);
  mountDevMail(app, deps);
  mountPortal(app, deps);
  mountOpenCollections(app, deps);
  return app;
}
