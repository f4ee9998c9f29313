import { createTransport, type SMTPTransportOptions } from 'nodemailer';
import type { MailResult, MailSender, OutgoingMail } from './mail-port.ts';

export interface SmtpSettings {
  /** `smtp://user:password@host:587` (STARTTLS) or `smtps://...` (TLS from the start). */
  readonly url: string;
  /** Refuse a server without TLS; loopback is exempt. */
  readonly tlsRequired: boolean;
  /** Our own sender address. */
  readonly from: string;
  /** For the whole exchange; less than the activity's limit, so that two never run at once. */
  readonly exchangeMs: number;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const CLOSE_MS = 500;
const DETAIL_MAX = 300;
/** Steps that come before the text: nothing can have arrived. */
const BEFORE_THE_TEXT = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EENVELOPE', 'ECONFIG', 'EPROXY']);
const BEFORE_THE_GREETING = /^(?:CONNECT|GREETING|UPGRADE)_TIMEOUT$/;
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
]);
/** The way in, not the mail, is refused: that is ours to mend, and the mail can wait. */
const OURS_TO_MEND = new Set(['EAUTH', 'ENOAUTH', 'ETLS', 'ECONFIG']);

/** Sends over SMTP, one connection a mail. Nothing of the mail is fetched from files or addresses. */
export function createSmtpSender(settings: SmtpSettings): MailSender {
  const transport = createTransport(transportOptions(settings));
  const domain = settings.from.slice(settings.from.lastIndexOf('@') + 1);
  return {
    async send(mail) {
      try {
        const { response } = await transport.sendMail({
          ...messageOf(mail, settings.from, domain),
          signal: AbortSignal.timeout(settings.exchangeMs),
        });
        return { kind: 'accepted', detail: response.slice(0, DETAIL_MAX) };
      } catch (error) {
        return judge(error);
      }
    },
  };
}

function transportOptions({ url, tlsRequired }: SmtpSettings): SMTPTransportOptions {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const isLoopback = /^(?:localhost|127\.[\d.]+|::1)$/.test(host);
  return {
    host,
    secure,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    requireTLS: !secure && tlsRequired && !isLoopback,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    socketCloseTimeout: CLOSE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}

/** Addresses go in as objects and the envelope is given: a comma in an address makes no second recipient. */
function messageOf(mail: OutgoingMail, from: string, domain: string) {
  return {
    envelope: { from, to: [...mail.to] },
    messageId: `<${mail.id}@${domain}>`,
    from: { name: mail.fromName, address: from },
    to: mail.to.map((address) => ({ name: '', address })),
    ...(mail.replyTo === null ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    subject: mail.subject,
    date: new Date(mail.dateMs),
    text: mail.text,
    html: mail.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

interface SmtpFailure extends Error {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  readonly permanent?: unknown;
  readonly timeoutType?: unknown;
}

function judge(error: unknown): MailResult {
  if (!(error instanceof Error)) throw error;
  const failure: SmtpFailure = error;
  const code = textOf(failure.code);
  const detail = (textOf(failure.response) || error.message).replace(/\s+/g, ' ').slice(0, DETAIL_MAX);
  if (failure.permanent === true && !OURS_TO_MEND.has(code)) return { kind: 'refused', detail };
  // A reply, even a bad one, says that the server has not taken the mail.
  const isUnknown =
    failure.responseCode === undefined &&
    !BEFORE_THE_TEXT.has(code) &&
    !BEFORE_THE_GREETING.test(textOf(failure.timeoutType)) &&
    !NEVER_CONNECTED.has(textOf(failure.originalCode) || code);
  return { kind: 'deferred', detail, mayHaveArrived: isUnknown };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
