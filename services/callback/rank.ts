import { readRank as read, resetRanks as reset } from '#db/callback.repository.ts';
import { dayIn } from '#domain/calendar/zone.ts';
import type { Mode } from '#domain/tenant.ts';
import type { Ctx, SystemCtx } from '../context.ts';
import { requirePermission, requireSystem } from '../permission.ts';

const KL = 'Asia/Kuala_Lumpur';

/** 0 (best) to 10 (worst): how far back this profile's next attempts queue. Source: seed 004, "Webhook Rank". */
export async function readRank(ctx: Ctx): Promise<number> {
  requirePermission(ctx, 'callback:view');
  return ctx.inTransaction((tx) => read(tx, ctx.profileId));
}

/** Every rank of a mode goes back to 0, once a day in Kuala Lumpur. Gives how many rows it touched. */
export async function resetRanks(ctx: SystemCtx, mode: Mode, nowMs: number): Promise<number> {
  requireSystem(ctx);
  return ctx.inTransaction((tx) => reset(tx, mode, dayIn(KL, nowMs)));
}
