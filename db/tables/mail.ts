import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { MailChannel, MailContent, MailLanguage, MailTemplate } from '#domain/mail.ts';

export interface MailsTable {
  id: string;
  profile_id: number | null;
  channel: MailChannel;
  template: MailTemplate;
  language: MailLanguage;
  to_address: string | null;
  object_type: string;
  object_id: string;
  event_key: string;
  facts: JSONColumnType<MailContent['facts'], string, string>;
  subject: string | null;
  body_text: string | null;
  body_html: string | null;
  cost_minor: number | null;
  status: Generated<'pending' | 'sent' | 'failed' | 'skipped'>;
  reason: string | null;
  created_at: Date;
  settled_at: Date | null;
  seq: Generated<number>;
}

export interface MailTriesTable {
  mail_id: string;
  profile_id: number | null;
  number: number;
  at: Date;
  sends: Generated<number>;
  may_be_duplicate: Generated<boolean>;
  outcome: 'accepted' | 'refused' | 'deferred' | null;
  detail: string | null;
  may_have_arrived: Generated<boolean>;
  recorded_at: Generated<Date>;
  settled_at: Date | null;
}

export interface SandboxSmsTable {
  id: string;
  profile_id: number;
  to_number: string;
  body: string;
  sent_at: Date;
  seq: Generated<number>;
}

export interface DevInboxTable {
  id: Generated<number>;
  sender: string;
  recipients: ColumnType<string[], readonly string[], never>;
  subject: string;
  raw: Buffer;
  received_at: Generated<Date>;
}
