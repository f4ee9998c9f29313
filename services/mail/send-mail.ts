import {
  beginTry,
  endTry,
  listTries,
  loadMail,
  type Mail,
  type MailOwner,
  saveWritten,
  settleMail,
} from '#db/mail.repository.ts';
import type { Tx } from '#db/database.ts';
import { MAIL_TRIES_MAX, nextMailTry } from '#domain/mail-tries.ts';
import type { WriteMail } from '#documents/port.ts';
import type { MailResult, MailSender } from '#outgoing/mail-port.ts';
import type { SmsSenders } from '#outgoing/sms-port.ts';
import type { MailTryOrder, MailView } from '#workflows/mail/contract.ts';
import { raiseAlert } from '../alert/raise.ts';
import type { Ctx, SystemCtx } from '../context.ts';
import { requireSystem } from '../permission.ts';
import { returnSmsCharge, takeSmsCharge } from '../sms/charge.ts';

/** A profile's surroundings, or those of the installation for what belongs to no profile. */
type Around = Ctx | SystemCtx;

export interface MailMeans {
  readonly write: WriteMail;
  /** Null: no mail server is set. */
  readonly mail: MailSender | null;
  readonly sms: SmsSenders;
  /** The installation's administrators. */
  readonly administrators: readonly string[];
}

/** What the workflow looks at: whether it is over, and when it is tried next. */
export async function viewMail(ctx: Around, mailId: string): Promise<MailView> {
  requireSystem(ctx);
  return ctx.inTransaction(async (tx) => {
    const mail = await loadMail(tx, ownerOf(ctx), mailId);
    if (mail.status !== 'pending') return { status: mail.status, next: null };
    const made = (await listTries(tx, mailId)).filter(({ outcome }) => outcome !== null);
    return { status: mail.status, next: nextMailTry(made.length, made.at(-1)?.atMs ?? mail.createdAtMs) };
  });
}

/**
 * One try: the intent, the exchange, the outcome. SMTP knows no idempotency key: an intent without outcome is sent
 * again under the same Message-ID and marked, because nobody can know whether the first one arrived.
 * Source: temporal.md section 7, "Intent before, outcome after".
 */
export async function sendMail(
  ctx: Around,
  means: MailMeans,
  mailId: string,
  order: MailTryOrder,
): Promise<void> {
  requireSystem(ctx);
  const exchange = await ctx.inTransaction((tx) => prepare(tx, ctx, means, mailId, order));
  if (!exchange) return;
  const result = await exchange();
  await ctx.inTransaction((tx) => storeResult(tx, ctx, mailId, order, result));
}

type Exchange = () => Promise<MailResult>;

/** The intent; null when there is nothing to send: it is over, or this try has its outcome, or nobody can carry it. */
async function prepare(
  tx: Tx,
  ctx: Around,
  means: MailMeans,
  mailId: string,
  { number, atMs }: MailTryOrder,
): Promise<Exchange | null> {
  const found = await loadMail(tx, ownerOf(ctx), mailId, { lock: true });
  if (found.status !== 'pending') return null;
  const mail = await withWords(tx, ctx, means, found);
  const exchange = await exchangeOf(tx, ctx, means, mail);
  if (typeof exchange === 'string') {
    await settleMail(tx, mailId, { status: 'skipped', reason: exchange });
    return null;
  }
  const earlier = await listTries(tx, mailId);
  const begun = await beginTry(tx, {
    mailId,
    profileId: mail.profileId,
    number,
    atMs,
    mayBeDuplicate: earlier.some((each) => each.number < number && each.mayHaveArrived),
  });
  return begun.outcome === null ? exchange : null;
}

type WrittenMail = Mail & { readonly written: NonNullable<Mail['written']> };

async function withWords(tx: Tx, ctx: Around, { write }: MailMeans, mail: Mail): Promise<WrittenMail> {
  if (mail.written) return { ...mail, written: mail.written };
  const sandbox = 'profile' in ctx && ctx.profile.mode === 'sandbox';
  const written = write(mail.content, { language: mail.language, publicUrl: ctx.publicUrl, sandbox });
  await saveWritten(tx, mail.id, written);
  return { ...mail, written };
}

/** How it goes out, or why it cannot. */
async function exchangeOf(
  tx: Tx,
  ctx: Around,
  means: MailMeans,
  mail: WrittenMail,
): Promise<Exchange | string> {
  const { id, written, createdAtMs: dateMs } = mail;
  if (mail.channel === 'sms') {
    if (!('profile' in ctx) || mail.to === null) throw new RangeError(`${id} has no profile or number`);
    const { to } = mail;
    const { profileId } = ctx;
    const sender = means.sms(ctx.profile.mode);
    if (!sender) return 'no SMS sender';
    if (!(await takeSmsCharge(tx, ctx, mail, written.text, sender.segmentMinor))) return 'no SMS credit';
    return () => sender.send({ id, profileId, to, text: written.text, dateMs });
  }
  const sender = means.mail;
  if (!sender) return 'no mail server is set';
  const to = mail.to === null ? means.administrators : [mail.to];
  if (to.length === 0) return 'nobody is set to receive it';
  const { fromName, replyTo } = voiceOf(ctx, mail);
  const { subject, text, html } = written;
  return () =>
    sender.send({ id, to, fromName, replyTo, subject: subject ?? '', text, html: html ?? '', dateMs });
}

/** Payers hear from the merchant and answer to it; alerts come from us. */
function voiceOf(ctx: Around, { content }: Mail): { fromName: string; replyTo: string | null } {
  if (!('profile' in ctx) || content.template === 'alert') return { fromName: 'Kekal', replyTo: null };
  return { fromName: ctx.profile.merchantName, replyTo: ctx.profile.contactEmail };
}

async function storeResult(
  tx: Tx,
  ctx: Around,
  mailId: string,
  { number }: MailTryOrder,
  result: MailResult,
): Promise<void> {
  const mail = await loadMail(tx, ownerOf(ctx), mailId, { lock: true });
  const mayHaveArrived = result.kind === 'deferred' && result.mayHaveArrived;
  const isFirst = await endTry(tx, mail.id, number, {
    outcome: result.kind,
    detail: result.detail,
    mayHaveArrived,
  });
  if (!isFirst) return;
  if (result.kind === 'accepted') {
    await settleMail(tx, mail.id, { status: 'sent', reason: null });
    return;
  }
  if (result.kind === 'deferred' && number < MAIL_TRIES_MAX) return;
  if (!(await settleMail(tx, mail.id, { status: 'failed', reason: result.detail }))) return;
  const isSurelyLost = (await listTries(tx, mailId)).every(
    (each) => !each.mayHaveArrived && each.sends === 1,
  );
  if ('profile' in ctx && isSurelyLost) await returnSmsCharge(tx, ctx, mail);
  // An alert that cannot be mailed is not mailed about.
  const how = mail.content.template === 'alert' ? 'quietly' : 'by mail';
  await raiseAlert(tx, mail.profileId, 'mail_failed', `mail:${mail.id}`, result.detail, how);
}

function ownerOf(ctx: Around): MailOwner {
  return 'profile' in ctx ? ctx.profileId : null;
}
