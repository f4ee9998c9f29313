import type { Selectable } from 'kysely';
import type { Tx } from './database.ts';
import type { HolidaysTable } from './tables/working-days.ts';

export type Holiday = Omit<Selectable<HolidaysTable>, 'recorded_at'>;

const COLUMNS = ['day', 'name', 'name_ms', 'scope', 'kind', 'status', 'source'] as const;

/** By day and name; of one year, or of all. */
export async function listHolidays(tx: Tx, year?: number): Promise<Holiday[]> {
  return tx
    .selectFrom('holidays')
    .select(COLUMNS)
    .$if(year !== undefined, (q) => q.where('day', '>=', `${year}-01-01`).where('day', '<=', `${year}-12-31`))
    .orderBy('day')
    .orderBy('name')
    .execute();
}

/** False when that day has a holiday of that name already. */
export async function insertHoliday(tx: Tx, holiday: Holiday): Promise<boolean> {
  const result = await tx
    .insertInto('holidays')
    .values(holiday)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The deleted row; undefined when there was none. */
export async function deleteHoliday(tx: Tx, day: string, name: string): Promise<Holiday | undefined> {
  return tx
    .deleteFrom('holidays')
    .where('day', '=', day)
    .where('name', '=', name)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Every day on which banks are closed besides weekends, and the last year that has any: what is known ends there. */
export async function loadCalendar(tx: Tx): Promise<{ holidays: ReadonlySet<string>; coveredUntil: string }> {
  const rows = await tx.selectFrom('holidays').select('day').distinct().orderBy('day').execute();
  const last = rows.at(-1)?.day.slice(0, 4) ?? '0000';
  return { holidays: new Set(rows.map((row) => row.day)), coveredUntil: `${last}-12-31` };
}
