import type { Tx } from './database.ts';

export interface InboundNotice {
  readonly gateway: string;
  readonly dedupeKey: string;
  /** Whose payment it names; null when we know none. */
  readonly profileId: number | null;
  /** Redacted already. */
  readonly payload: object;
  readonly routed: boolean;
}

/**
 * Keeps what a gateway told us; false when it was told before. Leans on the unique index of gateway and dedupe key.
 * Role `kekal_system`.
 */
export async function insertInboundNotice(tx: Tx, notice: InboundNotice): Promise<boolean> {
  const inserted = await tx
    .insertInto('inbound_notices')
    .values({
      gateway: notice.gateway,
      dedupe_key: notice.dedupeKey,
      profile_id: notice.profileId,
      payload: JSON.stringify(notice.payload),
      routed: notice.routed,
    })
    .onConflict((conflict) => conflict.columns(['gateway', 'dedupe_key']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}
