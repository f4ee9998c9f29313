import { upsertAlert } from '#db/alert.repository.ts';
import type { Tx } from '#db/database.ts';

/** What needs a person. Source: decisions.md, "Alerts". */
export type AlertKind =
  | 'calendar_end'
  | 'callback_dropped'
  | 'ledger_imbalance'
  | 'notice_unrouted'
  | 'payment_contradicted'
  | 'payment_unknown'
  | 'verification_overdue';

/** A repeat of an open alert raises its count. `object` is `<type>:<id>`. */
export async function raiseAlert(
  tx: Tx,
  profileId: number | null,
  kind: AlertKind,
  object: string,
  detail: string,
): Promise<void> {
  await upsertAlert(tx, { profileId, kind, object, detail: detail.slice(0, 500) });
}
