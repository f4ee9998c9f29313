import { randomUUID } from 'node:crypto';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Context, Env, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ApiDeps } from '#api/deps.ts';
import { createPortalContext } from './context.ts';
import { mountPortalFiles } from './portal-files.ts';
import { isFromPortal, readPortalRequest } from './portal-request.ts';
import { toProblem } from './problem.ts';
import { appRouter } from './router.ts';
import { createSessionCookies } from './session-cookies.ts';

const ENDPOINT = '/trpc';
const BODY_MAX_BYTES = 64 * 1024;

/** The portal: its calls under `/trpc`, its files under `/portal`, and `/` leads there. */
export function mountPortal<E extends Env>(app: Hono<E>, deps: ApiDeps): void {
  app.use(`${ENDPOINT}/*`, bodyLimit({ maxSize: BODY_MAX_BYTES }));
  app.all(`${ENDPOINT}/*`, (c) => answerCall(c, deps));
  mountPortalFiles(app, deps.webRoot);
  app.get('/', (c) => c.redirect('/portal'));
}

async function answerCall(c: Context, deps: ApiDeps): Promise<Response> {
  const requestId = requestIdOf(c);
  const answer = isFromPortal(c, deps) ? await call(c, deps, requestId) : crossSite(requestId);
  answer.headers.set('cache-control', 'no-store');
  answer.headers.set('x-request-id', requestId);
  return answer;
}

function call(c: Context, deps: ApiDeps, requestId: string): Promise<Response> {
  const request = readPortalRequest(c, deps, requestId);
  return fetchRequestHandler({
    endpoint: ENDPOINT,
    req: c.req.raw,
    router: appRouter,
    allowBatching: false,
    createContext: ({ resHeaders }) =>
      createPortalContext(deps, request, createSessionCookies(c.req.raw.headers, resHeaders, request.secure)),
    onError: ({ error, path }) => {
      const { problem } = toProblem(error);
      const what = { requestId, path, problem, address: request.address };
      if (problem === 'internal')
        deps.log.error({ ...what, error: error.cause ?? error }, 'portal call failed');
      else deps.log.info(what, 'portal call refused');
    },
  });
}

/** In the form of every other error, though no procedure was reached. */
function crossSite(requestId: string): Response {
  const data = { code: 'FORBIDDEN', httpStatus: 403, requestId, problem: 'cross_site', facts: {} };
  return Response.json({ error: { code: -32_003, message: 'cross_site', data } }, { status: 403 });
}

/** That of the api's middleware, where there is one. */
function requestIdOf(c: Context): string {
  const given: unknown = c.get('requestId');
  return typeof given === 'string' ? given : `req_${randomUUID()}`;
}
