import { randomUUID } from 'node:crypto';
import { createSandboxSmsStore } from '#db/dev-inbox.repository.ts';
import { createSandboxStore } from '#db/sandbox-payment.repository.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { loadProfile } from '#db/profile.repository.ts';
import { refuse } from '#domain/refusal.ts';
import type { Gateways } from '#gateways/port.ts';
import { createSandboxGateway, type SandboxGateway } from '#gateways/sandbox/gateway.ts';
import { writeMail } from '#documents/mail/write-mail.ts';
import { createOutgoingHttp } from '#outgoing/client.ts';
import type { OutgoingHttp } from '#outgoing/port.ts';
import { createSandboxSms } from '#outgoing/sandbox-sms.ts';
import { createSmtpSender } from '#outgoing/smtp.ts';
import {
  type Actor,
  at,
  createCtx,
  createSystemCtx,
  type Ctx,
  type Surroundings,
  type SystemCtx,
} from '#services/context.ts';
import type { MailMeans } from '#services/mail/send-mail.ts';
import { createSecretBox } from '#services/secrets/secret-box.ts';
import type { Config } from './config.ts';

/** What every process is built from. */
export interface Deps {
  readonly database: Database;
  readonly http: OutgoingHttp;
  readonly gateways: Gateways;
  readonly sandboxBank: SandboxGateway;
  readonly mailMeans: MailMeans;
  readonly publicUrl: string;
  systemCtx(request?: { requestId?: string; actor?: Actor; publicUrl?: string }): SystemCtx;
  /** Our own process, by name, acting for a profile. */
  profileCtx(profileId: number, nowMs?: number): Promise<Ctx>;
  close(): Promise<void>;
}

/** Builds the adapters; nothing connects before it is used. `name` is the process in audit rows. */
export function createDeps(config: Config, name: string): Deps {
  const database = openDatabase({ url: config.databaseUrl, poolMax: config.databasePoolMax });
  const secrets = createSecretBox(config.secretKey);
  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const self: Actor = { kind: 'system', name };
  const around: Surroundings = { database, secrets, publicUrl };
  const sandboxBank = createSandboxGateway({
    store: createSandboxStore(database),
    noticeKey: secrets.derive('sandbox-notice'),
    pageUrl: (sessionId) => `/sandbox/banking/${sessionId}`,
  });
  const systemCtx: Deps['systemCtx'] = (request = {}) =>
    createSystemCtx(
      { ...around, publicUrl: request.publicUrl ?? publicUrl },
      { actor: request.actor ?? self, requestId: request.requestId ?? `${name}_${randomUUID()}` },
    );
  const http = createOutgoingHttp({ allowCidrs: config.callbackAllowCidrs });
  return {
    database,
    http,
    sandboxBank,
    mailMeans: mailMeans(config, database),
    publicUrl,
    gateways: (wanted) => (wanted === 'sandbox' ? sandboxBank : refuse('unavailable', { gateway: wanted })),
    systemCtx,
    async profileCtx(profileId, nowMs) {
      const profile = await database.asSystem((tx) => loadProfile(tx, profileId));
      const ctx = createCtx(around, { profile, actor: self, requestId: `${name}_${randomUUID()}` });
      return nowMs === undefined ? ctx : at(ctx, nowMs);
    },
    close: () => database.close(),
  };
}

/** Less than the 60 s of the activity: two exchanges of one mail never run at once. */
const MAIL_EXCHANGE_MS = 45_000;

function mailMeans(config: Config, database: Database): MailMeans {
  const { smtpUrl: url, smtpTls: tlsRequired, mailFrom: from } = config;
  const sandboxSms = createSandboxSms(createSandboxSmsStore(database));
  return {
    write: writeMail,
    mail:
      url === undefined ? null : createSmtpSender({ url, tlsRequired, from, exchangeMs: MAIL_EXCHANGE_MS }),
    // No carrier of real messages is built in yet.
    sms: (mode) => (mode === 'sandbox' ? sandboxSms : null),
    administrators: config.alertMail,
  };
}
