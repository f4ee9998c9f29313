import { createHash } from 'node:crypto';
import { takeNotice } from '#services/inbound/take-notice.ts';
import type { ApiDeps } from '../deps.ts';
import type { App } from '../http/app-env.ts';
import { ParamsError } from '../http/params.ts';
import { readBody } from '../http/read-body.ts';

const NOTICE_MAX_BYTES = 256 * 1024;

/**
 * Where the sandbox bank's notices come in over HTTP. 200: kept, also a repeat; 400: not authentic or too large, and of
 * it nothing is kept but a hash in the log; anything else makes the sender repeat it. Source: gateways.md 1, "Notices".
 */
export function mountSandboxNotices(app: App, deps: ApiDeps): void {
  app.post('/inbound/sandbox', async (c) => {
    const { requestId, origin } = c.var;
    const system = deps.systemCtx({ requestId, publicUrl: origin.publicUrl });
    const headers = Object.fromEntries(c.req.raw.headers);
    try {
      const body = await readBody(c.req.raw, c.env?.incoming, NOTICE_MAX_BYTES);
      const taken = await takeNotice(system, deps.gateways, { gateway: 'sandbox', body, headers });
      if (taken.kind !== 'rejected') return c.body(null, 200);
      const hash = createHash('sha256').update(body).digest('hex');
      deps.log.warn({ requestId, gateway: 'sandbox', reason: taken.reason, hash }, 'a notice was refused');
    } catch (error) {
      if (!(error instanceof ParamsError)) throw error;
    }
    return c.body(null, 400);
  });
}
