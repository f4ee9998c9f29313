import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { bodyLimit } from 'hono/body-limit';
import type { ApiDeps } from '../deps.ts';
import type { App, AppContext } from '../http/app-env.ts';
import { createPortalContext } from './context.ts';
import { mountPortalFiles } from './portal-files.ts';
import { isFromPortal } from './portal-request.ts';
import { toProblem } from './problem.ts';
import { appRouter } from './router.ts';

const ENDPOINT = '/trpc';
const BODY_MAX_BYTES = 64 * 1024;

/** The portal: its calls under `/trpc`, its files under `/portal`, and `/` leads there. */
export function mountPortal(app: App, deps: ApiDeps): void {
  app.use(`${ENDPOINT}/*`, bodyLimit({ maxSize: BODY_MAX_BYTES }));
  app.all(`${ENDPOINT}/*`, async (c) => {
    const answer = isFromPortal(c) ? await answerCall(c, deps) : crossSite(c.var.requestId);
    answer.headers.set('cache-control', 'no-store');
    return answer;
  });
  mountPortalFiles(app, deps.webRoot);
  app.get('/', (c) => c.redirect('/portal'));
}

function answerCall(c: AppContext, deps: ApiDeps): Promise<Response> {
  return fetchRequestHandler({
    endpoint: ENDPOINT,
    req: c.req.raw,
    router: appRouter,
    allowBatching: false,
    createContext: ({ resHeaders }) => createPortalContext(c, deps, resHeaders),
    onError: ({ error, path }) => {
      const { problem } = toProblem(error);
      const what = { requestId: c.var.requestId, path, problem, address: c.var.origin.address };
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
