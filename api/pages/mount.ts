import { Hono } from 'hono';
import type { ApiDeps } from '../deps.ts';
import type { App, AppEnv } from '../http/app-env.ts';
import { mountBills } from './bills.ts';
import { answerError, answerThrown } from './error-page.ts';
import { httpsOnly } from './https-only.ts';
import { mountImages } from './images.ts';
import { mountSandboxBanking } from './sandbox-banking.ts';

/**
 * The payer's pages: server-rendered, without scripts, in English and Malay. What nobody else answers gets its error
 * page as well. Source: billplz-api.md 6.
 */
export function mountPages(app: App, deps: ApiDeps): void {
  const pages: App = new Hono<AppEnv>();
  pages.onError((error, c) => answerThrown(c, deps.log, error));
  pages.use('/bills/*', httpsOnly);
  pages.use('/sandbox/*', httpsOnly);
  mountBills(pages, deps);
  mountSandboxBanking(pages, deps);
  mountImages(pages, deps);
  app.route('/', pages);
  app.notFound((c) => answerError(c, 'notFound'));
  app.onError((error, c) => answerThrown(c, deps.log, error));
}
