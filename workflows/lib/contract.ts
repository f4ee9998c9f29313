import { defineSignal } from '@temporalio/workflow';

/** Start-to-close limits; configuration hands them to every start, so tests can shorten them. */
export interface Timeouts {
  readonly databaseStepMs: number;
  readonly attemptMs: number;
  readonly gatewayMs: number;
}

/** What every process is started with, besides its own ids. */
export interface ProcessInput {
  readonly profileId: number;
  readonly timeouts: Timeouts;
}

/** Something was written: look again. Carries nothing; may come twice, late or in any order. */
export const changed = defineSignal('changed');

/** The activity queues; a test run puts its own prefix before each. Source: temporal.md section 15. */
export const QUEUES = ['kekal', 'callbacks', 'gateways', 'mail', 'ops'] as const;
export type Queue = (typeof QUEUES)[number];
