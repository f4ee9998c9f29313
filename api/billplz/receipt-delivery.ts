import type { Hono } from 'hono';
import type { ReceiptDelivery } from '#domain/receipt-delivery.ts';
import { getReceiptDelivery, setReceiptDelivery } from '#services/collection/receipt-delivery.ts';
import type { BillplzEnv } from './billplz-env.ts';
import { reads, writes } from './endpoint.ts';

const AT = '/collections/:id/customer_receipt_delivery';

/** `/api/v4/collections/{id}/customer_receipt_delivery`. Source: billplz-api.md 2.13. */
export function mountReceiptDelivery(app: Hono<BillplzEnv>): void {
  app.get(
    AT,
    reads(async ({ ctx, id }) => ({ id, customer_receipt_delivery: await getReceiptDelivery(ctx, id) })),
  );
  app.post(`${AT}/activate`, deliveryTo('active'));
  app.post(`${AT}/deactivate`, deliveryTo('inactive'));
  app.post(`${AT}/global`, deliveryTo('global'));
}

function deliveryTo(delivery: ReceiptDelivery) {
  return writes(async ({ ctx, id }) => {
    await setReceiptDelivery(ctx, { id, delivery });
    return {};
  });
}
