import { z } from 'zod';
import { deleteHoliday, type Holiday, insertHoliday, listHolidays as list } from '#db/holiday.repository.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';

export type { Holiday };

const Day = z.iso.date();
const Name = z.string().trim().min(1).max(200);

export const HolidayInput = z.strictObject({
  day: Day,
  name: Name,
  nameMs: Name.optional(),
  scope: z.enum(['federal', 'federal-territory']).default('federal'),
  kind: z.enum(['fixed', 'lunar', 'substitute', 'special']),
  status: z.enum(['gazetted', 'announced', 'estimate']),
  /** Where it was read: a gazette number or an address. */
  source: z.string().trim().min(1).max(500),
});

/** The holidays of a year, or of all years. */
export async function listHolidays(ctx: SystemCtx, year?: number): Promise<Holiday[]> {
  requireSystem(ctx);
  return ctx.inTransaction((tx) => list(tx, year));
}

/**
 * A day on which banks are closed. What waits for working days asks again when it wakes, and then moves later.
 * Refuses `taken`. Source: decisions.md, "Working days and payouts".
 */
export async function addHoliday(ctx: SystemCtx, raw: z.input<typeof HolidayInput>): Promise<Holiday> {
  requireSystem(ctx);
  const { nameMs, ...input } = HolidayInput.parse(raw);
  const holiday: Holiday = { ...input, name_ms: nameMs ?? input.name };
  await ctx.inTransaction(async (tx) => {
    if (!(await insertHoliday(tx, holiday))) refuse('taken', { day: holiday.day, name: holiday.name });
    await recordAudit(tx, ctx, {
      action: 'holiday.add',
      objectType: 'holiday',
      objectId: holiday.day,
      after: holiday,
    });
  });
  return holiday;
}

/** Takes a holiday back; what was made to wait longer by it goes on waiting. Refuses `not_found`. */
export async function removeHoliday(ctx: SystemCtx, day: string, name: string): Promise<void> {
  requireSystem(ctx);
  const [parsedDay, parsedName] = [Day.parse(day), Name.parse(name)];
  await ctx.inTransaction(async (tx) => {
    const before = await deleteHoliday(tx, parsedDay, parsedName);
    if (!before) return refuse('not_found', { day, name });
    await recordAudit(tx, ctx, { action: 'holiday.remove', objectType: 'holiday', objectId: day, before });
  });
}
