import { loadBankVerification, saveBankVerification } from '#db/bank-verification.repository.ts';
import type { Tx } from '#db/database.ts';
import { loadCalendar } from '#db/holiday.repository.ts';
import { bankDay, verificationDueMs } from '#domain/calendar/working-day.ts';
import { raiseAlert } from '../alert/raise.ts';
import type { Ctx } from '../context.ts';
import { requireSystem } from '../permission.ts';

/**
 * When (epoch ms) an account registered now is due, by the calendar as it is known. Beyond the years that have
 * holidays the calendar only knows weekends, and an alert says so.
 */
export async function dueFor(tx: Tx, ctx: Ctx, registeredAtMs: number, object: string): Promise<number> {
  const { holidays, coveredUntil } = await loadCalendar(tx);
  const dueMs = verificationDueMs(registeredAtMs, holidays);
  if (bankDay(dueMs) > coveredUntil) {
    await raiseAlert(tx, ctx.profileId, 'calendar_end', object, `holidays are known until ${coveredUntil}`);
  }
  return dueMs;
}

/** Asks the calendar again and records the answer: later than before, or as before. */
export async function verificationDueAtMs(ctx: Ctx, id: string): Promise<number> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    const before = await loadBankVerification(tx, ctx.profileId, id, { lock: true });
    const dueAtMs = Math.max(
      before.dueAtMs,
      await dueFor(tx, ctx, before.registeredAtMs, `bank_verification:${id}`),
    );
    if (dueAtMs > before.dueAtMs) await saveBankVerification(tx, { ...before, dueAtMs });
    return dueAtMs;
  });
}
