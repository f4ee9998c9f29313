import { type Bill, insertBill } from '#db/bill.repository.ts';
import type { Tx } from '#db/database.ts';
import { dayIn } from '#domain/calendar/zone.ts';
import { sen } from '#domain/money.ts';
import type { Ctx } from '../context.ts';
import { randomId, withFreshId } from '../random-id.ts';

type Wanted = Omit<
  Bill,
  'id' | 'profileId' | 'state' | 'paidAmountSen' | 'dueOn' | 'paidAtMs' | 'createdAtMs'
> & {
  /** `YYYY-MM-DD`; null means today in the profile's zone. */
  readonly dueOn: string | null;
};

/** A new due bill; the verb has checked its collection and records the audit. */
export async function writeNewBill(tx: Tx, ctx: Ctx, wanted: Wanted): Promise<Bill> {
  const draft: Omit<Bill, 'id'> = {
    ...wanted,
    profileId: ctx.profileId,
    state: 'due',
    paidAmountSen: sen(0),
    dueOn: wanted.dueOn ?? dayIn(ctx.profile.timeZone, ctx.now()),
    paidAtMs: null,
    createdAtMs: ctx.now(),
  };
  const id = await withFreshId(randomId.bill, (fresh) => insertBill(tx, { ...draft, id: fresh }));
  return { ...draft, id };
}
