import type { Context, ErrorHandler, MiddlewareHandler } from 'hono';
import type { ApiDeps, Log } from '../deps.ts';
import { failure } from './answer.ts';
import type { Authenticate } from './authenticate.ts';
import type { BillplzEnv } from './billplz-env.ts';
import { answerTo, BillplzError, HTTPS_REQUIRED, TOO_MANY_REQUESTS } from './errors.ts';
import { type RateStanding, rateStanding, UNCOUNTED } from './rate-limit.ts';

/**
 * What every request passes before routing and parameters: HTTPS, the key, the rate limit; and what every answer
 * carries. Source: billplz-api.md 1, "TLS", "Auth", "Success", "Rate limit".
 */
export function gate(deps: ApiDeps, authenticate: Authenticate): MiddlewareHandler<BillplzEnv> {
  return async (c, next) => {
    let standing = UNCOUNTED;
    try {
      standing = await admit(c);
    } catch (error) {
      c.res = answerError(error, c, deps.log);
      return finish(c, standing);
    }
    if (standing.allowed) await next();
    else c.res = failure(TOO_MANY_REQUESTS);
    finish(c, standing);
  };

  async function admit(c: Context<BillplzEnv>): Promise<RateStanding> {
    const { isHttps, isLoopback, address, publicUrl } = c.var.origin;
    if (!isHttps && !isLoopback) throw new BillplzError(HTTPS_REQUIRED);
    const system = deps.systemCtx({ requestId: c.var.requestId, publicUrl });
    const ctx = await authenticate(c, system);
    c.set('system', system);
    c.set('ctx', ctx);
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    return rateStanding(deps.rateLimiter, ctx.profile, { isRead, address });
  }
}

function finish(c: Context<BillplzEnv>, standing: RateStanding): void {
  for (const [name, value] of Object.entries(standing.headers)) c.res.headers.set(name, value);
  c.res.headers.set('Cache-Control', 'no-store');
}

/** For `onError`: each error has its answer, and a bug leaves a line that the request id finds. */
export function errorHandler(log: Log): ErrorHandler<BillplzEnv> {
  return (error, c) => answerError(error, c, log);
}

function answerError(error: unknown, c: Context<BillplzEnv>, log: Log): Response {
  const answer = answerTo(error);
  const { requestId } = c.var;
  if (answer.status === 500) log.error({ requestId, error }, 'request failed');
  if (answer.status === 503) log.warn({ requestId, error }, 'request could not be served');
  return failure(answer);
}
