import type { Tx } from '#db/database.ts';
import { insertOutbox } from '#db/durability.repository.ts';
import { insertMail, type MailOwner } from '#db/mail.repository.ts';
import type { MailContent, MailLanguage } from '#domain/mail.ts';
import type { Mode } from '#domain/tenant.ts';
import { MAIL_WORKFLOW, mailWorkflowId } from '#workflows/mail/contract.ts';
import { randomId } from '../random-id.ts';

/** Whose mail it is: a profile's, or (null) the installation's, which is told in the live namespace. */
export interface MailSource {
  readonly profileId: MailOwner;
  readonly mode: Mode;
  readonly language: MailLanguage;
  readonly requestId: string;
  readonly nowMs: number;
}

export interface OwedMail {
  readonly content: MailContent;
  /** Null, for the installation only: its administrators. */
  readonly to: string | null;
  readonly objectType: string;
  readonly objectId: string;
  /** What happened; one event sends one mail, whoever says it how often. */
  readonly eventKey: string;
}

/**
 * Promises one mail or text message in the transaction of what happened: its facts are frozen here and written into
 * words with the first try, so that no template can undo a payment. `mail-<id>` sends it after the commit.
 * Source: temporal.md section 2.
 */
export async function oweMail(tx: Tx, source: MailSource, mail: OwedMail): Promise<void> {
  const { profileId, mode, language, requestId, nowMs } = source;
  const id = randomId.mail();
  const isNew = await insertMail(tx, { ...mail, id, profileId, language, createdAtMs: nowMs });
  if (!isNew) return;
  await insertOutbox(tx, {
    kind: 'start',
    workflowType: MAIL_WORKFLOW,
    workflowId: mailWorkflowId(id),
    input: { profileId, mailId: id },
    profileId,
    mode,
    objectId: id,
    summary: `mail ${mail.content.template}`,
    requestId,
  });
}
