import type { Mode } from '#domain/tenant.ts';
import type { Timeouts } from '../lib/contract.ts';

export const RANK_RESET_WORKFLOW = 'rankReset';
export const RANK_RESET_SCHEDULE = 'rank-reset';

export interface RankResetInput {
  readonly mode: Mode;
  readonly timeouts: Timeouts;
}
