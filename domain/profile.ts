import type { Mode, RateLevel } from './tenant.ts';

/** One business case of a merchant, with every switch that rules its bills. Source: decisions.md, "Words". */
export interface Profile {
  readonly id: number;
  readonly merchantId: number;
  readonly name: string;
  readonly mode: Mode;
  readonly currency: string;
  readonly timeZone: string;
  readonly language: 'en' | 'ms';
  readonly contactEmail: string;
  readonly callbackSchedule: string;
  readonly xSignatureCallback: boolean;
  readonly xSignatureRedirect: boolean;
  readonly extraPaymentCompletion: boolean;
  /** Whether payers are mailed a receipt where their collection says nothing else. */
  readonly customerReceiptDelivery: boolean;
  readonly rateLevel: RateLevel;
  readonly merchantName: string;
  /** Only a verified company collects, receives splits or pays out. */
  readonly eligible: boolean;
}
