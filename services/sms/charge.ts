import { balanceOf, lockAccount } from '#db/account-balance.repository.ts';
import type { Tx } from '#db/database.ts';
import { type Mail, saveMailCost } from '#db/mail.repository.ts';
import { smsSegments } from '#domain/sms-segments.ts';
import type { Ctx } from '../context.ts';
import { account, post } from '../ledger/post.ts';

/**
 * Pays for a message from the profile's credit, once however often it is tried. False: the credit is less than it
 * costs, and nothing is written. Two messages never spend the same credit: the balance is read under a lock.
 * Source: architecture.md, "Ledger": SMS credit used.
 */
export async function takeSmsCharge(
  tx: Tx,
  ctx: Ctx,
  mail: Pick<Mail, 'id' | 'costMinor'>,
  text: string,
  segmentMinor: number,
): Promise<boolean> {
  if (mail.costMinor !== null) return true;
  const { currency } = ctx.profile;
  const costMinor = smsSegments(text) * segmentMinor;
  await lockAccount(tx, ctx.profileId, account.smsCredit);
  if ((await balanceOf(tx, ctx.profileId, account.smsCredit, currency)) < costMinor) return false;
  await post(tx, ctx, {
    kind: 'sms_credit_used',
    sourceType: 'mail',
    sourceId: mail.id,
    currency,
    debit: [{ account: account.fees, amountMinor: costMinor }],
    credit: [{ account: account.smsCredit, amountMinor: costMinor }],
  });
  await saveMailCost(tx, mail.id, costMinor);
  return true;
}

/** A message that nobody can have received costs nothing. */
export async function returnSmsCharge(
  tx: Tx,
  ctx: Ctx,
  { id, costMinor }: Pick<Mail, 'id' | 'costMinor'>,
): Promise<void> {
  if (costMinor === null) return;
  await post(tx, ctx, {
    kind: 'sms_credit_returned',
    sourceType: 'mail',
    sourceId: id,
    currency: ctx.profile.currency,
    debit: [{ account: account.smsCredit, amountMinor: costMinor }],
    credit: [{ account: account.fees, amountMinor: costMinor }],
  });
}
