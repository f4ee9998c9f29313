import { loadBill } from '#db/bill.repository.ts';
import type { Payment } from '#db/payment.repository.ts';
import { shownState } from '#domain/bill.ts';
import { signedRedirectUrl } from '#domain/callback-url.ts';
import { redirectFields } from '../bill/payment-fields.ts';
import { standingOf } from '../bill/standing.ts';
import type { Ctx } from '../context.ts';
import { requirePayer } from '../permission.ts';
import { openXSignatureKey } from '../profile/secrets.ts';
import { signX } from '../signing/x-signature.ts';

/**
 * Where the payer goes after a payment ended or was left pending: the merchant's redirect_url with its signed
 * parameters, or null for our own receipt or failure page. Source: billplz-api.md 4, "Redirect".
 */
export async function wayOn(ctx: Ctx, payment: Payment): Promise<string | null> {
  requirePayer(ctx);
  return readWayOn(ctx, payment);
}

async function readWayOn(ctx: Ctx, payment: Payment): Promise<string | null> {
  return ctx.inTransaction(async (tx) => {
    const bill = await loadBill(tx, ctx.profileId, payment.billId);
    if (bill.redirectUrl === null) return null;
    const shown = shownState(standingOf(bill, ctx.profile, ctx.now()));
    const fields = redirectFields(bill, shown, payment, ctx.profile);
    if (ctx.profile.xSignatureRedirect) {
      const signature = signX({ billplz: Object.fromEntries(fields) }, await openXSignatureKey(tx, ctx));
      fields.push(['x_signature', signature]);
    }
    return signedRedirectUrl(
      bill.redirectUrl,
      fields.map(([name, value]) => [`billplz[${name}]`, value] as const),
    );
  });
}
