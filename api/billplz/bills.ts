import type { Hono } from 'hono';
import { createBill } from '#services/bill/create.ts';
import { deleteBill } from '#services/bill/delete.ts';
import { getBill } from '#services/bill/read.ts';
import { listPayments } from '#services/payment/list.ts';
import { billView } from './bill-view.ts';
import { CreateBillForm, toCreateBill } from './create-bill-form.ts';
import { reads, writes } from './endpoint.ts';
import type { BillplzEnv } from './billplz-env.ts';
import { pageForm, pageOf } from './page-form.ts';
import { transactionView } from './transaction-view.ts';

export const TransactionIndexForm = pageForm(['pending', 'completed', 'failed']);

/** A bill's phone and the merchant's own references may look like anything. Source: gateways.md 5, point 2. */
const CARD_EXEMPT = ['mobile', 'reference_1', 'reference_2'];

/** `/api/v3/bills`. Source: billplz-api.md 2.4, 2.6. */
export function mountBills(app: Hono<BillplzEnv>): void {
  app.post(
    '/bills',
    writes(
      async ({ ctx, params }) => {
        const form = CreateBillForm.parse(params);
        return billView({ bill: await createBill(ctx, toCreateBill(form)), standing: 'due' }, ctx);
      },
      { cardExempt: CARD_EXEMPT },
    ),
  );
  app.get(
    '/bills/:id',
    reads(async ({ ctx, id }) => billView(await getBill(ctx, id), ctx)),
  );
  app.delete(
    '/bills/:id',
    writes(async ({ ctx, id }) => {
      await deleteBill(ctx, id);
      return {};
    }),
  );
  app.get(
    '/bills/:id/transactions',
    reads(async ({ ctx, id, params }) => {
      const form = TransactionIndexForm.parse(params);
      const payments = await listPayments(ctx, { billId: id, ...pageOf(form) });
      return {
        bill_id: id,
        transactions: payments.map((payment) => transactionView(payment, ctx.profile)),
        page: form.page,
      };
    }),
  );
}
