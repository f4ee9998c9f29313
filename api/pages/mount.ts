import { Hono } from 'hono';
import type { ApiDeps } from '../deps.ts';
import type { App, AppContext, AppEnv } from '../http/app-env.ts';
import { mountBills } from './bills.ts';
import { answerError, answerThrown } from './error-page.ts';
import { mountSandboxBanking } from './sandbox-banking.ts';

/** The payer's pages: server-rendered, without scripts, in English and Malay. Source: billplz-api.md 6. */
export function mountPages(app: App, deps: ApiDeps): void {
  const pages: App = new Hono<AppEnv>();
  pages.onError((error, c) => answerThrown(c, deps.log, error));
  mountBills(pages, deps);
  mountSandboxBanking(pages, deps);
  app.route('/', pages);
}

/** For unknown paths outside of the APIs. */
export function answerUnknownPage(c: AppContext): Response {
  return answerError(c, 'notFound');
}
