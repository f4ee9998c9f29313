import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** How far a sandbox object's clock is ahead of the wall clock, ms; 0 when it was never moved. */
export async function readOffset(tx: Tx, profileId: number, object: string): Promise<number> {
  const row = await tx
    .selectFrom('object_clocks')
    .select('offset_ms')
    .where('profile_id', '=', profileId)
    .where('object', '=', object)
    .executeTakeFirst();
  return row?.offset_ms ?? 0;
}

/** Moves a clock forward to at least `offsetMs`; it never goes back. */
export async function raiseOffset(
  tx: Tx,
  profileId: number,
  object: string,
  offsetMs: number,
): Promise<void> {
  await tx
    .insertInto('object_clocks')
    .values({ profile_id: profileId, object, offset_ms: offsetMs })
    .onConflict((conflict) =>
      conflict.columns(['profile_id', 'object']).doUpdateSet({
        offset_ms: sql<number>`greatest(object_clocks.offset_ms, excluded.offset_ms)`,
      }),
    )
    .execute();
}
