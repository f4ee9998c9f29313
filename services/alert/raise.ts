import { upsertAlert } from '#db/alert.repository.ts';
import type { Tx } from '#db/database.ts';
import { oweAlertMails } from '../mail/owe-alert-mails.ts';

/** What needs a person. Source: decisions.md, "Alerts". */
export type AlertKind =
  | 'calendar_end'
  | 'callback_dropped'
  | 'ledger_imbalance'
  | 'mail_failed'
  | 'notice_unrouted'
  | 'payment_contradicted'
  | 'payment_unknown'
  | 'refund_failed'
  | 'refund_unknown'
  | 'verification_overdue';

const DETAIL_MAX = 500;

/**
 * A new alert is mailed to the administrators; a repeat of an open one raises its count, not the mail. `object` is
 * `<type>:<id>`. Source: decisions.md, "Alerts".
 */
export async function raiseAlert(
  tx: Tx,
  profileId: number | null,
  kind: AlertKind,
  object: string,
  detail: string,
  how: 'by mail' | 'quietly' = 'by mail',
): Promise<void> {
  const alert = { profileId, kind, object, detail: detail.slice(0, DETAIL_MAX) };
  const id = await upsertAlert(tx, alert);
  if (id !== null && how === 'by mail') await oweAlertMails(tx, { ...alert, id });
}
