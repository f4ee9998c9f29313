import { createHmac, timingSafeEqual } from 'node:crypto';
import { loadBill } from '#db/bill.repository.ts';
import { loadCollection } from '#db/collection.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Gateways } from '#gateways/port.ts';
import type { Ctx } from '../context.ts';
import { offersFor } from '../payment/offered.ts';
import { type StartedPayment, startPayment } from '../payment/start.ts';
import { requirePayer } from '../permission.ts';
import { directChoice, latestPayment } from './bill-page.ts';

const TICKET_LIFE_MS = 15 * 60_000;

/**
 * What the page of `auto_submit` leads to: good for one payment and fifteen minutes. It is bound to the bill's newest
 * payment, so whatever payment comes next uses it up; nothing is stored. Source: billplz-api.md 3.5.
 */
export async function readDirectTicket(ctx: Ctx, billId: string): Promise<string> {
  requirePayer(ctx);
  const latest = await ctx.inTransaction((tx) => latestPayment(tx, ctx, billId));
  const untilMs = ctx.now() + TICKET_LIFE_MS;
  return `${untilMs.toString(36)}-${seal(ctx, billId, latest?.id ?? '', untilMs)}`;
}

/**
 * Starts the payment that a ticket stands for, with the bank of reference_1. Refuses `already_in_state` for a ticket
 * that is used, over or not ours, and what `startPayment` refuses; of two requests with one ticket the second finds the
 * first one's payment under way.
 */
export async function payDirectly(
  ctx: Ctx,
  gateways: Gateways,
  billId: string,
  ticket: string,
): Promise<StartedPayment> {
  requirePayer(ctx);
  const choice = await findDirectChoice(ctx, billId, ticket);
  return startPayment(ctx, gateways, { billId, ...choice });
}

async function findDirectChoice(ctx: Ctx, billId: string, ticket: string) {
  return ctx.inTransaction(async (tx) => {
    const latest = await latestPayment(tx, ctx, billId);
    if (!isGood(ctx, billId, latest?.id ?? '', ticket)) refuse('already_in_state', { billId });
    const bill = await loadBill(tx, ctx.profileId, billId);
    const { paymentMethods } = await loadCollection(tx, ctx.profileId, bill.collectionId);
    return directChoice(bill, offersFor(ctx.profile, paymentMethods)) ?? refuse('not_offered', { billId });
  });
}

function isGood(ctx: Ctx, billId: string, latestPaymentId: string, ticket: string): boolean {
  const [until = '', given = ''] = ticket.split('-');
  const untilMs = Number.parseInt(until, 36);
  if (!Number.isSafeInteger(untilMs) || untilMs <= ctx.now()) return false;
  const right = Buffer.from(seal(ctx, billId, latestPaymentId, untilMs));
  const offered = Buffer.from(given);
  return offered.length === right.length && timingSafeEqual(offered, right);
}

function seal(ctx: Ctx, billId: string, latestPaymentId: string, untilMs: number): string {
  return createHmac('sha256', ctx.secrets.derive('bank-direct-ticket'))
    .update(JSON.stringify([ctx.profileId, billId, latestPaymentId, untilMs]))
    .digest('hex');
}
