import { findPicture, type Picture } from '#db/picture.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

const ID = /^[\w-]{43}$/;

/** A picture by its id, which is all that it takes to see it. Refuses `not_found`. */
export async function readPicture(system: SystemCtx, id: string): Promise<Picture> {
  requireSystem(system);
  if (!ID.test(id)) return refuse('not_found');
  return system.inTransaction(async (tx) => (await findPicture(tx, id)) ?? refuse('not_found'));
}

/** Its path on the public address; null where there is none. */
export function picturePath(id: string | undefined): string | null {
  return id === undefined ? null : `/images/${id}`;
}
