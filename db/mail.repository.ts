import { type Selectable, sql } from 'kysely';
import { CHANNEL_OF, type MailChannel, type MailContent, type MailLanguage } from '#domain/mail.ts';
import { refuse } from '#domain/refusal.ts';
import type { Tx } from './database.ts';
import type { MailsTable, MailTriesTable } from './tables/mail.ts';

/** Of one profile, or (null) of the installation. */
export type MailOwner = number | null;

/** One mail or text message that we owe, or owed. */
export interface Mail {
  readonly id: string;
  readonly profileId: MailOwner;
  readonly channel: MailChannel;
  readonly content: MailContent;
  readonly language: MailLanguage;
  /** Null: the installation's administrators, whom configuration names. */
  readonly to: string | null;
  readonly objectType: string;
  readonly objectId: string;
  /** As it was written with the first try. */
  readonly written: {
    readonly subject: string | null;
    readonly text: string;
    readonly html: string | null;
  } | null;
  /** What a text message was charged, minor units; null as long as nothing was. */
  readonly costMinor: number | null;
  readonly status: 'pending' | 'sent' | 'failed' | 'skipped';
  readonly reason: string | null;
  readonly createdAtMs: number;
}

export interface NewMail
  extends Pick<
    Mail,
    'id' | 'profileId' | 'content' | 'language' | 'to' | 'objectType' | 'objectId' | 'createdAtMs'
  > {
  /** What happened; one event sends one mail. */
  readonly eventKey: string;
}

/** False when the event has had its mail. Leans on the unique index (profile, event). */
export async function insertMail(tx: Tx, mail: NewMail): Promise<boolean> {
  const { template, facts } = mail.content;
  const { rows } = await sql`
    insert into mails (id, profile_id, channel, template, language, to_address, object_type, object_id, event_key,
      facts, created_at)
    values (${mail.id}, ${mail.profileId}, ${CHANNEL_OF[template]}, ${template}, ${mail.language}, ${mail.to},
      ${mail.objectType}, ${mail.objectId}, ${mail.eventKey}, ${JSON.stringify(facts)}::jsonb,
      ${new Date(mail.createdAtMs)})
    on conflict (coalesce(profile_id, 0), event_key) do nothing
    returning id`.execute(tx);
  return rows.length === 1;
}

/** Unknown or another profile's: `not_found`. `lock` holds it until the transaction ends. */
export async function loadMail(
  tx: Tx,
  profileId: MailOwner,
  id: string,
  options: { lock?: boolean } = {},
): Promise<Mail> {
  const row = await tx
    .selectFrom('mails')
    .selectAll()
    .where('id', '=', id)
    .where('profile_id', 'is not distinct from', profileId)
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ? toMail(row) : refuse('not_found', { mailId: id });
}

/** Newest first. */
export async function listMails(
  tx: Tx,
  filter: { profileId?: number; objectType?: string; objectId?: string; limit: number; offset: number },
): Promise<Mail[]> {
  const rows = await tx
    .selectFrom('mails')
    .selectAll()
    .$if(filter.profileId !== undefined, (q) => q.where('profile_id', '=', filter.profileId as number))
    .$if(filter.objectType !== undefined, (q) => q.where('object_type', '=', filter.objectType as string))
    .$if(filter.objectId !== undefined, (q) => q.where('object_id', '=', filter.objectId as string))
    .orderBy('seq', 'desc')
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return rows.map(toMail);
}

/** Keeps what was written, so that every try says the same. */
export async function saveWritten(tx: Tx, id: string, written: NonNullable<Mail['written']>): Promise<void> {
  await tx
    .updateTable('mails')
    .set({ subject: written.subject, body_text: written.text, body_html: written.html })
    .where('id', '=', id)
    .execute();
}

export async function saveMailCost(tx: Tx, id: string, costMinor: number): Promise<void> {
  await tx.updateTable('mails').set({ cost_minor: costMinor }).where('id', '=', id).execute();
}

/** Ends it once; a late retry changes nothing. */
export async function settleMail(
  tx: Tx,
  id: string,
  settled: { status: 'sent' | 'failed' | 'skipped'; reason: string | null },
): Promise<boolean> {
  const result = await tx
    .updateTable('mails')
    .set({ ...settled, settled_at: new Date() })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return result.numUpdatedRows > 0;
}

export type MailTryRow = ReturnType<typeof toTry>;

/** In the order in which they were made. */
export async function listTries(tx: Tx, mailId: string): Promise<MailTryRow[]> {
  const rows = await tx
    .selectFrom('mail_tries')
    .selectAll()
    .where('mail_id', '=', mailId)
    .orderBy('number')
    .execute();
  return rows.map(toTry);
}

/**
 * The intent, before anything is sent. Leans on the primary key (mail, number): when the row is there without an
 * outcome, a worker died in between, and nobody knows what the server has taken.
 */
export async function beginTry(
  tx: Tx,
  intent: { mailId: string; profileId: MailOwner; number: number; atMs: number; mayBeDuplicate: boolean },
): Promise<MailTryRow> {
  const row = await tx
    .insertInto('mail_tries')
    .values({
      mail_id: intent.mailId,
      profile_id: intent.profileId,
      number: intent.number,
      at: new Date(intent.atMs),
      may_be_duplicate: intent.mayBeDuplicate,
    })
    .onConflict((conflict) =>
      conflict.columns(['mail_id', 'number']).doUpdateSet({
        sends: sql<number>`mail_tries.sends + case when mail_tries.outcome is null then 1 else 0 end`,
        may_be_duplicate: sql<boolean>`mail_tries.may_be_duplicate or mail_tries.outcome is null`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return toTry(row);
}

/** False when the outcome was stored before. */
export async function endTry(
  tx: Tx,
  mailId: string,
  number: number,
  result: { outcome: 'accepted' | 'refused' | 'deferred'; detail: string; mayHaveArrived: boolean },
): Promise<boolean> {
  const updated = await tx
    .updateTable('mail_tries')
    .set({
      outcome: result.outcome,
      detail: result.detail,
      may_have_arrived: result.mayHaveArrived,
      settled_at: new Date(),
    })
    .where('mail_id', '=', mailId)
    .where('number', '=', number)
    .where('outcome', 'is', null)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0;
}

function toMail(row: Selectable<MailsTable>): Mail {
  return {
    id: row.id,
    profileId: row.profile_id,
    channel: row.channel,
    content: { template: row.template, facts: row.facts } as MailContent,
    language: row.language,
    to: row.to_address,
    objectType: row.object_type,
    objectId: row.object_id,
    written:
      row.body_text === null ? null : { subject: row.subject, text: row.body_text, html: row.body_html },
    costMinor: row.cost_minor,
    status: row.status,
    reason: row.reason,
    createdAtMs: row.created_at.getTime(),
  };
}

function toTry(row: Selectable<MailTriesTable>) {
  return {
    number: row.number,
    atMs: row.at.getTime(),
    sends: row.sends,
    mayBeDuplicate: row.may_be_duplicate,
    outcome: row.outcome,
    detail: row.detail,
    mayHaveArrived: row.may_have_arrived,
  };
}
