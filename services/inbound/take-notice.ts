import { insertInboundNotice } from '#db/inbound-notice.repository.ts';
import { findPaymentByMerchantTransactionId, type Payment } from '#db/payment.repository.ts';
import { loadProfile } from '#db/profile.repository.ts';
import type { Profile } from '#domain/profile.ts';
import type { Gateways } from '#gateways/port.ts';
import { raiseAlert } from '../alert/raise.ts';
import type { SystemCtx } from '../context.ts';
import { settlePayment } from '../payment/settle.ts';
import { requireSystem } from '../permission.ts';
import { redactedPayload } from './redacted-payload.ts';

/** What a gateway sent, byte for byte; header names in lower case. */
export interface RawNotice {
  readonly gateway: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** `rejected`: not authentic, nothing was kept. `unrouted`: authentic, kept, and no payment of ours; a person looks. */
export type NoticeTaken =
  | { readonly kind: 'settled'; readonly payment: Payment; readonly isRepeat: boolean }
  | { readonly kind: 'unrouted' }
  | { readonly kind: 'rejected'; readonly reason: string };

/**
 * Records a gateway's notice once and then asks the gateway itself: a notice is only a reason to ask. A repeat asks
 * again, because whoever crashed between record and question left the question open. Source: gateways.md 1, "Notices".
 */
export async function takeNotice(
  system: SystemCtx,
  gateways: Gateways,
  raw: RawNotice,
): Promise<NoticeTaken> {
  requireSystem(system);
  const notice = await gateways(raw.gateway).parseNotice(raw.body, raw.headers);
  if (notice.kind === 'rejected') return notice;

  const { dedupeKey, merchantTransactionId } = notice;
  const { routed, isNew } = await system.inTransaction(async (tx) => {
    const payment = await findPaymentByMerchantTransactionId(tx, merchantTransactionId);
    // Another gateway has no say in this payment, however well it signs.
    const mine = payment?.gateway === raw.gateway ? payment : undefined;
    const routed = mine && { payment: mine, profile: await loadProfile(tx, mine.profileId) };
    const isNew = await insertInboundNotice(tx, {
      gateway: raw.gateway,
      dedupeKey,
      profileId: mine?.profileId ?? null,
      payload: redactedPayload(notice.payload),
      routed: mine !== undefined,
    });
    if (!mine && isNew) {
      await raiseAlert(tx, null, 'notice_unrouted', `notice:${raw.gateway}`, merchantTransactionId);
    }
    return { routed, isNew };
  });
  if (!routed) return { kind: 'unrouted' };
  return { kind: 'settled', payment: await settle(system, gateways, routed), isRepeat: !isNew };
}

async function settle(
  system: SystemCtx,
  gateways: Gateways,
  { payment, profile }: { payment: Payment; profile: Profile },
): Promise<Payment> {
  return settlePayment(system.forProfile(profile), gateways, payment.id);
}
