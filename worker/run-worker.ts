import { NativeConnection } from '@temporalio/worker';
import type { WaitingMessage } from '#db/durability.repository.ts';
import { openNotifications } from '#db/notifications.ts';
import { readOffset } from '#db/object-clock.repository.ts';
import { sweep } from '#services/outbox/sweep.ts';
import type { Mode } from '#domain/tenant.ts';
import type { Config } from './config.ts';
import { createDeps, type Deps } from './deps.ts';
import { registerMetrics } from './metrics.ts';
import { startRelay } from './relay-loop.ts';
import { clientsOver } from './temporal-clients.ts';
import { temporalConnection } from './temporal-connection.ts';
import { workflowBundle } from './workflow-bundle.ts';
import { createWorkflowStarter } from './workflow-starter.ts';
import { createWorkers } from './workers.ts';

const SWEEP_MS = 60_000;

export interface RunningWorker {
  notReady(): Promise<readonly string[]>;
  /** Stops claiming, lets activities finish, closes. */
  stop(): Promise<void>;
  /** Rejects when a Temporal worker broke. */
  readonly ended: Promise<void>;
}

/** Workers, relay and sweeper in this process; `modes` is what tests narrow, `wire` puts a fake in at a port. */
export async function runWorker(
  config: Config,
  options: {
    bundleDirectory: string;
    modes?: readonly Mode[];
    wire?: (deps: Deps) => Deps;
    report: (error: unknown, what: string) => void;
  },
): Promise<RunningWorker> {
  const own = createDeps(config, 'worker');
  const deps = options.wire?.(own) ?? own;
  registerMetrics(deps.database);
  const connection = await NativeConnection.connect(temporalConnection(config));
  const bundlePath = await workflowBundle(options.bundleDirectory);
  const workers = await createWorkers(config, deps, { connection, bundlePath, ...options });
  const ended = Promise.all(workers.map((worker) => worker.run())).then(() => {});
  const starter = createWorkflowStarter({
    client: clientsOver(connection),
    taskQueue: `${config.taskQueuePrefix}kekal`,
    timeouts: config.timeouts,
    eager: true,
    aheadMs: (message) => aheadOf(deps, message),
  });
  const notifications = openNotifications(config.databaseUrl);
  const relay = startRelay({
    ctx: () => deps.systemCtx(),
    starter,
    notifications,
    report: (error) => options.report(error, 'the outbox could not be relayed'),
  });
  const sweeper = setInterval(() => {
    sweep(deps.systemCtx()).catch((error: unknown) => options.report(error, 'the sweep failed'));
  }, SWEEP_MS);

  return {
    ended,
    async notReady() {
      const states = workers.map((worker) => worker.getState());
      const down = await deps.database.asSystem(async () => []).catch(() => ['Postgres does not answer']);
      return states.every((state) => state === 'RUNNING') ? down : [...down, `workers: ${states.join(', ')}`];
    },
    async stop() {
      clearInterval(sweeper);
      await relay.stop();
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended.catch(() => {});
      await notifications.close();
      await connection.close();
      await deps.close();
    },
  };
}

/** How far a moved sandbox object is ahead of the wall clock, ms. */
async function aheadOf({ database }: Deps, { mode, profileId, workflowId }: WaitingMessage): Promise<number> {
  if (mode === 'live' || profileId === null) return 0;
  return database.asSystem((tx) => readOffset(tx, profileId, objectOf(workflowId)));
}

/** `bank-verification-bv_1` is the workflow of the object `bank_verification:bv_1`. */
function objectOf(workflowId: string): string {
  const end = workflowId.lastIndexOf('-');
  return `${workflowId.slice(0, end).replaceAll('-', '_')}:${workflowId.slice(end + 1)}`;
}
