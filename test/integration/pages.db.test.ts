import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { raiseOffset } from '#db/object-clock.repository.ts';
import type { Bill } from '#services/bill/read.ts';
import { deleteBill } from '#services/bill/delete.ts';
import { payDirectly, readDirectTicket } from '#services/bill/pay-directly.ts';
import { createCollection } from '#services/collection/create.ts';
import { at } from '#services/context.ts';
import { verifyLedger } from '#services/ledger/verify.ts';
import { openXSignatureKey } from '#services/profile/secrets.ts';
import { verifyX } from '#services/signing/x-signature.ts';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { openApi, type TestApi } from '../fixtures/api.ts';
import { newBill } from '../fixtures/bill.ts';
import { type MerchantOptions, newMerchant } from '../fixtures/merchant.ts';
import { onward, PayerBrowser, type Seen } from '../fixtures/payer.ts';
import { asOwner } from '../fixtures/sql.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

let bed: Testbed;
let api: TestApi;
beforeAll(async () => {
  bed = await openTestbed();
  api = openApi(bed);
});
afterAll(async () => {
  await api.close();
  await bed.close();
});

type Wanted = Parameters<typeof newBill>[1];

async function payerOf(wanted: Wanted = {}, options: MerchantOptions = {}) {
  const merchant = await newMerchant(bed, options);
  const bill = await newBill(merchant, wanted);
  return { merchant, bill, browser: new PayerBrowser(api.app) };
}

interface PaymentRow {
  readonly id: string;
  readonly status: string;
  readonly excess: boolean;
  readonly failure: string | null;
}

function paymentsOf(bill: Bill): Promise<PaymentRow[]> {
  return asOwner(bed, 'select id, status, excess, failure from payments where bill_id = $1 order by seq', [
    bill.id,
  ]);
}

async function callbacksOf(bill: Bill): Promise<string[]> {
  const rows = await asOwner<{ body: string }>(
    bed,
    'select body from callbacks where object_id = $1 order by seq',
    [bill.id],
  );
  return rows.map(({ body }) => new URLSearchParams(body).get('state') ?? '');
}

async function expectBooksInOrder(): Promise<void> {
  expect((await verifyLedger(bed.deps.systemCtx())).findings).toEqual([]);
}

test('a payer chooses a bank, pays there and comes back to the merchant with signed parameters', async () => {
  const { merchant, bill, browser } = await payerOf({
    redirectUrl: 'https://kedai.example/terima?order=7#top',
  });
  const page = await browser.open(`/bills/${bill.id}`);
  expect(page.status).toBe(200);
  expect(page.markup).toContain('>Pay RM 2.00</button>');
  expect(page.markup).toContain('MICHAEL API V3');

  const leaving = await browser.send(`/bills/${bill.id}/payments`, { bank: 'fpx:TEST0001' });
  expect(leaving.status).toBe(200);
  expect(leaving.markup).toContain(`href="${onward(leaving)}"`);
  expect(onward(leaving)).toMatch(/^\/sandbox\/banking\/sbx_[0-9a-f]{32}$/);

  const bank = await browser.open(onward(leaving));
  for (const shown of [
    merchant.ctx.profile.merchantName,
    'RM 2.00',
    'TEST0001',
    'Success',
    'Fail',
    'Pending',
  ]) {
    expect(bank.markup).toContain(shown);
  }
  const pressed = await browser.send(onward(leaving), { button: 'success' });
  expect(pressed.status).toBe(200);
  const back = await browser.open(onward(pressed));
  expect(back.status).toBe(302);

  const target = new URL(onward(back));
  expect(target.origin + target.pathname + target.hash).toBe('https://kedai.example/terima#top');
  expect(target.searchParams.get('order')).toBe('7');
  expect(target.search).toContain('billplz%5Bpaid%5D=true');
  const billplz = Object.fromEntries(
    [...target.searchParams].flatMap(([name, value]) => {
      const key = /^billplz\[(\w+)\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value] as const];
    }),
  );
  expect(billplz).toMatchObject({ id: bill.id, paid: 'true' });
  const key = await merchant.ctx.inTransaction((tx) => openXSignatureKey(tx, merchant.ctx));
  expect(verifyX({ billplz }, key)).toBe(true);

  expect(await paymentsOf(bill)).toMatchObject([{ status: 'completed', excess: false }]);
  expect(await callbacksOf(bill)).toEqual(['paid']);
  await expectBooksInOrder();
});

test('a paid bill without redirect_url ends at its receipt, which the bill’s address shows from then on', async () => {
  const { bill, browser } = await payerOf({ reference1Label: 'Student', reference1: 'A-17' });
  const receipt = await browser.pay(bill.id, 'success');
  expect(receipt.status).toBe(200);
  const [payment] = await paymentsOf(bill);
  for (const shown of ['Receipt', 'RM 2.00', payment?.id ?? '?', 'FPX', 'Student', 'A-17', bill.id]) {
    expect(receipt.markup).toContain(shown);
  }
  const later = await browser.open(`/bills/${bill.id}`);
  expect(later.status).toBe(200);
  expect(later.markup).toContain('Thank you. Your payment has been received.');
  expect(later.markup).not.toContain('<form');
});

test('a failed payment is told with its reason, and trying again pays the bill', async () => {
  const { bill, browser } = await payerOf();
  const failure = await browser.pay(bill.id, 'fail');
  expect(failure.status).toBe(200);
  expect(failure.markup).toContain('The payment was cancelled or refused at the bank.');
  expect(failure.markup).toContain(`href="/bills/${bill.id}?lang=en">Try again</a>`);
  expect((await browser.open(`/bills/${bill.id}`)).markup).not.toContain('A payment is already under way');

  expect((await browser.pay(bill.id, 'success')).markup).toContain('Receipt');
  expect((await paymentsOf(bill)).map(({ status }) => status)).toEqual(['failed', 'completed']);
  expect(await callbacksOf(bill)).toEqual(['due', 'paid']);
});

test('a failed payment of a bill with redirect_url goes back to the merchant, unpaid and signed', async () => {
  const { bill, browser } = await payerOf({ redirectUrl: 'https://kedai.example/terima' });
  const back = await browser.pay(bill.id, 'fail');
  expect(back.status).toBe(302);
  expect(back.next).toMatch(
    new RegExp(
      `^https://kedai\\.example/terima\\?billplz%5Bid%5D=${bill.id}&billplz%5Bpaid%5D=false&billplz%5Bpaid_at%5D=&billplz%5Bx_signature%5D=[0-9a-f]{64}$`,
    ),
  );
});

test('in Basic mode the browser carries the id back and nothing else', async () => {
  const { bill, browser } = await payerOf({ redirectUrl: 'https://kedai.example/terima' }, { signed: false });
  const back = await browser.pay(bill.id, 'success');
  expect(back.next).toBe(`https://kedai.example/terima?billplz%5Bid%5D=${bill.id}`);
});

test('a payment left pending waits, warns whoever would pay again, and ends by a click at the bank', async () => {
  const { bill, browser } = await payerOf();
  const bank = await browser.reachBank(bill.id);
  const left = await browser.send(bank, { button: 'pending' });
  expect(left.status).toBe(200);
  expect(left.markup).toContain('>Settle as success</button>');
  expect(left.markup).toContain('>Settle as failed</button>');

  const [payment] = await paymentsOf(bill);
  const way = `/bills/${bill.id}/payments/${payment?.id}/return`;
  const waiting = await browser.open(way);
  expect(waiting.status).toBe(200);
  expect(waiting.headers.get('refresh')).toBe(`10; url=${way}`);
  expect(waiting.markup).toContain('Waiting for the bank');
  expect((await browser.open(`/bills/${bill.id}`)).markup).toContain('A payment is already under way');

  const again = await browser.send(`/bills/${bill.id}/payments`, { bank: 'fpx:TEST0001' });
  expect(again.status).toBe(409);
  expect(again.markup).toContain('Please confirm that you want to pay again.');
  expect(again.markup).toContain('<option value="fpx:TEST0001" selected>');
  expect(await paymentsOf(bill)).toHaveLength(1);

  await browser.send(bank, { button: 'success' });
  expect((await browser.open(way)).markup).toContain('Receipt');
  expect(await callbacksOf(bill)).toEqual(['paid']);
});

test('whoever confirms pays again, and the second success is told as one to be refunded', async () => {
  const { bill, browser } = await payerOf();
  const first = await browser.reachBank(bill.id);
  const second = await browser.reachBank(bill.id, { confirmed: 'yes' });
  await browser.open(onward(await browser.send(first, { button: 'success' })));
  const told = await browser.open(onward(await browser.send(second, { button: 'success' })));
  expect(told.markup).toContain('Your second payment was received as well');
  expect((await paymentsOf(bill)).map(({ excess }) => excess)).toEqual([false, true]);
  expect(await callbacksOf(bill)).toEqual(['paid']);
  expect((await browser.open(`/bills/${bill.id}`)).markup).toContain((await paymentsOf(bill))[0]?.id);
  await expectBooksInOrder();
});

test('a closed window is given up after its session, and a later success still pays the bill', async () => {
  const { merchant, bill, browser } = await payerOf();
  const bank = await browser.reachBank(bill.id);
  const [payment] = await paymentsOf(bill);
  await bed.deps.database.asSystem((tx) =>
    raiseOffset(tx, merchant.profile.id, `payment:${payment?.id}`, 16 * MINUTE_MS),
  );
  const way = `/bills/${bill.id}/payments/${payment?.id}/return`;
  expect((await browser.open(way)).markup).toContain('closed before the payment was approved');
  expect((await browser.open(bank)).markup).toContain('This session has ended without an answer.');
  expect(await paymentsOf(bill)).toMatchObject([{ status: 'failed', failure: 'abandoned' }]);

  const late = await browser.send(bank, { button: 'success' });
  expect((await browser.open(onward(late))).markup).toContain('Receipt');
  expect(await paymentsOf(bill)).toMatchObject([{ status: 'completed', failure: null }]);
  expect(await callbacksOf(bill)).toEqual(['due', 'paid']);
});

test('five browsers that come back at once, twice, and press again book one payment and one callback', async () => {
  const { bill, browser } = await payerOf({ redirectUrl: 'https://kedai.example/terima' });
  const bank = await browser.reachBank(bill.id);
  const [payment] = await paymentsOf(bill);
  const way = `/bills/${bill.id}/payments/${payment?.id}/return`;
  const one = () => new PayerBrowser(api.app);
  await Promise.all([
    ...Array.from({ length: 5 }, () => one().send(bank, { button: 'success' })),
    ...Array.from({ length: 5 }, () => one().open(way)),
  ]);
  const backs = await Promise.all(Array.from({ length: 5 }, () => one().open(way)));
  expect(new Set(backs.map(({ next }) => next)).size).toBe(1);
  expect(backs[0]?.next).toContain('billplz%5Bpaid%5D=true');
  expect(await paymentsOf(bill)).toMatchObject([{ status: 'completed', excess: false }]);
  expect(await callbacksOf(bill)).toEqual(['paid']);
  await expectBooksInOrder();
});

test('a bank that posts the payer back gets a page that goes on, not a redirect', async () => {
  const { bill, browser } = await payerOf({ redirectUrl: 'https://kedai.example/terima' });
  await browser.send(await browser.reachBank(bill.id), { button: 'success' });
  const [payment] = await paymentsOf(bill);
  const back = await browser.send(
    `/bills/${bill.id}/payments/${payment?.id}/return`,
    { anything: 'at all' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://bank.example' },
  );
  expect(back.status).toBe(200);
  expect(onward(back)).toMatch(/^https:\/\/kedai\.example\/terima\?/);
  expect(back.markup).toContain('rel="noreferrer">Continue</a>');
});

test('a payment has a way back under its own bill alone', async () => {
  const { merchant, bill, browser } = await payerOf();
  const other = await newBill(merchant);
  await browser.reachBank(bill.id);
  const [payment] = await paymentsOf(bill);
  for (const path of [
    `/bills/${other.id}/payments/${payment?.id}/return`,
    `/bills/${bill.id}/payments/nobody/return`,
  ]) {
    expect((await browser.open(path)).status).toBe(404);
  }
});

test('an expired bill answers 410 and takes no payment', async () => {
  const { bill, browser } = await payerOf({ dueOn: '2020-01-31' });
  await asOwner(bed, 'update bills set created_at = $2 where id = $1', [
    bill.id,
    new Date(Date.now() - 31 * DAY_MS),
  ]);
  const page = await browser.open(`/bills/${bill.id}`);
  expect(page.status).toBe(410);
  expect(page.markup).toContain('This bill has expired');
  expect((await browser.send(`/bills/${bill.id}/payments`, { bank: 'fpx:TEST0001' })).status).toBe(410);
  expect(await paymentsOf(bill)).toEqual([]);
});

test('a deleted bill has no page, yet the success of a payment that was at the bank has its receipt', async () => {
  const { merchant, bill, browser } = await payerOf();
  const bank = await browser.reachBank(bill.id);
  await deleteBill(merchant.ctx, bill.id);
  expect((await browser.open(`/bills/${bill.id}`)).status).toBe(404);
  const back = await browser.open(onward(await browser.send(bank, { button: 'success' })));
  expect(back.markup).toContain('Receipt');
});

test('a failed payment of a deleted bill is told, without a way to try again', async () => {
  const { merchant, bill, browser } = await payerOf();
  const bank = await browser.reachBank(bill.id);
  await deleteBill(merchant.ctx, bill.id);
  const back = await browser.open(onward(await browser.send(bank, { button: 'fail' })));
  expect(back.status).toBe(200);
  expect(back.markup).toContain('The payment did not go through');
  expect(back.markup).not.toContain('Try again');
});

test('an unknown bill, session or path is the 404 page in both languages with the request id', async () => {
  const browser = new PayerBrowser(api.app, { 'x-request-id': 'req-of-the-night' });
  const paths = [
    '/bills/0123456789abcdef',
    '/bills/%3Cscript%3E',
    '/bills/0123456789abcdef/payments/0123456789AB/return',
    `/sandbox/banking/sbx_${'0'.repeat(32)}`,
    '/sandbox/banking/nobody',
    '/nowhere',
  ];
  for (const path of paths) {
    const page = await browser.open(path);
    expect(page.status, path).toBe(404);
    for (const shown of ['Page not found', 'Halaman tidak dijumpai', 'req-of-the-night']) {
      expect(page.markup, path).toContain(shown);
    }
    expect(page.markup).not.toContain('<script');
  }
});

test('a live profile without a connected gateway says that no payment is possible', async () => {
  const { bill, browser } = await payerOf({}, { mode: 'live' });
  const page = await browser.open(`/bills/${bill.id}`);
  expect(page.status).toBe(200);
  expect(page.markup).toContain('This bill cannot be paid at the moment');
  expect(page.markup).not.toContain('Test mode');
  const sent = await browser.send(`/bills/${bill.id}/payments`, { bank: 'fpx:MB2U0227' });
  expect(sent.status).toBe(422);
  expect(await paymentsOf(bill)).toEqual([]);
});

test('a paid bill takes no second payment: a form sent late shows the receipt', async () => {
  const { bill, browser } = await payerOf();
  await browser.pay(bill.id, 'success');
  const late = await browser.send(`/bills/${bill.id}/payments`, { bank: 'fpx:TEST0001', confirmed: 'yes' });
  expect(late.status).toBe(200);
  expect(late.markup).toContain('Receipt');
  expect(await paymentsOf(bill)).toHaveLength(1);
});

test.each([
  ['no bank', {}, 422, 'Please choose a bank'],
  ['half a choice', { bank: 'fpx' }, 422, 'Please choose a bank'],
  ['a bank that is not offered', { bank: 'fpx:NOBANK99' }, 422, 'is not available now'],
  ['a card number', { bank: '4111 1111 1111 1111' }, 422, 'Card data is not accepted'],
  ['far too much', { bank: 'x'.repeat(20_000) }, 413, 'too large'],
])('%s is refused, starts no payment and is not echoed', async (_what, form, status, sentence) => {
  const { bill, browser } = await payerOf();
  const page = await browser.send(`/bills/${bill.id}/payments`, form);
  expect(page.status).toBe(status);
  expect(page.markup).toContain(sentence);
  expect(page.markup).not.toMatch(/4111|NOBANK99/);
  expect(await paymentsOf(bill)).toEqual([]);
});

test('a form of another site starts no payment and presses no button', async () => {
  const { bill, browser } = await payerOf();
  const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  expect((await browser.send(`/bills/${bill.id}/payments`, { bank: 'fpx:TEST0001' }, foreign)).status).toBe(
    403,
  );
  expect(await paymentsOf(bill)).toEqual([]);
  const bank = await browser.reachBank(bill.id);
  expect((await browser.send(bank, { button: 'success' }, foreign)).status).toBe(403);
  expect(await paymentsOf(bill)).toMatchObject([{ status: 'pending' }]);
});

test('a flood of tries on one bill is slowed down, and other bills are not', async () => {
  const { merchant, bill, browser } = await payerOf();
  const send = (): Promise<Seen> => browser.send(`/bills/${bill.id}/payments`, {});
  for (let tries = 0; tries < 30; tries += 1) expect((await send()).status).toBe(422);
  const refused = await send();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = await newBill(merchant);
  expect((await browser.send(`/bills/${other.id}/payments`, {})).status).toBe(422);
});

const POLICY =
  /^default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; style-src 'self' 'nonce-([A-Za-z0-9+/]{22}==)'; script-src 'none'; form-action 'self'; report-uri \/csp-reports; report-to csp$/;

test('every page, errors included, carries the strict policy with a fresh nonce and is kept by nobody', async () => {
  const { bill, browser } = await payerOf();
  const bank = await browser.reachBank(bill.id);
  const pages = [
    await browser.open(`/bills/${bill.id}`),
    await browser.open(`/bills/${bill.id}`),
    await browser.open(bank),
    await browser.send(bank, { button: 'success' }),
    await browser.open('/bills/unknown'),
    await browser.send(bank, {}, { 'sec-fetch-site': 'cross-site' }),
  ];
  const nonces = pages.map(({ headers, markup }) => {
    const [, nonce = '?'] = POLICY.exec(headers.get('content-security-policy') ?? '') ?? [];
    expect(markup).toContain(`<style nonce="${nonce}">`);
    expect(headers.get('reporting-endpoints')).toBe('csp="/csp-reports"');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('permissions-policy')).toContain('payment=(self)');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
    return nonce;
  });
  expect(new Set(nonces).size).toBe(pages.length);
});

test('a chosen language stays through the bank and back', async () => {
  const { bill } = await payerOf();
  const browser = new PayerBrowser(api.app, { 'accept-language': 'en-GB,en;q=0.9' });
  expect((await browser.open(`/bills/${bill.id}`)).markup).toContain('Pay RM 2.00');
  const malay = await browser.open(`/bills/${bill.id}?lang=ms`);
  expect(malay.markup).toContain('>Bayar RM 2.00</button>');
  expect(malay.headers.get('content-language')).toBe('ms');
  const bank = await browser.reachBank(bill.id);
  expect((await browser.open(bank)).markup).toContain('>Berjaya</button>');
  const receipt = await browser.open(onward(await browser.send(bank, { button: 'success' })));
  expect(receipt.markup).toContain('Resit');
});

test('a browser without a wish reads the language of the profile', async () => {
  const { merchant, bill, browser } = await payerOf();
  await asOwner(bed, `update profiles set language = 'ms' where id = $1`, [merchant.profile.id]);
  expect((await browser.open(`/bills/${bill.id}`)).markup).toContain('>Bayar RM 2.00</button>');
});

test('the split recipients are named where the collection shows them', async () => {
  const [merchant, recipient] = await Promise.all([newMerchant(bed), newMerchant(bed)]);
  const collection = await createCollection(merchant.ctx, {
    title: `Collection ${randomUUID()}`,
    splitHeader: true,
    splits: [{ email: recipient.email, fixedCut: 10, variableCut: null }],
  });
  const bill = await newBill(merchant, { collectionId: collection.id });
  const page = await new PayerBrowser(api.app).open(`/bills/${bill.id}`);
  expect(page.markup).toContain(`Together with: ${recipient.profile.merchantName}`);
});

const DIRECT = { reference1Label: 'Bank Code', reference1: 'TEST0001' };

test('auto_submit leads to the bank, and only the request that follows makes the one payment', async () => {
  const { bill, browser } = await payerOf(DIRECT);
  const previews = [
    await browser.open(`/bills/${bill.id}?auto_submit=true`),
    await browser.head(`/bills/${bill.id}?auto_submit=true`),
  ];
  expect(previews.map(({ status }) => status)).toEqual([200, 200]);
  expect(await paymentsOf(bill)).toEqual([]);

  const page = await browser.open(`/bills/${bill.id}?auto_submit=true`);
  const target = onward(page);
  expect((await browser.head(target)).status).toBe(503);
  expect((await browser.open(target, { 'sec-purpose': 'prefetch' })).status).toBe(503);
  expect(await paymentsOf(bill)).toEqual([]);

  const gone = await browser.open(target);
  expect(gone.status).toBe(302);
  expect(onward(gone)).toMatch(/^\/sandbox\/banking\/sbx_/);
  const again = await browser.open(target);
  expect([again.status, again.next]).toEqual([302, `/bills/${bill.id}`]);
  expect(await paymentsOf(bill)).toHaveLength(1);

  const back = await browser.open(onward(await browser.send(onward(gone), { button: 'fail' })));
  expect(back.markup).toContain('The payment did not go through');
  await browser.open(target);
  expect(await paymentsOf(bill)).toHaveLength(1);
});

test('two requests with one target at once make one payment', async () => {
  const { bill, browser } = await payerOf(DIRECT);
  const target = onward(await browser.open(`/bills/${bill.id}?auto_submit=true`));
  const answers = await Promise.all([1, 2, 3, 4].map(() => browser.open(target)));
  expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 302]);
  expect(answers.filter(({ next }) => next?.startsWith('/sandbox/banking/'))).toHaveLength(1);
  expect(await paymentsOf(bill)).toHaveLength(1);
});

test('a target is good for fifteen minutes, for its own bill, and only as we wrote it', async () => {
  const { merchant, bill, browser } = await payerOf(DIRECT);
  const other = await newBill(merchant, DIRECT);
  const payer = merchant.payer();
  const ticket = await readDirectTicket(payer, bill.id);
  const inTime = at(payer, payer.now() + 15 * MINUTE_MS);
  await expect(payDirectly(inTime, bed.deps.gateways, bill.id, ticket)).rejects.toThrow('already_in_state');
  for (const path of [
    `/bills/${other.id}/direct/${ticket}`,
    `/bills/${bill.id}/direct/${ticket.slice(0, -1)}${ticket.endsWith('0') ? '1' : '0'}`,
    `/bills/${bill.id}/direct/zzzzzzzz-${ticket.split('-')[1]}`,
    `/bills/${bill.id}/direct/x`,
  ]) {
    expect((await browser.open(path)).next, path).toMatch(/^\/bills\/[0-9a-f]{16}$/);
  }
  expect([...(await paymentsOf(bill)), ...(await paymentsOf(other))]).toEqual([]);
});

test.each([
  ['another label', { ...DIRECT, reference1Label: 'Bank code' }],
  ['a code that is not listed', { ...DIRECT, reference1: 'MBU0227' }],
  ['a code in another case', { ...DIRECT, reference1: 'test0001' }],
  ['no code', { ...DIRECT, reference1: null }],
])('auto_submit with %s shows the choice page and no error', async (_what, wanted) => {
  const { bill, browser } = await payerOf(wanted);
  const page = await browser.open(`/bills/${bill.id}?auto_submit=true`);
  expect([page.status, page.next]).toEqual([200, null]);
  expect(page.markup).toContain('>Pay RM 2.00</button>');
  expect(page.markup).not.toContain('role="alert"');
});

test('without auto_submit=true, or with a payment under way, a Bank Direct bill shows its bank chosen already', async () => {
  const { bill, browser } = await payerOf(DIRECT);
  for (const query of ['', '?auto_submit=1', '?auto_submit=false']) {
    const page = await browser.open(`/bills/${bill.id}${query}`);
    expect([page.next, page.markup.includes('<option value="fpx:TEST0001" selected>')]).toEqual([null, true]);
  }
  await browser.reachBank(bill.id);
  const pending = await browser.open(`/bills/${bill.id}?auto_submit=true`);
  expect(pending.next).toBeNull();
  expect(pending.markup).toContain('A payment is already under way');
});

test('a bug becomes a page that tells the payer not to pay twice, and a log line with the id that it shows', async () => {
  const { bill } = await payerOf();
  const broken = openApi(bed, {
    gateways: () => {
      throw new Error('the gateway fell over');
    },
  });
  const browser = new PayerBrowser(broken.app, { 'x-request-id': 'req-500' });
  const page = await browser.send(`/bills/${bill.id}/payments`, { bank: 'fpx:TEST0001' });
  expect(page.status).toBe(500);
  for (const shown of ['please do not pay again', 'jangan bayar sekali lagi', 'req-500']) {
    expect(page.markup).toContain(shown);
  }
  expect(page.markup).not.toContain('fell over');
  expect(broken.complaints).toMatchObject([
    { requestId: 'req-500', error: { message: 'the gateway fell over' } },
  ]);
  // The row was there before the gateway heard of it: the workflow asks until the outcome is known.
  expect(await paymentsOf(bill)).toMatchObject([{ status: 'pending' }]);
  await broken.close();
});

test('a gateway that is away becomes a 503 with Retry-After', async () => {
  const { bill } = await payerOf();
  const away = openApi(bed, { gateways: (name) => bed.deps.gateways(`${name}-away`) });
  const page = await new PayerBrowser(away.app).send(`/bills/${bill.id}/payments`, { bank: 'fpx:TEST0001' });
  expect(page.status).toBe(503);
  expect(page.headers.get('retry-after')).toBe('30');
  await away.close();
});
