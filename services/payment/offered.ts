import { type Bank, fpxBanks, PAYMENT_METHODS, type PaymentMethod } from '#domain/bank-codes.ts';
import type { Profile } from '#domain/profile.ts';

/** One way to pay: a method, the gateway that serves it, and its banks; a method without banks has its own code. */
export interface Offer {
  readonly method: PaymentMethod;
  readonly gateway: string;
  readonly banks: readonly Bank[];
}

/** What a payer of this profile may choose, in order. The sandbox plays every method but the real gateways' own. */
export function offersFor(profile: Profile): Offer[] {
  if (profile.mode === 'live') return []; // no real gateway is connected: the page says that no payment is possible
  return PAYMENT_METHODS.filter((method) => method.inSandbox).map((method) => ({
    method,
    gateway: 'sandbox',
    banks: banksOf(method, profile),
  }));
}

/** The choice as an offer's parts; undefined when it is not on offer. */
export function offeredBank(
  profile: Profile,
  choice: { readonly method: string; readonly bankCode: string },
): { gateway: string; channel: string } | undefined {
  const offer = offersFor(profile).find(({ method }) => method.code === choice.method);
  if (!offer?.banks.some(({ code }) => code === choice.bankCode)) return undefined;
  return { gateway: offer.gateway, channel: offer.method.channel };
}

function banksOf(method: PaymentMethod, profile: Profile): readonly Bank[] {
  if (method.code === 'fpx') return fpxBanks(profile.mode);
  return [{ code: method.directCode ?? method.code.toUpperCase(), name: method.name }];
}
