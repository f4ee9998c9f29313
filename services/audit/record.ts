import type { Tx } from '#db/database.ts';
import { insertAudit } from '#db/durability.repository.ts';
import type { Actor } from '../context.ts';

interface Who {
  readonly actor: Actor;
  readonly requestId: string;
  readonly profileId?: number;
  now(): number;
}

export interface Change {
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | number;
  readonly before?: object | null;
  readonly after?: object | null;
}

/** Fifth beat of every verb: who changed what, in the transaction that changed it. Secrets never go in. */
export async function recordAudit(tx: Tx, who: Who, change: Change): Promise<void> {
  await insertAudit(tx, {
    profileId: who.profileId ?? null,
    actor: who.actor,
    action: change.action,
    objectType: change.objectType,
    objectId: String(change.objectId),
    before: change.before ?? null,
    after: change.after ?? null,
    requestId: who.requestId,
    atMs: who.now(),
  });
}
