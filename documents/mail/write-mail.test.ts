import { expect, test } from 'vitest';
import type { AlertFacts, BillFacts, MailContent, MailLanguage, ReceiptFacts } from '#domain/mail.ts';
import { sen } from '#domain/money.ts';
import { MAIL_TEXTS, type MailTexts } from './texts.ts';
import { writeMail } from './write-mail.ts';

const NASTY = `<script>alert("1")</script> & 'x' =\n{{y}} \${z}`;
const ESCAPED = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;';

const BILL: BillFacts = {
  billId: '8a9b0c1d2e3f4a5b',
  merchantName: 'Kedai Kopi Sdn Bhd',
  title: 'Kopi bulanan',
  description: 'A coffee a day',
  payerName: 'MICHAEL API',
  amountSen: sen(123_450),
  currency: 'MYR',
  dueOn: '2026-03-09',
  references: [{ label: 'Table', value: '7' }],
};
const RECEIPT: ReceiptFacts = {
  ...BILL,
  paidAt: '2026-03-08 15:15:09 +0800',
  transactionId: 'AC4GC031F42H',
  channel: 'FPX',
  emailLink: 'https://shop.test/thanks?a=1&b=2',
};
const ALERT: AlertFacts = {
  kind: 'callback_dropped',
  object: 'callback:cb_1',
  detail: 'every attempt failed',
  profile: { id: 7, name: 'Kopi' },
};
const ALL: readonly MailContent[] = [
  { template: 'bill_ready', facts: BILL },
  { template: 'bill_ready_sms', facts: BILL },
  { template: 'bill_receipt', facts: RECEIPT },
  { template: 'alert', facts: ALERT },
];
const LANGUAGES: readonly MailLanguage[] = ['en', 'ms'];

const frame = (language: MailLanguage, sandbox = false) => ({
  language,
  sandbox,
  publicUrl: 'https://pay.test',
});

/** Facts in which every text is hostile. */
function hostile(content: MailContent): MailContent {
  const spoil = (value: unknown): unknown => {
    if (typeof value === 'string') return NASTY;
    if (Array.isArray(value)) return value.map(spoil);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoil(inner)]));
  };
  const kept = { currency: 'MYR', dueOn: BILL.dueOn, paidAt: RECEIPT.paidAt, billId: BILL.billId };
  return {
    template: content.template,
    facts: { ...(spoil(content.facts) as object), ...kept },
  } as MailContent;
}

test.for(
  LANGUAGES.flatMap((language) => ALL.map((content) => [content.template, language, content] as const)),
)('%s in %s leaves no placeholder and links to nothing but us and the merchant', ([, language, content]) => {
  const { subject, text, html } = writeMail(content, frame(language));
  for (const part of [subject, text, html]) {
    if (part === null) continue;
    expect(part).not.toMatch(/undefined|null|NaN|\[object|\{\{|\$\{/);
  }
  expect(text.trim()).not.toBe('');
  const urls = [...`${text}\n${html ?? ''}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([url]) => url);
  for (const url of urls)
    expect(url).toMatch(/^https:\/\/(?:pay\.test\/bills\/8a9b0c1d2e3f4a5b$|shop\.test\/)/);
  expect(html ?? '').not.toMatch(/<img|<script|<link|url\(|@import/i);
});

test.for(
  LANGUAGES.flatMap((language) => ALL.map((content) => [content.template, language, content] as const)),
)('no text becomes markup in %s in %s, and none a second line of the subject', ([, language, content]) => {
  const { subject, html } = writeMail(hostile(content), frame(language));
  expect(subject ?? '').not.toMatch(/[\r\n]/);
  if (html === null) return;
  expect(html).not.toContain('<script');
  expect(html).not.toContain('"1"');
  expect(html).toContain(ESCAPED);
});

test('a receipt says in both languages what was paid, to whom, when and how, and carries the link', () => {
  for (const language of LANGUAGES) {
    const { subject, text, html } = writeMail({ template: 'bill_receipt', facts: RECEIPT }, frame(language));
    expect(subject).toContain('RM 1,234.50');
    for (const said of [
      'RM 1,234.50',
      'Kedai Kopi Sdn Bhd',
      'AC4GC031F42H',
      'FPX',
      '15:15:09 (UTC+08:00)',
      'Table',
    ]) {
      expect(text).toContain(said);
      expect(html).toContain(said);
    }
    expect(text).toContain(RECEIPT.emailLink);
    expect(html).toContain('href="https://shop.test/thanks?a=1&amp;b=2"');
  }
});

test('dates are written out in the language of the mail', () => {
  const written = (language: MailLanguage) =>
    writeMail({ template: 'bill_ready', facts: BILL }, frame(language)).text;
  expect(written('en')).toContain('9 March 2026');
  expect(written('ms')).toContain('9 Mac 2026');
});

test('what comes from a sandbox says so in subject, text, markup and text message', () => {
  for (const content of ALL) {
    const { subject, text, html } = writeMail(content, frame('en', true));
    expect(subject ?? text).toMatch(/^\[Sandbox\] /);
    if (html === null) continue;
    expect(text).toContain(MAIL_TEXTS.en.sandbox);
    expect(html).toContain(MAIL_TEXTS.en.sandbox);
    expect(writeMail(content, frame('en')).subject).not.toContain('[Sandbox]');
  }
});

test('the same facts give the same mail', () => {
  for (const content of ALL) expect(writeMail(content, frame('ms'))).toEqual(writeMail(content, frame('ms')));
});

test('Malay says everything that English says, in words of its own', () => {
  const { en, ms } = MAIL_TEXTS;
  expect(Object.keys(ms).toSorted()).toEqual(Object.keys(en).toSorted());
  expect(Object.keys(ms.alertKinds).toSorted()).toEqual(Object.keys(en.alertKinds).toSorted());
  expect([en.months.length, ms.months.length]).toEqual([12, 12]);
  const said = (texts: MailTexts) =>
    Object.entries(texts).map(([key, value]: [string, unknown]) => [
      key,
      isSentence(value) ? value('', '', '') : value,
    ]);
  for (const [index, [key, value]] of said(ms).entries()) {
    expect([key, value]).not.toEqual(said(en)[index]);
  }
});

function isSentence(value: unknown): value is (...texts: string[]) => string {
  return typeof value === 'function';
}
