import { z } from 'zod';
import { RECEIPT_DELIVERIES } from '#domain/receipt-delivery.ts';

/** Source: billplz-api.md 2.13. */
export const CustomerReceiptDelivery = z.strictObject({
  id: z.string(),
  customer_receipt_delivery: z.enum(RECEIPT_DELIVERIES),
});
