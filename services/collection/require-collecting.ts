import { refuse } from '#domain/refusal.ts';
import type { Ctx } from '../context.ts';

/**
 * Only a verified company collects, and bills are in MYR. Refuses `currency_not_supported`, `account_not_eligible`.
 * Source: billplz-api.md 1, "Base" and "Eligibility".
 */
export function requireCollecting(ctx: Ctx): void {
  if (ctx.profile.currency !== 'MYR') refuse('currency_not_supported', { currency: ctx.profile.currency });
  if (!ctx.profile.eligible) refuse('account_not_eligible');
}
