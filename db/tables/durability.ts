import type { Generated, JSONColumnType } from 'kysely';

/** A JSON column: an object or array in, the same out; pg sends it as text. */
type Json<T extends object = Record<string, unknown>> = JSONColumnType<T, string, string>;
type JsonOrNull<T extends object = Record<string, unknown>> = JSONColumnType<
  T | null,
  string | null,
  string | null
>;

export interface IdempotencyKeysTable {
  profile_id: number;
  method: string;
  path: string;
  key: string;
  request_hash: Buffer;
  response_status: number | null;
  response_body: string | null;
  created_at: Generated<Date>;
}

export interface CommandsTable {
  id: Generated<number>;
  profile_id: number;
  object_type: string;
  object_id: string;
  verb: string;
  payload: Json;
  actor: Json;
  request_id: string;
  idempotency_key: string | null;
  outcome: JsonOrNull;
  created_at: Date;
  recorded_at: Generated<Date>;
  settled_at: Date | null;
}

export interface AuditLogTable {
  id: Generated<number>;
  profile_id: number | null;
  actor: Json;
  action: string;
  object_type: string;
  object_id: string;
  before: JsonOrNull;
  after: JsonOrNull;
  request_id: string;
  at: Date;
  recorded_at: Generated<Date>;
}

export interface AlertsTable {
  id: Generated<number>;
  profile_id: number | null;
  kind: string;
  object: string;
  detail: Generated<string>;
  state: Generated<'open' | 'acknowledged' | 'closed'>;
  count: Generated<number>;
  first_seen_at: Generated<Date>;
  last_seen_at: Generated<Date>;
}

export interface OutboxTable {
  id: Generated<number>;
  profile_id: number | null;
  mode: 'live' | 'sandbox';
  kind: 'start' | 'tell';
  workflow_type: string;
  workflow_id: string;
  input: Json;
  summary: string;
  object_id: string;
  request_id: string;
  recorded_at: Generated<Date>;
  relayed_at: Date | null;
  attempts: Generated<number>;
  retry_at: Date | null;
  last_error: string | null;
}

export interface ObjectClocksTable {
  profile_id: number;
  object: string;
  offset_ms: number;
}
