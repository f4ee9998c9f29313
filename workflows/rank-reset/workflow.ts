import type { RankResetActivities } from '#activities/rank-reset.ts';
import { activitiesOn } from '../lib/activities-on.ts';
import type { RankResetInput } from './contract.ts';

/** Webhook ranks go back to 0.0 daily at 17:00. Source: decisions.md, "Callback schedule". */
export async function rankReset(input: RankResetInput): Promise<number> {
  const { resetRanks } = activitiesOn<RankResetActivities>('kekal', input);
  return resetRanks(input.mode, Date.now());
}
