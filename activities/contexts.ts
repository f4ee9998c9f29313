import type { Ctx, SystemCtx } from '#services/context.ts';

/** How an activity gets its surroundings; `worker/` injects them. */
export interface ActivityContexts {
  /** Our own process acting for a profile; `nowMs` is the workflow's instant where one is due. */
  profileCtx(profileId: number, nowMs?: number): Promise<Ctx>;
  systemCtx(): SystemCtx;
}
