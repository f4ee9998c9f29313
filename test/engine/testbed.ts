import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Mode } from '#domain/tenant.ts';
import { type Config, readConfig } from '#worker/config.ts';
import { createDeps, type Deps } from '#worker/deps.ts';
import { type RunningWorker, runWorker } from '#worker/run-worker.ts';
import { clientsOver } from '#worker/temporal-clients.ts';
import { TimeSkipper } from '#worker/time-skipper.ts';
import type { KekalWorkflowClient } from '#worker/workflow-client.ts';
import { createTestDatabase } from './test-database.ts';

/** Loopback only: receivers of tests live there. */
const LOOPBACK = '127.0.0.0/8,::1/128';

export interface Testbed {
  readonly config: Config;
  readonly deps: Deps;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

export interface WorkerTestbed extends Testbed {
  readonly worker: RunningWorker;
  /** Workflows of the sandbox namespace. */
  readonly workflows: KekalWorkflowClient;
  client(mode: Mode): KekalWorkflowClient;
  readonly time: TimeSkipper;
}

/** A database, a task-queue prefix and the product's adapters for one test file; no process runs. */
export async function openTestbed(settings: Record<string, string> = {}): Promise<Testbed> {
  const database = await createTestDatabase();
  const engine = inject('engine');
  const config = readConfig({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: engine.temporalAddress,
    KEKAL_SECRET_KEY: randomBytes(32).toString('base64'),
    KEKAL_TASK_QUEUE_PREFIX: `t${randomBytes(4).toString('hex')}-`,
    KEKAL_CALLBACK_ALLOW_CIDRS: LOOPBACK,
    KEKAL_DATABASE_POOL_MAX: '10',
    ...settings,
  });
  const deps = createDeps(config, 'test');
  return {
    config,
    deps,
    databaseUrl: database.url,
    async close() {
      await deps.close();
      await database.drop();
    },
  };
}

/** A testbed whose workers and relay run inside this test process, in the sandbox namespace. */
export async function openWorkerTestbed(
  settings: Record<string, string> = {},
  options: { modes?: readonly Mode[]; wire?: (deps: Deps) => Deps } = {},
): Promise<WorkerTestbed> {
  quietRuntime();
  const bed = await openTestbed(settings);
  const { bundleDirectory, temporalAddress } = inject('engine');
  const worker = await runWorker(bed.config, {
    bundleDirectory,
    modes: options.modes ?? ['sandbox'],
    ...(options.wire && { wire: options.wire }),
    report: (error, what) => process.stderr.write(`${what}: ${String(error)}\n`),
  });
  const connection = await Connection.connect({ address: temporalAddress });
  const client = clientsOver(connection);
  return {
    ...bed,
    worker,
    client,
    workflows: client('sandbox'),
    time: new TimeSkipper(client('sandbox')),
    async close() {
      await worker.stop();
      await connection.close();
      await bed.close();
    },
  };
}

let quiet = false;

/** One SDK runtime a process, saying only what went wrong. */
function quietRuntime(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });
}
