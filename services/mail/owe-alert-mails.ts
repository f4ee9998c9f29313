import { administratorsOf } from '#db/alert.repository.ts';
import type { Tx } from '#db/database.ts';
import { loadProfile } from '#db/profile.repository.ts';
import type { MailContent } from '#domain/mail.ts';
import { type MailSource, oweMail } from './owe-mail.ts';

export interface NewAlert {
  readonly id: number;
  readonly profileId: number | null;
  readonly kind: string;
  readonly object: string;
  readonly detail: string;
}

/**
 * A mail to each administrator who reaches the profile, to its contact address where there is none; what concerns the
 * installation goes to those whom `KEKAL_ALERT_MAIL` names. Source: decisions.md, "Alerts".
 */
export async function oweAlertMails(tx: Tx, alert: NewAlert): Promise<void> {
  const { kind, object, detail, profileId } = alert;
  const common = { requestId: `alert_${alert.id}`, nowMs: Date.now() };
  if (profileId === null) {
    const content: MailContent = { template: 'alert', facts: { kind, object, detail, profile: null } };
    return oweOne(tx, { ...common, profileId, mode: 'live', language: 'en' }, alert, content, null);
  }
  const profile = await loadProfile(tx, profileId);
  const { mode, language, name } = profile;
  const content: MailContent = {
    template: 'alert',
    facts: { kind, object, detail, profile: { id: profileId, name } },
  };
  const administrators = await administratorsOf(tx, profileId);
  for (const to of administrators.length > 0 ? administrators : [profile.contactEmail]) {
    await oweOne(tx, { ...common, profileId, mode, language }, alert, content, to);
  }
}

function oweOne(
  tx: Tx,
  source: MailSource,
  { id }: NewAlert,
  content: MailContent,
  to: string | null,
): Promise<void> {
  const eventKey = `alert:${id}:${to ?? 'installation'}`;
  return oweMail(tx, source, { content, to, objectType: 'alert', objectId: String(id), eventKey });
}
