import type { Hono } from 'hono';
import { readRank } from '#services/callback/rank.ts';
import { listFpxBanks, listPaymentGateways } from '#services/payment/list-banks.ts';
import { reads } from './endpoint.ts';
import type { BillplzEnv } from './billplz-env.ts';

/** `/api/v3/fpx_banks`. Source: billplz-api.md 2.9. */
export function mountFpxBanks(app: Hono<BillplzEnv>): void {
  app.get(
    '/fpx_banks',
    reads(async ({ ctx }) => ({
      banks: listFpxBanks(ctx).map(({ code, active }) => ({ name: code, active })),
    })),
  );
}

/** `/api/v4/webhook_rank` and `/api/v4/payment_gateways`. Source: billplz-api.md 2.12, 2.14. */
export function mountStandingV4(app: Hono<BillplzEnv>): void {
  app.get(
    '/webhook_rank',
    reads(async ({ ctx }) => ({ rank: withOneDecimal(await readRank(ctx)) })),
  );
  app.get(
    '/payment_gateways',
    reads(async ({ ctx }) => ({ payment_gateways: listPaymentGateways(ctx) })),
  );
}

/** As the seed writes it: JSON's own numbers have no `0.0`. */
function withOneDecimal(value: number): unknown {
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
  return rawJSON(value.toFixed(1));
}
