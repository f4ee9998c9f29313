import { type ActivityOptions, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ProcessInput, Queue } from './contract.ts';

const SECOND = 1000;

/**
 * Activities of one queue with the limits of its kind. No attempt limit and no schedule-to-close: an outage makes a
 * promise late, never void. Source: temporal.md section 7.
 */
export function activitiesOn<T extends object>(
  queue: Queue,
  { timeouts }: Pick<ProcessInput, 'timeouts'>,
  how: Pick<ActivityOptions, 'summary' | 'priority'> = {},
) {
  const kinds: Record<Queue, Pick<ActivityOptions, 'startToCloseTimeout' | 'retry'>> = {
    kekal: {
      startToCloseTimeout: timeouts.databaseStepMs,
      retry: { initialInterval: 200, backoffCoefficient: 2, maximumInterval: 30 * SECOND },
    },
    callbacks: {
      startToCloseTimeout: timeouts.attemptMs,
      retry: { initialInterval: SECOND, backoffCoefficient: 2, maximumInterval: 60 * SECOND },
    },
    gateways: {
      startToCloseTimeout: timeouts.gatewayMs,
      retry: { initialInterval: SECOND, backoffCoefficient: 2, maximumInterval: 300 * SECOND },
    },
    mail: {
      startToCloseTimeout: 60 * SECOND,
      // The five tries are the workflow's: what is retried here is our own failure.
      retry: { initialInterval: SECOND, backoffCoefficient: 2, maximumInterval: 60 * SECOND },
    },
    ops: {
      startToCloseTimeout: 300 * SECOND,
      retry: { initialInterval: SECOND, backoffCoefficient: 2, maximumInterval: 60 * SECOND },
    },
  };
  return proxyActivities<T>({ taskQueue: queueOf(queue), ...kinds[queue], ...how });
}

/** The workflow's own queue ends in `kekal`; its siblings share the prefix before it. */
function queueOf(queue: Queue): string {
  return workflowInfo().taskQueue.replace(/kekal$/, queue);
}
