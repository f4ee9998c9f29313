import type { Tx } from './database.ts';

export interface AuditRow {
  readonly profileId: number | null;
  readonly actor: object;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly before: object | null;
  readonly after: object | null;
  readonly requestId: string;
  readonly atMs: number;
}

export async function insertAudit(tx: Tx, row: AuditRow): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      profile_id: row.profileId,
      actor: JSON.stringify(row.actor),
      action: row.action,
      object_type: row.objectType,
      object_id: row.objectId,
      before: row.before && JSON.stringify(row.before),
      after: row.after && JSON.stringify(row.after),
      request_id: row.requestId,
      at: new Date(row.atMs),
    })
    .execute();
}

export interface OutboxMessage {
  /** Null: it concerns the installation. */
  readonly profileId: number | null;
  readonly mode: 'live' | 'sandbox';
  /** `start`: a creation, refused as a duplicate when it ran before; `tell`: signal, starting it where it is closed. */
  readonly kind: 'start' | 'tell';
  readonly workflowType: string;
  readonly workflowId: string;
  readonly input: object;
  /** What an operator reads in the Temporal UI; no names, amounts or addresses. */
  readonly summary: string;
  readonly objectId: string;
  readonly requestId: string;
}

export async function insertOutbox(tx: Tx, message: OutboxMessage): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      profile_id: message.profileId,
      mode: message.mode,
      kind: message.kind,
      workflow_type: message.workflowType,
      workflow_id: message.workflowId,
      input: JSON.stringify(message.input),
      summary: message.summary,
      object_id: message.objectId,
      request_id: message.requestId,
    })
    .execute();
}

export interface WaitingMessage extends OutboxMessage {
  readonly ids: readonly number[];
  readonly attempts: number;
}

/**
 * Locks the oldest waiting messages, one workflow each, with all later ones to the same workflow merged into it.
 * Leans on `for update skip locked`: two relays never hold one workflow's rows at once, because the oldest waiting row
 * of a workflow must be the one that is locked.
 */
export async function claimOutbox(tx: Tx, limit: number): Promise<WaitingMessage[]> {
  const heads = await tx
    .selectFrom('outbox')
    .selectAll()
    .where('relayed_at', 'is', null)
    .where((eb) => eb.or([eb('retry_at', 'is', null), eb('retry_at', '<=', eb.fn<Date>('now'))]))
    .where(({ not, exists, selectFrom, ref }) =>
      not(
        exists(
          selectFrom('outbox as earlier')
            .select('earlier.id')
            .whereRef('earlier.workflow_id', '=', ref('outbox.workflow_id'))
            .whereRef('earlier.mode', '=', ref('outbox.mode'))
            .where('earlier.relayed_at', 'is', null)
            .whereRef('earlier.id', '<', ref('outbox.id')),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  if (heads.length === 0) return [];
  const followers = await tx
    .selectFrom('outbox')
    .select(['id', 'workflow_id', 'mode'])
    .where('relayed_at', 'is', null)
    .where('kind', '=', 'tell')
    .where(
      'workflow_id',
      'in',
      heads.map((head) => head.workflow_id),
    )
    .where(
      'id',
      'not in',
      heads.map((head) => head.id),
    )
    .forUpdate()
    .skipLocked()
    .execute();
  return heads.map((head) => {
    const later = followers.filter((row) => row.workflow_id === head.workflow_id && row.mode === head.mode);
    return {
      ids: [head.id, ...later.map((row) => row.id)],
      profileId: head.profile_id,
      mode: head.mode,
      // A creation with a command behind it is both: signal-with-start covers it.
      kind: later.length > 0 ? 'tell' : head.kind,
      workflowType: head.workflow_type,
      workflowId: head.workflow_id,
      input: head.input,
      summary: head.summary,
      objectId: head.object_id,
      requestId: head.request_id,
      attempts: head.attempts,
    };
  });
}

export async function markRelayed(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({ relayed_at: eb.fn<Date>('now'), last_error: null }))
    .where('id', 'in', ids)
    .execute();
}

export async function markFailed(
  tx: Tx,
  ids: readonly number[],
  error: string,
  retryInMs: number,
): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      last_error: error.slice(0, 500),
      retry_at: new Date(Date.now() + retryInMs),
    }))
    .where('id', 'in', ids)
    .execute();
}

/** Whether anything for this workflow has not reached Temporal yet. */
export async function isOutboxWaiting(tx: Tx, workflowId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('outbox')
    .select('id')
    .where('workflow_id', '=', workflowId)
    .where('relayed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many messages wait and how old the oldest is, ms. */
export async function outboxBacklog(tx: Tx): Promise<{ waiting: number; oldestMs: number }> {
  const row = await tx
    .selectFrom('outbox')
    .select((eb) => [eb.fn.countAll<number>().as('waiting'), eb.fn.min('recorded_at').as('oldest')])
    .where('relayed_at', 'is', null)
    .executeTakeFirstOrThrow();
  const oldest = row.oldest as Date | null;
  return { waiting: row.waiting, oldestMs: oldest ? Date.now() - oldest.getTime() : 0 };
}

export async function deleteRelayed(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('outbox').where('relayed_at', '<', before).execute();
}
