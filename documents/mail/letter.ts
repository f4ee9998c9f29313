import type { MailLanguage } from '#domain/mail.ts';
import type { WrittenMail } from '../port.ts';
import { Html, html } from '../html.ts';
import { MAIL_TEXTS } from './texts.ts';

/** A mail before it has a form: what both its plain text and its markup say. */
export interface Letter {
  readonly language: MailLanguage;
  readonly sandbox: boolean;
  readonly subject: string;
  /** Who speaks, above everything. */
  readonly sender: string;
  readonly paragraphs: readonly string[];
  readonly highlight: { readonly label: string; readonly value: string } | null;
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly button: { readonly label: string; readonly url: string } | null;
  /** A second address, introduced by a sentence. */
  readonly link: { readonly intro: string; readonly url: string } | null;
  readonly footer: readonly string[];
}

/** Plain text and markup of a letter. No remote image, no script, nothing that tells who reads it when. */
export function formLetter(letter: Letter): WrittenMail {
  const subject = (letter.sandbox ? `[Sandbox] ${letter.subject}` : letter.subject).replace(/\s+/g, ' ');
  return { subject, text: textOf(letter), html: markupOf(letter, subject) };
}

function textOf(letter: Letter): string {
  const { highlight, button, link } = letter;
  const blocks = [
    letter.sandbox ? MAIL_TEXTS[letter.language].sandbox : null,
    letter.paragraphs.join('\n\n'),
    highlight && `${highlight.label}: ${highlight.value}`,
    letter.rows.map(([label, value]) => `${label}: ${value}`).join('\n'),
    button && `${button.label}:\n${button.url}`,
    link && `${link.intro}\n${link.url}`,
    `-- \n${[letter.sender, ...footerOf(letter)].join('\n')}`,
  ];
  return `${blocks.filter((block) => block).join('\n\n')}\n`;
}

function footerOf({ language, footer }: Letter): string[] {
  return [...footer, MAIL_TEXTS[language].automatic];
}

/** Mail programs that know `prefers-color-scheme` turn dark; the others show the light colours that stand in line. */
const STYLE = new Html(`
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #14171c !important; }
  .card { background: #1e232b !important; border-color: #343c48 !important; }
  .strong { color: #f2f4f7 !important; }
  .soft { color: #a9b2bf !important; }
  .row { border-color: #343c48 !important; }
  .banner { background: #4a3a08 !important; color: #ffe9a8 !important; }
}`);
const FONT = new Html("font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif");

function markupOf(letter: Letter, subject: string): string {
  const { highlight, button, link } = letter;
  const rows = letter.rows.map(
    ([label, value]) => html`<tr>
<td class="row soft" style="padding:8px 12px 8px 0;border-top:1px solid #e3e7ed;color:#5a6473;font-size:14px;vertical-align:top">${label}</td>
<td class="row strong" style="padding:8px 0;border-top:1px solid #e3e7ed;color:#14171c;font-size:14px;text-align:right;overflow-wrap:anywhere">${value}</td>
</tr>`,
  );
  return html`<!doctype html>
<html lang="${letter.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>${STYLE}</style>
</head>
<body class="page" style="margin:0;padding:24px 12px;background:#f3f5f8;${FONT}">
<div class="card" style="max-width:520px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #e3e7ed;border-radius:12px">
${
  letter.sandbox &&
  html`<p class="banner" style="margin:0 0 20px;padding:8px 12px;border-radius:8px;background:#fff4cf;color:#5c4700;font-size:13px">${MAIL_TEXTS[letter.language].sandbox}</p>`
}
<p class="soft" style="margin:0 0 16px;color:#5a6473;font-size:14px">${letter.sender}</p>
${letter.paragraphs.map((text) => html`<p class="strong" style="margin:0 0 16px;color:#14171c;font-size:16px;line-height:1.5">${text}</p>`)}
${
  highlight &&
  html`<p class="soft" style="margin:24px 0 0;color:#5a6473;font-size:13px">${highlight.label}</p>
<p class="strong" style="margin:0 0 24px;color:#14171c;font-size:32px;font-weight:700">${highlight.value}</p>`
}
${
  button &&
  html`<p style="margin:0 0 24px"><a href="${button.url}" style="display:inline-block;padding:12px 24px;border-radius:8px;background:#1f5eff;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none">${button.label}</a></p>`
}
${
  link &&
  html`<p class="strong" style="margin:0 0 24px;color:#14171c;font-size:16px;line-height:1.5">${link.intro}<br><a href="${link.url}" style="color:#4a7dff;overflow-wrap:anywhere">${link.url}</a></p>`
}
<table role="presentation" style="width:100%;border-collapse:collapse">
${rows}
</table>
</div>
<div style="max-width:520px;margin:16px auto 0;text-align:center">
${footerOf(letter).map((text) => html`<p class="soft" style="margin:4px 0;color:#5a6473;font-size:12px">${text}</p>`)}
</div>
</body>
</html>
`.toString();
}
