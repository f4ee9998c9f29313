import { fpxBanks } from '#domain/bank-codes.ts';
import type { Ctx } from '../context.ts';
import { requirePermission } from '../permission.ts';
import { offersOf } from './offered.ts';

export interface ListedBank {
  readonly code: string;
  readonly active: boolean;
}

/** The banks of the profile's mode in order; active: a payer could choose it now. Source: billplz-api.md 2.9. */
export function listFpxBanks(ctx: Ctx): ListedBank[] {
  requirePermission(ctx, 'collection:view');
  const offered = offersOf(ctx.profile).find(({ method }) => method.code === 'fpx')?.banks ?? [];
  return fpxBanks(ctx.profile.mode).map(({ code }) => ({
    code,
    active: offered.some((bank) => bank.code === code),
  }));
}

export interface ListedGateway extends ListedBank {
  /** Code of the method. */
  readonly category: string;
}

/** Every code that `reference_1` may name for Bank Direct: banks of online banking first. Source: billplz-api.md 2.14. */
export function listPaymentGateways(ctx: Ctx): ListedGateway[] {
  const fpx = listFpxBanks(ctx).map((bank) => ({ ...bank, category: 'fpx' }));
  const others = offersOf(ctx.profile).filter(({ method }) => method.code !== 'fpx');
  const b2bFirst = others.toSorted((a, b) => rankOf(a.method.code) - rankOf(b.method.code));
  return [
    ...fpx,
    ...b2bFirst.flatMap(({ method, banks }) =>
      banks.map(({ code }) => ({ code, active: true, category: method.code })),
    ),
  ];
}

function rankOf(code: string): number {
  return code === 'fpxb2b1' ? 0 : 1;
}
