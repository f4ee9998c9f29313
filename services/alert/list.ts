import { type Alert, closeAlert as close, listAlerts as list } from '#db/alert.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

const PAGE = 50;

/** One page of what needs a person, newest first; of one profile or of the whole installation. */
export async function listAlerts(
  ctx: SystemCtx,
  { profileId, all = false, page = 1 }: { profileId?: number; all?: boolean; page?: number },
): Promise<Alert[]> {
  requireSystem(ctx);
  const filter = { open: !all, limit: PAGE, offset: (page - 1) * PAGE };
  return ctx.inTransaction((tx) => list(tx, profileId === undefined ? filter : { ...filter, profileId }));
}

/** The matter is settled; the same thing happening again opens a new alert. Refuses `not_found`. */
export async function closeAlert(ctx: SystemCtx, id: number): Promise<void> {
  requireSystem(ctx);
  await ctx.inTransaction(async (tx) => {
    if (!(await close(tx, id))) refuse('not_found', { alertId: id });
    await recordAudit(tx, ctx, { action: 'alert.close', objectType: 'alert', objectId: id });
  });
}
