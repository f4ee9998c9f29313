import { balanceOf, lockAccount } from '#db/account-balance.repository.ts';
import { formatSen, sen } from '#domain/money.ts';
import { recordAudit } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { account, post } from '../ledger/post.ts';
import { requireSystem } from '../permission.ts';
import { randomId } from '../random-id.ts';

export interface SmsCredit {
  readonly balance: string;
  readonly balanceMinor: number;
}

/** Books credit that the merchant has paid for: text messages are paid from it. `amountMinor` is positive. */
export async function addSmsCredit(ctx: Ctx, amountMinor: number): Promise<SmsCredit> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    await lockAccount(tx, ctx.profileId, account.smsCredit);
    const id = randomId.request();
    await post(tx, ctx, {
      kind: 'sms_credit_added',
      sourceType: 'sms_credit',
      sourceId: id,
      currency: ctx.profile.currency,
      debit: [{ account: account.smsCredit, amountMinor }],
      credit: [{ account: account.bank, amountMinor }],
    });
    await recordAudit(tx, ctx, {
      action: 'sms_credit.add',
      objectType: 'sms_credit',
      objectId: id,
      after: { amountMinor },
    });
    return creditIn(ctx, await balanceOf(tx, ctx.profileId, account.smsCredit, ctx.profile.currency));
  });
}

/** What is left to pay text messages with. */
export async function readSmsCredit(ctx: Ctx): Promise<SmsCredit> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) =>
    creditIn(ctx, await balanceOf(tx, ctx.profileId, account.smsCredit, ctx.profile.currency)),
  );
}

function creditIn({ profile }: Ctx, balanceMinor: number): SmsCredit {
  return { balance: formatSen(sen(balanceMinor), profile.currency), balanceMinor };
}
