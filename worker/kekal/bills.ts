import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { type Refund, refundPayment } from '#services/payment/refund.ts';
import { positive } from './arguments.ts';
import { onProfile } from './installation.ts';
import { printDone } from './output.ts';

const LOOK_AGAIN_MS = 250;

/** The command lives for seconds: it looks at the row instead of listening. */
const POLLING = {
  heard: async (_commandId: number, timeoutMs: number) => {
    await delay(Math.min(timeoutMs, LOOK_AGAIN_MS));
  },
};

interface RefundOptions {
  profile?: number;
  payment?: string;
  amount?: number;
  byHand: boolean;
  reason?: string;
  idempotencyKey?: string;
}

export function billsCommand(): Command {
  const bills = new Command('bills').description('bills and what was paid for them');
  bills
    .command('refund')
    .description('give a payment back: through its gateway where that can, else recorded as done by hand')
    .argument('<bill>', 'the bill; it stays paid, and nobody is called back')
    .option('--profile <id>', 'the profile; needed where there are several', positive)
    .option('--payment <id>', 'which payment; needed where the bill was paid twice')
    .option('--amount <sen>', 'in sen; default: all that is left of the payment', positive)
    .option('--by-hand', 'the money has gone back already, past the gateway', false)
    .option('--reason <text>', 'why, for the books')
    .option('--idempotency-key <key>', 'the same key again gives nothing more back')
    .action(async (billId: string, options: RefundOptions, command: Command) => {
      const { profile, payment, amount, byHand, reason, idempotencyKey = null } = options;
      const refund = await onProfile(profile, (ctx) =>
        refundPayment(
          ctx,
          { signals: POLLING },
          {
            billId,
            byHand,
            idempotencyKey,
            ...(payment !== undefined && { paymentId: payment }),
            ...(amount !== undefined && { amountSen: amount }),
            ...(reason !== undefined && { reason }),
          },
        ),
      );
      if (refund.status === 'failed') process.exitCode = 1;
      printDone(command, refund, sentenceOf(refund));
    });
  return bills;
}

function sentenceOf({ id, amountSen, paymentId, status, byHand, failure }: Refund): string {
  const what = `${amountSen} sen of payment ${paymentId} (refund ${id})`;
  switch (status) {
    case 'completed':
      return byHand ? `Recorded as given back by hand: ${what}.` : `Given back: ${what}.`;
    case 'failed':
      return `Not given back (${failure}): ${what}.`;
    case 'pending':
      return `Under way: ${what}. The gateway is asked until it is known.`;
  }
}
