import { readRank as read, resetRanks as reset } from '#db/callback.repository.ts';
import { dayIn } from '#domain/calendar/zone.ts';
import type { Mode } from '#domain/tenant.ts';
import type { Ctx, SystemCtx } from '../context.ts';
import { requirePermission, requireSystem } from '../permission.ts';

const KL = 'Asia/Kuala_Lumpur';
const RESET_HOUR_MS = 17 * 60 * 60 * 1000;

/** 0 (best) to 10 (worst): how far back this profile's next attempts queue. Source: seed 004, "Webhook Rank". */
export async function readRank(ctx: Ctx): Promise<number> {
  requirePermission(ctx, 'callback:view');
  return ctx.inTransaction((tx) => read(tx, ctx.profileId));
}

/**
 * Every rank of a mode goes back to 0, once for each 17:00 in Kuala Lumpur: a run that comes late, even the next
 * morning, is that of the 17:00 before it. Gives how many rows it touched. Source: decisions.md, "Callback schedule".
 */
export async function resetRanks(ctx: SystemCtx, mode: Mode, nowMs: number): Promise<number> {
  requireSystem(ctx);
  return ctx.inTransaction((tx) => reset(tx, mode, dayIn(KL, nowMs - RESET_HOUR_MS)));
}
