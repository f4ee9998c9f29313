import { Hono } from 'hono';
import PostalMime, { type Address, type Attachment } from 'postal-mime';
import { refuse } from '#domain/refusal.ts';
import { readDevInbox, readDevMail } from '#services/dev-inbox/read.ts';
import type { ApiDeps } from '../deps.ts';
import type { App, AppContext, AppEnv } from '../http/app-env.ts';
import { devInboxView, type DevMessage, devMailView } from './dev-mail-view.ts';
import { answerThrown } from './error-page.ts';
import type { Html } from './html.ts';

/**
 * The development inbox: everything that was mailed, as pages and (`/dev/mail.json`, `/dev/mail/1.json`) for tests.
 * Nobody signs in, so it is not there unless `KEKAL_DEV_MAIL` is on.
 */
export function mountDevMail(app: App, deps: ApiDeps): void {
  if (!deps.devMail) return;
  const pages: App = new Hono<AppEnv>();
  pages.onError((error, c) => answerThrown(c, deps.log, error));
  const system = (c: AppContext) => deps.systemCtx({ requestId: c.var.requestId });
  const inbox = (c: AppContext) => {
    const to = c.req.query('to');
    return readDevInbox(system(c), to === undefined || to === '' ? {} : { to });
  };
  const message = async (c: AppContext): Promise<DevMessage> => {
    const id = Number.parseInt(c.req.param('id') ?? '', 10);
    return readMessage(id, await readDevMail(system(c), id));
  };

  pages.get('/dev/mail', async (c) => {
    const { mails, sms } = await inbox(c);
    if (c.req.query('json') !== undefined) return c.json(inboxJson(mails, sms), 200, EVERY_ANSWER);
    return answerDocument(c, devInboxView(mails, sms, c.req.query('to') ?? ''));
  });
  pages.get('/dev/mail.json', async (c) => {
    const { mails, sms } = await inbox(c);
    return c.json(inboxJson(mails, sms), 200, EVERY_ANSWER);
  });
  pages.get('/dev/mail/:id{[0-9]{1,15}}', async (c) => {
    const found = await message(c);
    if (c.req.query('json') !== undefined) return c.json(messageJson(found), 200, EVERY_ANSWER);
    return answerDocument(c, devMailView(found));
  });
  pages.get('/dev/mail/:id{[0-9]{1,15}\\.json}', async (c) =>
    c.json(messageJson(await message(c)), 200, EVERY_ANSWER),
  );
  pages.get('/dev/mail/:id{[0-9]{1,15}}/html', async (c) => {
    const { html } = await message(c);
    // A stranger wrote it: no script, no origin of ours, nothing fetched, wherever it is opened.
    return c.body(html ?? '', 200, {
      ...EVERY_ANSWER,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'",
    });
  });
  pages.get('/dev/mail/:id{[0-9]{1,15}}/raw', async (c) => {
    const id = Number.parseInt(c.req.param('id'), 10);
    const raw = await readDevMail(system(c), id);
    return c.body(new Uint8Array(raw), 200, {
      ...EVERY_ANSWER,
      'Content-Type': 'text/plain; charset=utf-8',
    });
  });
  pages.get('/dev/mail/:id{[0-9]{1,15}}/attachments/:number{[0-9]{1,4}}', async (c) => {
    const { attachments } = await message(c);
    const found = attachments[Number(c.req.param('number')) - 1] ?? refuse('not_found');
    return c.body(new Uint8Array(found.bytes), 200, {
      ...EVERY_ANSWER,
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.filename)}`,
      'Content-Security-Policy': 'sandbox',
    });
  });
  app.route('/', pages);
}

type Inbox = Awaited<ReturnType<typeof readDevInbox>>;

function inboxJson(mails: Inbox['mails'], sms: Inbox['sms']) {
  return {
    mails: mails.map((mail) => ({
      id: mail.id,
      from: mail.sender,
      to: mail.recipients,
      subject: mail.subject,
      received_at: new Date(mail.receivedAtMs).toISOString(),
      bytes: mail.bytes,
      url: `/dev/mail/${mail.id}.json`,
    })),
    sms: sms.map(({ id, profileId, to, text, dateMs }) => ({
      id,
      profile_id: profileId,
      to,
      text,
      sent_at: new Date(dateMs).toISOString(),
    })),
  };
}

function messageJson({ attachments, headers, id, messageId, ...message }: DevMessage) {
  return {
    id,
    message_id: messageId,
    from: message.from,
    to: message.to,
    reply_to: message.replyTo,
    subject: message.subject,
    date: message.date,
    headers: headers.map(({ name, value }) => [name, value]),
    text: message.text,
    html: message.html,
    attachments: attachments.map(({ filename, mimeType, bytes }, index) => ({
      filename,
      mime_type: mimeType,
      bytes: bytes.byteLength,
      url: `/dev/mail/${id}/attachments/${index + 1}`,
    })),
  };
}

async function readMessage(id: number, raw: Buffer): Promise<DevMessage> {
  const mail = await PostalMime.parse(raw);
  return {
    id,
    messageId: mail.messageId ?? null,
    from: mail.from ? shownAddress(mail.from) : '',
    to: (mail.to ?? []).map((address) => shownAddress(address)),
    replyTo: (mail.replyTo ?? []).map((address) => shownAddress(address)),
    subject: mail.subject ?? '',
    date: mail.date ?? null,
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: mail.text ?? null,
    html: mail.html ?? null,
    attachments: mail.attachments.map((attachment, index) => ({
      filename: attachment.filename ?? `attachment-${index + 1}`,
      mimeType: attachment.mimeType,
      bytes: bytesOf(attachment.content),
    })),
  };
}

function bytesOf(content: Attachment['content']): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function shownAddress(address: Address): string {
  if (address.group) return address.group.map((each) => shownAddress(each)).join(', ');
  return address.name === '' ? address.address : `${address.name} <${address.address}>`;
}

const EVERY_ANSWER = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex, nofollow',
} as const;

function answerDocument(c: AppContext, document: Html): Response {
  return c.body(document.toString(), 200, {
    ...EVERY_ANSWER,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  });
}
