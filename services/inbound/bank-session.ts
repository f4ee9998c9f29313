import { z } from 'zod';
import { findPaymentByMerchantTransactionId, type Payment } from '#db/payment.repository.ts';
import { loadProfile } from '#db/profile.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Gateways } from '#gateways/port.ts';
import type { Ctx, SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { clockOf } from '../time-travel/object-clock.ts';
import type { BankSession, SandboxBank } from './sandbox-bank.ts';
import { takeNotice } from './take-notice.ts';

/** The bank's page and the payment of ours that it is about. */
export interface BankPage {
  readonly session: BankSession;
  readonly merchantName: string;
  readonly language: 'en' | 'ms';
}

/** A session at the sandbox bank as it stands on its payment's own clock. Refuses `not_found`. */
export async function readBankPage(
  system: SystemCtx,
  bank: SandboxBank,
  sessionId: string,
): Promise<BankPage> {
  requireSystem(system);
  const { ctx, nowMs } = await findSession(system, bank, sessionId);
  const session = (await bank.session(sessionId, nowMs)) ?? refuse('not_found', { sessionId });
  return { session, merchantName: ctx.profile.merchantName, language: ctx.profile.language };
}

export const BankPressInput = z.strictObject({
  sessionId: z.string().max(64),
  button: z.enum(['success', 'fail', 'pending']),
});

/**
 * The payer presses a button on the bank's page: the bank books it and sends its notice, which takes the way of every
 * notice. One that makes no sense any more changes nothing. Refuses `not_found`, `unavailable` for a notice of our own
 * bank that we do not recognise.
 */
export async function pressBankButton(
  system: SystemCtx,
  { bank, gateways }: { bank: SandboxBank; gateways: Gateways },
  raw: z.input<typeof BankPressInput>,
): Promise<BankSession> {
  requireSystem(system);
  const { sessionId, button } = BankPressInput.parse(raw);
  const { nowMs } = await findSession(system, bank, sessionId);
  const pressed = (await bank.press(sessionId, button, nowMs)) ?? refuse('not_found', { sessionId });
  const taken = await takeNotice(system, gateways, {
    gateway: 'sandbox',
    body: pressed.body,
    headers: pressed.headers,
  });
  if (taken.kind === 'rejected') refuse('unavailable', { sessionId });
  return pressed.payment;
}

const SESSION_ID = /^sbx_[0-9a-f]{32}$/;

async function findSession(
  system: SystemCtx,
  bank: SandboxBank,
  sessionId: string,
): Promise<{ ctx: Ctx; payment: Payment; nowMs: number }> {
  if (!SESSION_ID.test(sessionId)) refuse('not_found', { sessionId: sessionId.slice(0, 64) });
  // Our own clock is never ahead of the payment's: this look applies nothing that is not due there.
  const session = (await bank.session(sessionId, system.now())) ?? refuse('not_found', { sessionId });
  const { payment, profile } = await system.inTransaction(async (tx) => {
    const payment =
      (await findPaymentByMerchantTransactionId(tx, session.merchantTransactionId)) ??
      refuse('not_found', { sessionId });
    return { payment, profile: await loadProfile(tx, payment.profileId) };
  });
  const ctx = system.forProfile(profile);
  const nowMs = await ctx.inTransaction((tx) => clockOf(tx, ctx, `payment:${payment.id}`));
  return { ctx, payment, nowMs };
}
