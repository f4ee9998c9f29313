import type {
  BillsTable,
  CollectionSplitsTable,
  CollectionsTable,
  InboundNoticesTable,
  PaymentsTable,
  PicturesTable,
} from './bills.ts';
import type { CallbackAttemptsTable, CallbacksTable } from './callbacks.ts';
import type {
  AlertsTable,
  AuditLogTable,
  CommandsTable,
  IdempotencyKeysTable,
  ObjectClocksTable,
  OutboxTable,
} from './durability.ts';
import type { LedgerEntriesTable, LedgerPostingsTable } from './ledger.ts';
import type { DevInboxTable, MailsTable, MailTriesTable, SandboxSmsTable } from './mail.ts';
import type { RefundsTable, SandboxRefundsTable } from './refunds.ts';
import type { SandboxPaymentsTable } from './sandbox.ts';
import type {
  ApiKeyProfilesTable,
  ApiKeysTable,
  MerchantsTable,
  ProfilesTable,
  SessionsTable,
  UserProfilesTable,
  UsersTable,
  WebhookRanksTable,
} from './tenants.ts';
import type { BankVerificationsTable, HolidaysTable } from './working-days.ts';

export interface Tables {
  alerts: AlertsTable;
  api_key_profiles: ApiKeyProfilesTable;
  api_keys: ApiKeysTable;
  audit_log: AuditLogTable;
  bank_verifications: BankVerificationsTable;
  bills: BillsTable;
  callback_attempts: CallbackAttemptsTable;
  callbacks: CallbacksTable;
  collection_splits: CollectionSplitsTable;
  collections: CollectionsTable;
  commands: CommandsTable;
  dev_inbox: DevInboxTable;
  holidays: HolidaysTable;
  idempotency_keys: IdempotencyKeysTable;
  inbound_notices: InboundNoticesTable;
  ledger_entries: LedgerEntriesTable;
  ledger_postings: LedgerPostingsTable;
  mail_tries: MailTriesTable;
  mails: MailsTable;
  merchants: MerchantsTable;
  object_clocks: ObjectClocksTable;
  outbox: OutboxTable;
  payments: PaymentsTable;
  pictures: PicturesTable;
  profiles: ProfilesTable;
  refunds: RefundsTable;
  sandbox_payments: SandboxPaymentsTable;
  sandbox_refunds: SandboxRefundsTable;
  sandbox_sms: SandboxSmsTable;
  sessions: SessionsTable;
  user_profiles: UserProfilesTable;
  users: UsersTable;
  webhook_ranks: WebhookRanksTable;
}
