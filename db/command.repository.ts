import type { Tx } from './database.ts';

export interface NewCommand {
  readonly profileId: number;
  readonly objectType: string;
  readonly objectId: string;
  readonly verb: string;
  readonly payload?: object;
  readonly actor: object;
  readonly requestId: string;
  readonly idempotencyKey?: string | null;
  readonly atMs: number;
  /** Given when the command is carried out in this very transaction. */
  readonly outcome?: object;
}

export interface Command {
  readonly id: number;
  readonly profileId: number;
  readonly objectType: string;
  readonly objectId: string;
  readonly verb: string;
  readonly payload: Record<string, unknown>;
  readonly outcome: Record<string, unknown> | null;
}

const COLUMNS = ['id', 'profile_id', 'object_type', 'object_id', 'verb', 'payload', 'outcome'] as const;

/** The same idempotency key again gives the row that it made first. */
export async function insertCommand(tx: Tx, command: NewCommand): Promise<Command> {
  const inserted = await tx
    .insertInto('commands')
    .values({
      profile_id: command.profileId,
      object_type: command.objectType,
      object_id: command.objectId,
      verb: command.verb,
      payload: JSON.stringify(command.payload ?? {}),
      actor: JSON.stringify(command.actor),
      request_id: command.requestId,
      idempotency_key: command.idempotencyKey ?? null,
      outcome: command.outcome ? JSON.stringify(command.outcome) : null,
      created_at: new Date(command.atMs),
      settled_at: command.outcome ? new Date() : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
  if (inserted) return toCommand(inserted);
  const first = await findCommandByKey(tx, { ...command, idempotencyKey: command.idempotencyKey ?? '' });
  if (!first) throw new Error(`command ${command.verb} was neither written nor found`);
  return first;
}

/** The command that an idempotency key made first, of one object and verb. */
export async function findCommandByKey(
  tx: Tx,
  of: { profileId: number; objectType: string; objectId: string; verb: string; idempotencyKey: string },
): Promise<Command | undefined> {
  const row = await tx
    .selectFrom('commands')
    .select(COLUMNS)
    .where('profile_id', '=', of.profileId)
    .where('object_type', '=', of.objectType)
    .where('object_id', '=', of.objectId)
    .where('verb', '=', of.verb)
    .where('idempotency_key', '=', of.idempotencyKey)
    .executeTakeFirst();
  return row && toCommand(row);
}

/** Commands that wait for their outcome, in the order in which they were given. */
export async function openCommands(
  tx: Tx,
  object: { profileId: number; objectType: string; objectId: string },
): Promise<Command[]> {
  const rows = await tx
    .selectFrom('commands')
    .select(COLUMNS)
    .where('profile_id', '=', object.profileId)
    .where('object_type', '=', object.objectType)
    .where('object_id', '=', object.objectId)
    .where('outcome', 'is', null)
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map(toCommand);
}

/** Writes the outcome once; a late retry changes nothing. */
export async function settleCommand(tx: Tx, id: number, outcome: object): Promise<void> {
  await tx
    .updateTable('commands')
    .set({ outcome: JSON.stringify(outcome), settled_at: new Date() })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .execute();
}

export async function findCommand(tx: Tx, profileId: number, id: number): Promise<Command | undefined> {
  const row = await tx
    .selectFrom('commands')
    .select(COLUMNS)
    .where('profile_id', '=', profileId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toCommand(row);
}

interface Row {
  id: number;
  profile_id: number;
  object_type: string;
  object_id: string;
  verb: string;
  payload: Record<string, unknown>;
  outcome: Record<string, unknown> | null;
}

function toCommand(row: Row): Command {
  return {
    id: row.id,
    profileId: row.profile_id,
    objectType: row.object_type,
    objectId: row.object_id,
    verb: row.verb,
    payload: row.payload,
    outcome: row.outcome,
  };
}
