/** Whether a collection's payers are mailed a receipt; `global`: as its profile says. Source: billplz-api.md 2.13. */
export const RECEIPT_DELIVERIES = ['active', 'inactive', 'global'] as const;
export type ReceiptDelivery = (typeof RECEIPT_DELIVERIES)[number];

/**
 * An open collection's link is mailed after payment whatever the setting: the seed promises it without a condition.
 * Source: seed 004, "email_link A URL that email to customer after payment is successful".
 */
export function isReceiptMailed(
  ofCollection: ReceiptDelivery,
  ofProfile: boolean,
  emailLink: string | null,
): boolean {
  if (emailLink !== null) return true;
  return ofCollection === 'global' ? ofProfile : ofCollection === 'active';
}
