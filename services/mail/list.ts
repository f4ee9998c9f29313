import { listMails as list, type Mail } from '#db/mail.repository.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

const PAGE = 50;

/** One page of mails and text messages, newest first: what became of each, and why. */
export async function listMails(
  ctx: SystemCtx,
  { profileId, page = 1 }: { profileId?: number; page?: number },
): Promise<Mail[]> {
  requireSystem(ctx);
  const filter = { limit: PAGE, offset: (page - 1) * PAGE };
  return ctx.inTransaction((tx) => list(tx, profileId === undefined ? filter : { ...filter, profileId }));
}
