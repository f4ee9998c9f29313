import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createBankVerificationActivities } from '#activities/bank-verification.ts';
import { createCallbackActivities } from '#activities/callback.ts';
import { createMailActivities } from '#activities/mail.ts';
import { createPaymentActivities } from '#activities/payment.ts';
import { createRankResetActivities } from '#activities/rank-reset.ts';
import type { Mode } from '#domain/tenant.ts';
import type { Queue } from '#workflows/lib/contract.ts';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';

/** Activity slots of a queue in each namespace. Source: temporal.md section 15. */
const SLOTS: Record<Exclude<Queue, 'ops'>, Record<Mode, number>> = {
  kekal: { live: 20, sandbox: 10 },
  callbacks: { live: 50, sandbox: 10 },
  gateways: { live: 40, sandbox: 10 },
  mail: { live: 10, sandbox: 5 },
};

/** Cached workflows; the SDK's own default takes the whole heap for each worker. */
const CACHED: Record<Mode, number> = { live: 600, sandbox: 200 };

const GRACE_MS = 26_000;
const FORCE_MS = 40_000;

/** Every worker of one process: one with the workflows and the short steps per namespace, the others without a bundle. */
export async function createWorkers(
  config: Config,
  deps: Deps,
  options: { connection: NativeConnection; bundlePath: string; modes?: readonly Mode[] },
): Promise<Worker[]> {
  const activities = {
    ...createBankVerificationActivities(deps),
    ...createCallbackActivities({ ...deps, exchangeMs: config.timeouts.exchangeMs }),
    ...createMailActivities(deps),
    ...createPaymentActivities(deps),
    ...createRankResetActivities(deps),
  };
  const workers: Promise<Worker>[] = [];
  for (const mode of options.modes ?? (['live', 'sandbox'] as const)) {
    for (const queue of ['kekal', 'callbacks', 'gateways', 'mail'] as const) {
      workers.push(Worker.create(workerOptions(queue, mode)));
    }
  }
  return Promise.all(workers);

  function workerOptions(queue: keyof typeof SLOTS, mode: Mode): WorkerOptions {
    return {
      connection: options.connection,
      namespace: mode,
      taskQueue: `${config.taskQueuePrefix}${queue}`,
      activities,
      maxConcurrentActivityTaskExecutions: SLOTS[queue][mode],
      shutdownGraceTime: GRACE_MS,
      shutdownForceTime: FORCE_MS,
      ...(queue === 'kekal'
        ? {
            workflowBundle: { codePath: options.bundlePath },
            maxCachedWorkflows: CACHED[mode],
            workflowThreadPoolSize: 1,
            reuseV8Context: true,
          }
        : {}),
      ...(config.workerBuildId
        ? {
            workerDeploymentOptions: {
              useWorkerVersioning: true,
              version: { deploymentName: 'kekal', buildId: config.workerBuildId },
              defaultVersioningBehavior: 'PINNED' as const,
            },
          }
        : {}),
    };
  }
}
