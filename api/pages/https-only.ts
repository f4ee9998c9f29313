import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../http/app-env.ts';
import { answerError } from './error-page.ts';

/** What a payer reads and sends is for nobody in between; loopback is exempt. Source: billplz-api.md 1, "TLS". */
export const httpsOnly = createMiddleware<AppEnv>(async (c, next) => {
  const { isHttps, isLoopback } = c.var.origin;
  if (!isHttps && !isLoopback) return answerError(c, 'insecure');
  return next();
});
