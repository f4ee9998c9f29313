import type { DevMail, SandboxSms } from '#services/dev-inbox/read.ts';
import { Html, html } from './html.ts';

/** One mail of the development inbox, read. */
export interface DevMessage {
  readonly id: number;
  readonly messageId: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  /** As the sender dated it. */
  readonly date: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly {
    readonly filename: string;
    readonly mimeType: string;
    readonly bytes: Uint8Array;
  }[];
}

/** The list of mails and text messages, newest first. */
export function devInboxView(mails: readonly DevMail[], sms: readonly SandboxSms[], to: string): Html {
  return document(
    'Mail inbox',
    html`<h1>Mail inbox</h1>
<p class="quiet">Everything that this installation mails ends here; nothing leaves it. <a href="/dev/mail.json">JSON</a></p>
<form method="get" action="/dev/mail"><label>Only to <input name="to" value="${to}" placeholder="address or number"></label> <button>Show</button></form>
<h2>Mails</h2>
${
  mails.length === 0
    ? html`<p class="quiet">Nothing yet.</p>`
    : html`<table><thead><tr><th>Subject</th><th>To</th><th>Received</th></tr></thead><tbody>
${mails.map((mail) => html`<tr><td><a href="/dev/mail/${mail.id}">${mail.subject === '' ? '(no subject)' : mail.subject}</a></td><td>${mail.recipients.join(', ')}</td><td>${shownInstant(mail.receivedAtMs)}</td></tr>`)}
</tbody></table>`
}
<h2>Text messages of the sandbox</h2>
${
  sms.length === 0
    ? html`<p class="quiet">Nothing yet.</p>`
    : html`<table><thead><tr><th>Text</th><th>To</th><th>Sent</th></tr></thead><tbody>
${sms.map((each) => html`<tr><td>${each.text}</td><td>${each.to}</td><td>${shownInstant(each.dateMs)}</td></tr>`)}
</tbody></table>`
}`,
  );
}

/** One mail: what a reader sees, both ways, and all of its headers. */
export function devMailView(mail: DevMessage): Html {
  const at = `/dev/mail/${mail.id}`;
  return document(
    mail.subject,
    html`<p><a href="/dev/mail">Mail inbox</a></p>
<h1>${mail.subject}</h1>
<dl>
<div><dt>From</dt><dd>${mail.from}</dd></div>
<div><dt>To</dt><dd>${mail.to.join(', ')}</dd></div>
${mail.replyTo.length > 0 && html`<div><dt>Reply to</dt><dd>${mail.replyTo.join(', ')}</dd></div>`}
<div><dt>Date</dt><dd>${mail.date ?? ''}</dd></div>
</dl>
<p><a href="${at}/raw">Raw</a> <a href="${at}.json">JSON</a></p>
${
  mail.attachments.length > 0 &&
  html`<h2>Attachments</h2><ul>${mail.attachments.map(
    (each, index) =>
      html`<li><a href="${at}/attachments/${index + 1}">${each.filename}</a> <span class="quiet">${each.mimeType}, ${each.bytes.byteLength} bytes</span></li>`,
  )}</ul>`
}
${mail.html !== null && html`<h2>HTML</h2><iframe sandbox title="The mail as HTML" src="${at}/html"></iframe>`}
${mail.text !== null && html`<h2>Text</h2><pre>${mail.text}</pre>`}
<details><summary>Headers</summary><pre>${mail.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}</pre></details>`,
  );
}

const STYLE = new Html(`:root{color-scheme:light dark}
body{max-width:60rem;margin:0 auto;padding:1.5rem;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
.quiet{opacity:.75}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);vertical-align:top;overflow-wrap:anywhere}
dl div{display:flex;gap:1rem}dt{width:6rem;opacity:.75}dd{margin:0}
iframe{width:100%;height:44rem;border:1px solid color-mix(in srgb,currentColor 20%,transparent);border-radius:.5rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere}
input,button{font:inherit;padding:.25rem .5rem}`);

function document(title: string, main: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

function shownInstant(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
}
