import { z } from 'zod';
import { loadBill } from '#db/bill.repository.ts';
import { loadCollection } from '#db/collection.repository.ts';
import {
  type Command,
  findCommand,
  findCommandByKey,
  insertCommand,
  settleCommand,
} from '#db/command.repository.ts';
import type { Tx } from '#db/database.ts';
import { refuse } from '#domain/refusal.ts';
import type { Gateways } from '#gateways/port.ts';
import { recordAudit } from '../audit/record.ts';
import type { BillNow } from '../bill/read.ts';
import { standingOf } from '../bill/standing.ts';
import { requireCollecting } from '../collection/require-collecting.ts';
import type { Ctx, SystemCtx } from '../context.ts';
import { pressBankButton } from '../inbound/bank-session.ts';
import type { SandboxBank } from '../inbound/sandbox-bank.ts';
import { requirePermission } from '../permission.ts';
import { type Offer, offersFor } from './offered.ts';
import { findPayment, openPayment, sendToBank } from './start.ts';

export const PlayPaymentInput = z.strictObject({
  billId: z.string().max(64),
  outcome: z.enum(['success', 'failed', 'pending']),
  method: z.string(),
  /** Null: the first test bank of the method. */
  bankCode: z.string().nullable(),
  idempotencyKey: z.string().min(1).max(255).nullable(),
});

type Wanted = z.output<typeof PlayPaymentInput>;

/** What plays the other side: the sandbox bank, and the way that its notices come in. */
export interface PlayedBy {
  readonly system: SystemCtx;
  readonly gateways: Gateways;
  readonly bank: SandboxBank;
}

export interface Played {
  /** The bill as the first one left it. */
  readonly seen: BillNow;
  readonly isReplay: boolean;
}

const BUTTON = { success: 'success', failed: 'fail', pending: 'pending' } as const;
const DEFAULT_BANK = 'TEST0001';

/**
 * Plays a payer of a sandbox bill, on the path of the pages: opens the payment, presses a button at the bank, takes its
 * signed notice. The payment is found again by its command, so a repeat under the same key goes on where the first one
 * broke off. Refuses `sandbox_only`, `bill_not_payable`, `not_offered`, `account_not_eligible`,
 * `idempotency_key_reused`; `unavailable` while the bank gives no word. Source: billplz-api.md 2.17.
 */
export async function playPayment(
  ctx: Ctx,
  by: PlayedBy,
  raw: z.input<typeof PlayPaymentInput>,
): Promise<Played> {
  requirePermission(ctx, 'payment:play');
  if (ctx.profile.mode !== 'sandbox') refuse('sandbox_only');
  const wanted = PlayPaymentInput.parse(raw);
  const { command, isReplay } = await ctx.inTransaction((tx) => takeCommand(tx, ctx, wanted));
  if (command.outcome === null) await playAtBank(ctx, by, wanted, String(command.payload.paymentId));
  return { seen: await ctx.inTransaction((tx) => outcomeOf(tx, ctx, command)), isReplay };
}

/** The bill's lock lets one of several equal requests open the payment; the others find its command. */
async function takeCommand(
  tx: Tx,
  ctx: Ctx,
  { billId, outcome, method, bankCode, idempotencyKey }: Wanted,
): Promise<{ command: Command; isReplay: boolean }> {
  const bill = await loadBill(tx, ctx.profileId, billId, { lock: true });
  const object = { profileId: ctx.profileId, objectType: 'bill', objectId: billId, verb: 'play_payment' };
  const first =
    idempotencyKey === null ? undefined : await findCommandByKey(tx, { ...object, idempotencyKey });
  if (first) {
    const { payload } = first;
    const same = payload.outcome === outcome && payload.method === method && payload.bankCode === bankCode;
    return same ? { command: first, isReplay: true } : refuse('idempotency_key_reused');
  }
  requireCollecting(ctx);
  const { paymentMethods } = await loadCollection(tx, ctx.profileId, bill.collectionId);
  const offers = offersFor(ctx.profile, paymentMethods);
  const chosen = { method, bankCode: bankOf(offers, method, bankCode) };
  const { id: paymentId } = await openPayment(tx, ctx, { billId, ...chosen, confirmed: true });
  const command = await insertCommand(tx, {
    ...object,
    payload: { outcome, method, bankCode, paymentId },
    actor: ctx.actor,
    requestId: ctx.requestId,
    idempotencyKey,
    atMs: ctx.now(),
  });
  await recordAudit(tx, ctx, {
    action: 'payment.play',
    objectType: 'payment',
    objectId: paymentId,
    after: { billId, outcome },
  });
  return { command, isReplay: false };
}

function bankOf(offers: readonly Offer[], method: string, wanted: string | null): string {
  const offer = offers.find((each) => each.method.code === method);
  const codes = offer?.banks.map(({ code }) => code) ?? refuse('not_offered', { name: 'method' });
  const [first] = codes;
  const code = wanted ?? (codes.includes(DEFAULT_BANK) ? DEFAULT_BANK : first);
  return code !== undefined && codes.includes(code) ? code : refuse('not_offered', { name: 'bank_code' });
}

async function playAtBank(
  ctx: Ctx,
  { system, gateways, bank }: PlayedBy,
  { outcome }: Wanted,
  paymentId: string,
): Promise<void> {
  const opened = await findPayment(ctx, paymentId);
  if (opened.status !== 'pending') return;
  const { payment } = await sendToBank(ctx, gateways, opened);
  const sessionId = payment.gatewayId ?? refuse('unavailable', { paymentId });
  await pressBankButton(system, { bank, gateways }, { sessionId, button: BUTTON[outcome] });
  const { status } = await findPayment(ctx, paymentId);
  if (outcome !== 'pending' && status === 'pending') refuse('unavailable', { paymentId });
}

/** Writes what the bill is now as the command's outcome; of several that do, the first one's stays. */
async function outcomeOf(tx: Tx, ctx: Ctx, command: Command): Promise<BillNow> {
  if (command.outcome === null) {
    const bill = await loadBill(tx, ctx.profileId, command.objectId);
    const now: BillNow = { bill, standing: standingOf(bill, ctx.profile, ctx.now()) };
    await settleCommand(tx, command.id, now);
  }
  const settled = await findCommand(tx, ctx.profileId, command.id);
  return settled?.outcome as unknown as BillNow;
}
