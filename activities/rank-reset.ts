import type { Mode } from '#domain/tenant.ts';
import { resetRanks } from '#services/callback/rank.ts';
import type { ActivityContexts } from './contexts.ts';

export type RankResetActivities = ReturnType<typeof createRankResetActivities>;

export function createRankResetActivities({ systemCtx }: ActivityContexts) {
  return {
    resetRanks: (mode: Mode, nowMs: number) => resetRanks(systemCtx(), mode, nowMs),
  };
}
