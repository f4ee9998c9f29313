import type { Generated, JSONColumnType } from 'kysely';
import type { FrozenSchedule } from '#domain/callback-schedule.ts';

export interface CallbacksTable {
  id: string;
  profile_id: number;
  object_type: string;
  object_id: string;
  event_id: string;
  url: string;
  body: string;
  schedule: JSONColumnType<FrozenSchedule, string, string>;
  status: Generated<'pending' | 'delivered' | 'dropped' | 'cancelled'>;
  reason: string | null;
  first_due_at: Generated<Date>;
  settled_at: Date | null;
  created_at: Date;
  seq: Generated<number>;
}

export interface CallbackAttemptsTable {
  id: Generated<number>;
  callback_id: string;
  profile_id: number;
  step: string;
  number: number;
  command_id: number | null;
  due_at: Date;
  started_at: Date;
  business_start_at: Date | null;
  sends: Generated<number>;
  crash_duplicate: Generated<boolean>;
  outcome: 'delivered' | 'failed' | 'refused' | null;
  http_status: number | null;
  error: string | null;
  duration_ms: number | null;
  answer_head: string | null;
  retry_after_ms: number | null;
  recorded_at: Generated<Date>;
  settled_at: Date | null;
}
