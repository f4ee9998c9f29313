import type { Hono } from 'hono';
import { playPayment } from '#services/payment/play.ts';
import { moveTime } from '#services/time-travel/move.ts';
import type { ApiDeps } from '../deps.ts';
import { billplzForm } from '../http/billplz-form.ts';
import { id as trimmedText, oneOf } from '../http/scalars.ts';
import { PREDICATE } from '#domain/billplz-sentence.ts';
import { billView } from './bill-view.ts';
import { commands } from './endpoint.ts';
import type { BillplzEnv } from './billplz-env.ts';

export const PlayPaymentForm = billplzForm({
  outcome: oneOf(['success', 'failed', 'pending']),
  method: trimmedText({ absent: 'fpx' }),
  bank_code: trimmedText({ absent: null }),
});

interface Move {
  readonly by: string | null;
  readonly to: string | null;
}

const isOneGiven = ({ by, to }: Move) => (by === null) !== (to === null);

export const MoveTimeForm = billplzForm(
  {
    object: trimmedText(),
    by: trimmedText({ absent: null }),
    to: trimmedText({ absent: null }),
  },
  { path: ['by'], predicate: PREDICATE.invalid, holds: isOneGiven },
  { path: ['to'], predicate: PREDICATE.invalid, holds: ({ by, to }) => by === null || to === null },
);

/** Plays a payer: `POST /api/sandbox/bills/{id}/payments`. Source: billplz-api.md 2.17. */
export function mountSandboxPayments(app: Hono<BillplzEnv>, deps: ApiDeps): void {
  app.post(
    '/bills/:id/payments',
    commands(async ({ ctx, system, params, id, idempotencyKey }) => {
      const form = PlayPaymentForm.parse(params);
      const { seen, isReplay } = await playPayment(
        ctx,
        { system, gateways: deps.gateways, bank: deps.sandboxBank },
        { billId: id, outcome: form.outcome, method: form.method, bankCode: form.bank_code, idempotencyKey },
      );
      return { answer: billView(seen, ctx), isReplay };
    }),
  );
}

/** Moves an object through time: `POST /api/sandbox/time`. */
export function mountSandboxTime(app: Hono<BillplzEnv>, deps: ApiDeps): void {
  app.post(
    '/',
    commands(
      async ({ ctx, params, idempotencyKey }) => {
        const form = MoveTimeForm.parse(params);
        const { object, now, isReplay } = await moveTime(ctx, deps.time, { ...form, idempotencyKey });
        return { answer: { object, now }, isReplay };
      },
      { cardExempt: ['object'] },
    ),
  );
}
