import { z } from 'zod';
import { listBills } from '#services/bill/read.ts';
import { showBill } from '#services/bill/show.ts';
import { procedureFor, router } from './base.ts';
import { billRow, billView } from './views.ts';

const PAGE_MAX = 100;

const ListInput = z.strictObject({
  state: z.enum(['due', 'paid', 'deleted']).optional(),
  search: z.string().trim().max(255).optional(),
  /** `next` of the page before. */
  before: z.int().positive().optional(),
  limit: z.int().min(1).max(PAGE_MAX).default(25),
});

export const billRouter = router({
  /** Newest first; `next` leads to the page after, null on the last one. */
  list: procedureFor('bill:view')
    .input(ListInput)
    .query(async ({ ctx, input: { state, search, before, limit } }) => {
      const found = await listBills(ctx.profileCtx, {
        ...(state && { state }),
        ...(search && { search }),
        ...(before && { beforeSeq: before }),
        limit: limit + 1,
      });
      const rows = found.slice(0, limit).map(billRow);
      return { rows, next: found.length > limit ? (rows.at(-1)?.seq ?? null) : null };
    }),

  /** The bill with its payments and callbacks. */
  get: procedureFor('bill:view')
    .input(z.strictObject({ billId: z.string().min(1).max(64) }))
    .query(async ({ ctx, input }) =>
      billView(await showBill(ctx.profileCtx, input.billId), ctx.profileCtx.publicUrl),
    ),
});
