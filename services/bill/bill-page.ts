import { type Bill, loadBill } from '#db/bill.repository.ts';
import { loadCollection, recipientNames } from '#db/collection.repository.ts';
import type { Tx } from '#db/database.ts';
import { listPayments, type Payment } from '#db/payment.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Ctx } from '../context.ts';
import { type Offer, offersFor } from '../payment/offered.ts';
import { requirePayer } from '../permission.ts';
import { picturePath } from '../picture/read.ts';
import { shownName, shownPaidAt } from './payment-fields.ts';
import { standingOf } from './standing.ts';

export type { Offer };

/** A way to pay by its codes. */
export interface Choice {
  readonly method: string;
  readonly bankCode: string;
}

/** What the pages of a bill show, in every state that has one. Source: billplz-api.md 6. */
export interface BillPage {
  readonly billId: string;
  readonly standing: 'due' | 'paid' | 'expired';
  readonly merchantName: string;
  readonly sandbox: boolean;
  readonly title: string;
  /** Path of a small picture, or null. */
  readonly logo: string | null;
  /** Names of the split recipients; empty unless the collection shows them. */
  readonly splitHeader: readonly string[];
  readonly description: string;
  readonly payerName: string;
  /** Only those with a value. */
  readonly references: readonly { readonly label: string; readonly value: string }[];
  readonly amountSen: Bill['amountSen'];
  readonly currency: string;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
  /** Empty when nobody can pay: not due, or no method is active. */
  readonly offers: readonly Offer[];
  /** Bank Direct: what reference_1 names, where it is on offer. Source: billplz-api.md 3.5. */
  readonly direct: Choice | null;
  /** A payment that is not final: paying again needs a confirmation. */
  readonly pending: boolean;
  readonly receipt: Receipt | null;
}

export interface Receipt {
  /** `2018-09-27 15:15:09 +0800` in the profile's zone. */
  readonly paidAt: string;
  readonly amountSen: Bill['amountSen'];
  /** Null for a bill whose payment came from elsewhere. */
  readonly transaction: {
    readonly id: string;
    readonly channel: string;
    readonly bankCode: string | null;
  } | null;
}

/** More tries than this on one bill are not looked through for the one that paid. */
const TRIES_MAX = 100;

/** Refuses `not_found`, also for a bill that was deleted: its page closes at once. */
export async function readBillPage(ctx: Ctx, billId: string): Promise<BillPage> {
  requirePayer(ctx);
  return ctx.inTransaction(async (tx) => {
    const bill = await loadBill(tx, ctx.profileId, billId);
    const standing = standingOf(bill, ctx.profile, ctx.now());
    if (standing === 'deleted') return refuse('not_found', { billId });
    const collection = await loadCollection(tx, ctx.profileId, bill.collectionId);
    const offers =
      standing === 'due' && ctx.profile.eligible ? offersFor(ctx.profile, collection.paymentMethods) : [];
    return {
      billId,
      standing,
      merchantName: ctx.profile.merchantName,
      sandbox: ctx.profile.mode === 'sandbox',
      title: collection.title,
      logo: picturePath(collection.pictures.avatar),
      splitHeader: collection.splitHeader ? await recipientNames(tx, collection.splits) : [],
      description: bill.description,
      payerName: shownName(bill.name),
      references: referencesOf(bill),
      amountSen: bill.amountSen,
      currency: ctx.profile.currency,
      dueOn: bill.dueOn,
      offers,
      direct: directChoice(bill, offers),
      pending: standing === 'due' && (await latestPayment(tx, ctx, bill.id, 'pending')) !== undefined,
      receipt: standing === 'paid' ? await receiptOf(tx, ctx, bill) : null,
    };
  });
}

/** The newest try to pay a bill, also of one status. */
export async function latestPayment(
  tx: Tx,
  ctx: Ctx,
  billId: string,
  status?: Payment['status'],
): Promise<Payment | undefined> {
  const [latest] = await listPayments(tx, ctx.profileId, {
    billId,
    limit: 1,
    offset: 0,
    ...(status === undefined ? {} : { status }),
  });
  return latest;
}

/** Source: seed 004, "Always set reference_1_label as “Bank Code”". */
export function directChoice(
  bill: Pick<Bill, 'reference1Label' | 'reference1'>,
  offers: readonly Offer[],
): Choice | null {
  const { reference1Label, reference1: bankCode } = bill;
  if (reference1Label !== 'Bank Code' || bankCode === null) return null;
  const offer = offers.find(({ banks }) => banks.some(({ code }) => code === bankCode));
  return offer ? { method: offer.method.code, bankCode } : null;
}

function referencesOf(bill: Bill): BillPage['references'] {
  return [
    { label: bill.reference1Label, value: bill.reference1 },
    { label: bill.reference2Label, value: bill.reference2 },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

async function receiptOf(tx: Tx, ctx: Ctx, bill: Bill): Promise<Receipt> {
  const completed = await listPayments(tx, ctx.profileId, {
    billId: bill.id,
    status: 'completed',
    limit: TRIES_MAX,
    offset: 0,
  });
  const paidBy = completed.find(({ excess }) => !excess);
  return {
    paidAt: shownPaidAt(bill, ctx.profile) ?? '',
    amountSen: bill.paidAmountSen,
    transaction: paidBy ? { id: paidBy.id, channel: paidBy.channel, bankCode: paidBy.bankCode } : null,
  };
}
