import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';
import type { RequestOrigin } from './request-origin.ts';

/** What every route of the process knows of its request. */
export interface AppEnv {
  /** Given by the Node server; absent when a test calls the app without a port. */
  Bindings: { readonly incoming?: IncomingMessage };
  Variables: { requestId: string; origin: RequestOrigin };
}

export type App = Hono<AppEnv>;
export type AppContext = Context<AppEnv>;

/** What readers of a request need, whatever else its routes know. */
export type RequestContext = Pick<Context<AppEnv>, 'req' | 'env'>;
