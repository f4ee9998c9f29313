import { type Bank, b2bBanks, fpxBanks, PAYMENT_METHODS, type PaymentMethod } from '#domain/bank-codes.ts';
import type { Profile } from '#domain/profile.ts';

/** One way to pay: a method, the gateway that serves it, and its banks; a method without banks has its own code. */
export interface Offer {
  readonly method: PaymentMethod;
  readonly gateway: string;
  readonly banks: readonly Bank[];
}

/** A collection's choice among the methods: codes that are on; null: all. */
export type MethodChoice = readonly string[] | null;

/** Every method that a profile could use, in order. The sandbox plays all but the real gateways' own. */
export function offersOf(profile: Profile): Offer[] {
  if (profile.mode === 'live') return []; // no real gateway is connected: the page says that no payment is possible
  return PAYMENT_METHODS.filter((method) => method.inSandbox).map((method) => ({
    method,
    gateway: 'sandbox',
    banks: banksOf(method, profile),
  }));
}

/** What a payer of a bill may choose: what the profile could use and the bill's collection has on. */
export function offersFor(profile: Profile, chosen: MethodChoice): Offer[] {
  return offersOf(profile).filter(({ method }) => chosen === null || chosen.includes(method.code));
}

/** The choice as an offer's parts; undefined when it is not on offer. */
export function offeredBank(
  profile: Profile,
  chosen: MethodChoice,
  choice: { readonly method: string; readonly bankCode: string },
): { gateway: string; channel: string } | undefined {
  const offer = offersFor(profile, chosen).find(({ method }) => method.code === choice.method);
  if (!offer?.banks.some(({ code }) => code === choice.bankCode)) return undefined;
  return { gateway: offer.gateway, channel: offer.method.channel };
}

function banksOf(method: PaymentMethod, profile: Profile): readonly Bank[] {
  if (method.code === 'fpx') return fpxBanks(profile.mode);
  if (method.code === 'fpxb2b1') return b2bBanks(profile.mode);
  return [{ code: method.directCode ?? method.code.toUpperCase(), name: method.name }];
}
