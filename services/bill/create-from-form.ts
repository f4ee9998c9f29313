import { z } from 'zod';
import type { Bill } from '#db/bill.repository.ts';
import { loadCollection, type OpenForm } from '#db/collection.repository.ts';
import { AMOUNT_MAX_SEN, openTotal, QUANTITY_MAX } from '#domain/open-amount.ts';
import { sen } from '#domain/money.ts';
import { refuse } from '#domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import { codePointText } from '../code-point-text.ts';
import { requireCollecting } from '../collection/require-collecting.ts';
import type { Ctx } from '../context.ts';
import { requirePayer } from '../permission.ts';
import { writeNewBill } from './write-new.ts';

export const CreateBillFromFormInput = z.strictObject({
  collectionId: z.string().max(64),
  /** What the payer decides; counts only where the collection leaves it open. */
  amountSen: z.int().positive().max(AMOUNT_MAX_SEN).transform(sen).nullable(),
  quantity: z.int().min(1).max(QUANTITY_MAX).nullable(),
  name: codePointText(255),
  email: codePointText(255),
  mobile: codePointText(40).nullable(),
  /** Count only where the collection has a label for them. */
  reference1: codePointText(120).nullable(),
  reference2: codePointText(120).nullable(),
});

type Filled = z.output<typeof CreateBillFromFormInput>;

/**
 * The bill that a payer makes for himself by the form of an open collection; nobody is called back, and its makers are
 * those of the collection. Refuses `not_found`, `collection_inactive`, `account_not_eligible`, `currency_not_supported`;
 * `invalid_input` with the `name` of what is missing or adds up to more than a bill may ask. Source: billplz-api.md 3.8.
 */
export async function createBillFromForm(
  ctx: Ctx,
  raw: z.input<typeof CreateBillFromFormInput>,
): Promise<Bill> {
  requirePayer(ctx);
  const input = CreateBillFromFormInput.parse(raw);
  requireCollecting(ctx);
  return ctx.inTransaction(async (tx) => {
    const { id, form, status, createdBy } = await loadCollection(tx, ctx.profileId, input.collectionId);
    if (!form) return refuse('not_found', { collectionId: id });
    if (status === 'inactive') return refuse('collection_inactive', { collectionId: id });
    const bill = await writeNewBill(tx, ctx, {
      ...billTerms(form),
      collectionId: id,
      amountSen: totalOf(form, input),
      name: input.name,
      email: input.email,
      mobile: input.mobile,
      reference1: form.reference1Label === null ? null : input.reference1,
      reference2: form.reference2Label === null ? null : input.reference2,
      createdBy,
    });
    await recordAudit(tx, ctx, { action: 'bill.create', objectType: 'bill', objectId: bill.id, after: bill });
    return bill;
  });
}

function billTerms(form: OpenForm) {
  return {
    description: form.description,
    callbackUrl: null,
    redirectUrl: form.redirectUri,
    dueOn: null,
    deliver: false,
    reference1Label: form.reference1Label ?? 'Reference 1',
    reference2Label: form.reference2Label ?? 'Reference 2',
  };
}

function totalOf(form: OpenForm, { amountSen, quantity }: Filled): Bill['amountSen'] {
  const total = openTotal({
    amountSen: form.amountSen ?? amountSen ?? refuse('invalid_input', { name: 'amount' }),
    quantity: form.fixedQuantity ? 1 : (quantity ?? refuse('invalid_input', { name: 'quantity' })),
    tax: form.tax,
  });
  return (
    total?.totalSen ?? refuse('invalid_input', { name: form.amountSen === null ? 'amount' : 'quantity' })
  );
}
