import { register } from 'prom-client';
import type { ApiDeps, Log } from '#api/deps.ts';
import { openNotifications } from '#db/notifications.ts';
import type { Config } from './config.ts';
import { createDeps } from './deps.ts';
import { lazyTemporalViews } from './lazy-temporal-views.ts';
import { registerMetrics } from './metrics.ts';
import { createOutcomeSignals } from './outcome-signals.ts';
import { createRateLimiter } from './rate-limiter.ts';

export interface Api {
  readonly deps: ApiDeps;
  /** `/ready` says no from now on, so that a balancer looks elsewhere. */
  drain(): void;
  close(): Promise<void>;
}

/** The api's surroundings; Temporal may be away: only live views and time travel need it. */
export function createApiDeps(config: Config, { log, webRoot }: { log: Log; webRoot: string }): Api {
  const deps = createDeps(config, 'api');
  registerMetrics(deps.database);
  const temporal = lazyTemporalViews(config);
  const notifications = openNotifications(config.databaseUrl);
  let draining = false;
  return {
    deps: {
      systemCtx: (request) => deps.systemCtx(request),
      publicUrl: config.publicUrl,
      trustProxy: config.trustProxy,
      gateways: deps.gateways,
      sandboxBank: deps.sandboxBank,
      workflows: temporal.workflows,
      time: temporal.time,
      signals: createOutcomeSignals(notifications),
      rateLimiter: createRateLimiter(deps.database),
      log,
      metrics: () => register.metrics(),
      temporalUiUrl: config.temporalUiUrl,
      devMail: config.devMail,
      webRoot,
      async notReady() {
        if (draining) return ['the api is stopping'];
        return deps.database.asSystem(async () => []).catch(() => ['Postgres does not answer']);
      },
    },
    drain() {
      draining = true;
    },
    async close() {
      await notifications.close();
      await temporal.close();
      await deps.close();
    },
  };
}
