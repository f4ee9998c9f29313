import type { ApiDeps } from '../deps.ts';
import type { App } from './app-env.ts';

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };

/** `/live`; `/ready` (200, or 503 with the reasons, a line each); `/metrics` in Prometheus' text format. */
export function mountHealth(app: App, deps: Pick<ApiDeps, 'notReady' | 'metrics'>): void {
  app.get('/live', (c) => c.body('live\n', 200, TEXT));
  app.get('/ready', async (c) => {
    const reasons = await deps.notReady();
    const isReady = reasons.length === 0;
    return c.body(`${isReady ? 'ready' : reasons.join('\n')}\n`, isReady ? 200 : 503, TEXT);
  });
  app.get('/metrics', async (c) =>
    c.body(await deps.metrics(), 200, { ...TEXT, 'Content-Type': METRICS_TYPE }),
  );
}

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
