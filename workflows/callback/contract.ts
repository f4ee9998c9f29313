import { defineQuery } from '@temporalio/workflow';
import type { FrozenSchedule, PlannedAttempt } from '#domain/callback-schedule.ts';
import type { ProcessInput } from '../lib/contract.ts';

/** One callback, one workflow: a second start under this id is refused. */
export function callbackWorkflowId(callbackId: string): string {
  return `callback-${callbackId}`;
}

export const CALLBACK_WORKFLOW = 'callback';

export interface CallbackInput extends ProcessInput {
  readonly callbackId: string;
}

export type CallbackStatus = 'pending' | 'delivered' | 'dropped' | 'cancelled';
export type CallbackOutcome = CallbackStatus;

/** What a look at the rows tells; commands were taken into it in their order. */
export interface CallbackView {
  readonly status: CallbackStatus;
  readonly schedule: FrozenSchedule;
  readonly firstDueMs: number;
  /** Business starts of the attempts made on the schedule, in order. */
  readonly starts: readonly number[];
  /** What the last answer asked for; 0: nothing. */
  readonly retryAfterMs: number;
  /** Attempts of any kind made so far. */
  readonly made: number;
  /** Redeliveries asked for by hand and not made yet, by command id. */
  readonly redeliver: readonly number[];
}

export interface AttemptOrder {
  readonly step: string;
  /** Counted over all attempts, from 1. */
  readonly number: number;
  readonly commandId: number | null;
  /** The business instant of this attempt, epoch ms. */
  readonly dueMs: number;
}

export interface AttemptResult {
  readonly outcome: 'delivered' | 'failed' | 'refused';
  /** When the receiver was first called, in the workflow's own time, epoch ms. */
  readonly startMs: number;
}

/** When an attempt began in the workflow's time; the next look stores it. */
export interface AttemptStart {
  readonly step: string;
  readonly startMs: number;
}

/** Attempts made and to come, with their instants. */
export const plan = defineQuery<PlannedAttempt[]>('plan');
