import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

export interface DevMail {
  readonly id: number;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly receivedAtMs: number;
  readonly bytes: number;
}

/** Keeps a message as it came; only the newest `keep` stay. */
export async function insertDevMail(
  tx: Tx,
  mail: { sender: string; recipients: readonly string[]; subject: string; raw: Buffer },
  keep: number,
): Promise<void> {
  await tx
    .insertInto('dev_inbox')
    .values({ ...mail, recipients: [...mail.recipients] })
    .execute();
  await sql`delete from dev_inbox where id <= (
    select id from dev_inbox order by id desc offset ${keep} limit 1)`.execute(tx);
}

/** Newest first; `to` narrows to one recipient. */
export async function listDevMails(tx: Tx, filter: { to?: string; limit: number }): Promise<DevMail[]> {
  const rows = await tx
    .selectFrom('dev_inbox')
    .select(['id', 'sender', 'recipients', 'subject', 'received_at', sql<number>`length(raw)`.as('bytes')])
    .$if(filter.to !== undefined, (q) => q.where(sql<boolean>`${filter.to} = any (recipients)`))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map(({ received_at, ...row }) => ({ ...row, receivedAtMs: received_at.getTime() }));
}

export async function findDevMail(tx: Tx, id: number): Promise<{ raw: Buffer } | undefined> {
  return tx.selectFrom('dev_inbox').select('raw').where('id', '=', id).executeTakeFirst();
}

export interface SandboxSms {
  readonly id: string;
  readonly profileId: number;
  readonly to: string;
  readonly text: string;
  readonly dateMs: number;
}

const SMS_KEPT = 1_000;

/** The sandbox carrier's table, each call a transaction of its own: a carrier does not share ours. */
export function createSandboxSmsStore(database: Database) {
  return {
    keep: (sms: SandboxSms): Promise<void> =>
      database.asSystem(async (tx) => {
        await tx
          .insertInto('sandbox_sms')
          .values({
            id: sms.id,
            profile_id: sms.profileId,
            to_number: sms.to,
            body: sms.text,
            sent_at: new Date(sms.dateMs),
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
        await sql`delete from sandbox_sms where seq <= (
          select seq from sandbox_sms order by seq desc offset ${SMS_KEPT} limit 1)`.execute(tx);
      }),
  };
}

/** Newest first; `to` narrows to one number. */
export async function listSandboxSms(tx: Tx, filter: { to?: string; limit: number }): Promise<SandboxSms[]> {
  const rows = await tx
    .selectFrom('sandbox_sms')
    .selectAll()
    .$if(filter.to !== undefined, (q) => q.where('to_number', '=', filter.to as string))
    .orderBy('seq', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    profileId: row.profile_id,
    to: row.to_number,
    text: row.body,
    dateMs: row.sent_at.getTime(),
  }));
}
