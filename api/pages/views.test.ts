import { expect, test } from 'vitest';
import { sen } from '#domain/money.ts';
import { PAYMENT_METHODS } from '#domain/bank-codes.ts';
import type { BillPage } from '#services/bill/bill-page.ts';
import type { BankSession } from '#services/inbound/sandbox-bank.ts';
import { bankView } from './bank-view.ts';
import { billView } from './bill-view.ts';
import { leavingUrl } from './go-on-page.ts';
import { LANGUAGES } from './language.ts';
import { type Page, renderDocument } from './layout.ts';
import { expiredView, failureView, waitingView } from './outcome-views.ts';
import { receiptView } from './receipt-view.ts';

const SCRIPT = `<script>alert(1)</script>"'&`;
const [PAYPAL, FPX] = PAYMENT_METHODS;
if (!PAYPAL || !FPX) throw new Error('the methods have moved');

const due: BillPage = {
  billId: '0123456789abcdef',
  standing: 'due',
  merchantName: 'Kedai Ali',
  sandbox: true,
  title: 'School fees',
  logo: null,
  splitHeader: [],
  description: 'March',
  payerName: 'MICHAEL API',
  references: [],
  amountSen: sen(200),
  currency: 'MYR',
  dueOn: '2026-11-21',
  offers: [
    { method: PAYPAL, gateway: 'sandbox', banks: [{ code: 'PAYPAL', name: 'PAYPAL' }] },
    {
      method: FPX,
      gateway: 'sandbox',
      banks: [
        { code: 'MB2U0227', name: 'Maybank2u' },
        { code: 'TEST0001', name: 'Test 0001' },
      ],
    },
  ],
  direct: null,
  pending: false,
  receipt: null,
};
const receipt = {
  paidAt: '2026-11-21 12:05:09 +0800',
  amountSen: sen(200),
  transaction: { id: 'AC4GC031F42H', channel: 'FPX', bankCode: 'TEST0001' },
};
const session: BankSession = {
  id: `sbx_${'0'.repeat(32)}`,
  merchantTransactionId: 'p1-b1-t1',
  amountMinor: 200,
  currency: 'MYR',
  bankCode: 'TEST0001',
  returnUrl: 'https://kekal.example/bills/1/payments/1/return',
  state: 'open',
};

function document(page: Page): string {
  return renderDocument(page, 'NONCE');
}

test('no text of a merchant or payer becomes markup, on any page', () => {
  const hostile: BillPage = {
    ...due,
    merchantName: SCRIPT,
    title: SCRIPT,
    splitHeader: [SCRIPT],
    description: SCRIPT,
    payerName: SCRIPT,
    references: [{ label: SCRIPT, value: SCRIPT }],
    offers: [
      { method: { ...PAYPAL, name: SCRIPT }, gateway: 'sandbox', banks: [{ code: SCRIPT, name: SCRIPT }] },
    ],
    pending: true,
  };
  const hostileReceipt = { ...receipt, transaction: { id: SCRIPT, channel: SCRIPT, bankCode: SCRIPT } };
  const around = { merchantName: SCRIPT, sandbox: false, bill: hostile };
  for (const language of LANGUAGES) {
    const pages = [
      billView(hostile, language, { problem: 'chooseABank' }),
      receiptView({ ...hostile, standing: 'paid' }, hostileReceipt, language),
      expiredView({ ...hostile, standing: 'expired' }, language),
      failureView(around, language, SCRIPT),
      waitingView(around, language, '/bills/1/payments/1/return'),
      bankView({ session: { ...session, bankCode: SCRIPT }, merchantName: SCRIPT, language }, language),
    ];
    for (const page of pages) expect(document(page)).not.toMatch(/<script|alert\(1\)<\/|"'&/);
  }
});

test('every page says its language, is not indexed, ships no script and has its style under the nonce', () => {
  for (const language of LANGUAGES) {
    const markup = document(billView(due, language));
    expect(markup).toContain(`<html lang="${language}">`);
    expect(markup).toContain('<meta name="robots" content="noindex');
    expect(markup).toContain('<style nonce="NONCE">');
    expect(markup).not.toMatch(/<script|\son\w+=|\sstyle=/);
  }
});

test('a due bill asks for a bank and offers one button with the amount', () => {
  const markup = document(billView(due, 'en'));
  expect(markup).toContain('<button class="button" type="submit">Pay RM 2.00</button>');
  expect(markup.match(/<button/g)).toHaveLength(1);
  expect(markup).toContain('<label for="bank">Bank or payment method</label>');
  expect(markup).toContain('<option value="fpx:TEST0001">Test 0001</option>');
  expect(markup).toContain('<option value="paypal:PAYPAL">PAYPAL</option>');
  expect(markup).toContain('21 November 2026');
  expect(document(billView(due, 'ms'))).toContain('>Bayar RM 2.00</button>');
});

test('the bank that reference 1 names is chosen already', () => {
  const markup = document(billView({ ...due, direct: { method: 'fpx', bankCode: 'MB2U0227' } }, 'en'));
  expect(markup.match(/ selected>/g)).toHaveLength(1);
  expect(markup).toContain('<option value="fpx:MB2U0227" selected>');
});

test('paying while another payment is under way needs a confirmation', () => {
  expect(document(billView(due, 'en'))).not.toContain('name="confirmed"');
  const markup = document(billView({ ...due, pending: true }, 'en'));
  expect(markup).toContain('A payment is already under way');
  expect(markup).toMatch(/<input type="checkbox" name="confirmed" value="yes" required>/);
});

test('a bill without an active method says so and has no button', () => {
  const markup = document(billView({ ...due, offers: [] }, 'en'));
  expect(markup).toContain('This bill cannot be paid at the moment');
  expect(markup).not.toContain('<button');
});

test('only references with a value are shown, with their labels', () => {
  const references = [{ label: 'Student', value: 'A-17' }];
  expect(document(billView({ ...due, references }, 'en'))).toContain('<dt>Student</dt><dd>A-17</dd>');
});

test('a receipt shows whom, what, when, how much and by which transaction, and no way to pay', () => {
  const markup = document(
    receiptView({ ...due, standing: 'paid', splitHeader: ['Sekolah B'] }, receipt, 'en'),
  );
  for (const shown of [
    'Kedai Ali',
    'RM 2.00',
    '21 November 2026, 12:05:09 (+0800)',
    'AC4GC031F42H',
    'FPX',
    'Sekolah B',
    due.billId,
  ]) {
    expect(markup).toContain(shown);
  }
  expect(markup).not.toMatch(/<form|<button/);
});

test('a failure gives its reason in plain words, and a way to try again only while the bill is due', () => {
  const around = { merchantName: 'Kedai Ali', sandbox: true };
  const again = document(failureView({ ...around, bill: due }, 'en', 'refused_by_payer'));
  expect(again).toContain('The payment was cancelled or refused at the bank.');
  expect(again).toContain('>Try again</a>');
  const gone = document(failureView({ ...around, bill: null }, 'en', 'a_code_of_the_bank'));
  expect(gone).toContain('The bank declined the payment.');
  expect(gone).not.toContain('a_code_of_the_bank');
  expect(gone).not.toContain('Try again');
});

test.each([
  ['open', ['success', 'fail', 'pending']],
  ['pending', ['success', 'fail']],
  ['abandoned', ['success', 'fail']],
  ['paid', []],
  ['failed', []],
] as const)('the bank’s page of a payment that is %s has the buttons %j', (state, buttons) => {
  const markup = document(
    bankView({ session: { ...session, state }, merchantName: 'Kedai Ali', language: 'en' }, 'en'),
  );
  const values = [...markup.matchAll(/name="button" value="(\w+)"/g)].map(([, value]) => value);
  expect(values).toEqual(buttons);
  expect(markup).toContain('RM 2.00');
  expect(markup).toContain('TEST0001');
  if (state !== 'open') expect(markup).toContain(`href="${session.returnUrl}"`);
});

test('a way on is a path of ours or an absolute http address, in ASCII and on one line', () => {
  expect(leavingUrl('/bills/1/direct/a-b')).toBe('/bills/1/direct/a-b');
  expect(leavingUrl('https://kedai.example/terima kasih?a=b#c')).toBe(
    'https://kedai.example/terima%20kasih?a=b#c',
  );
  expect(leavingUrl('https://kedai.example/\r\nSet-Cookie: a=b')).not.toMatch(/[\r\n ]/);
  expect(leavingUrl('https://xn--kdai-tua.example/é')).toBe('https://xn--kdai-tua.example/%C3%A9');
  for (const bad of [
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'nowhere',
    '',
  ]) {
    expect(() => leavingUrl(bad), bad).toThrow(TypeError);
  }
});
