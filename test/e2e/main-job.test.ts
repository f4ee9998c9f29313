import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '#services/ledger/verify.ts';
import { openXSignatureKey } from '#services/profile/secrets.ts';
import { verifyX } from '#services/signing/x-signature.ts';
import { openProduct, type Product } from '../engine/product.ts';
import { until } from '../engine/until.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { type Receiver, startReceiver } from '../fixtures/receiver.ts';

let product: Product;
let browser: Browser;
let receiver: Receiver;
let merchant: TestMerchant;
beforeAll(async () => {
  [product, browser, receiver] = await Promise.all([openProduct(), openBrowser(), startReceiver(200)]);
  merchant = await newMerchant(product);
});
afterAll(async () => {
  await browser.close();
  await receiver.close();
  await product.close();
});

const authorization = () => `Basic ${Buffer.from(`${merchant.apiKey}:`).toString('base64')}`;

async function call(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(`${product.url}${path}`, {
    ...init,
    headers: { authorization: authorization(), ...init.headers },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

function multipart(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

type Encode = (fields: Record<string, string>) => { query?: string; init: RequestInit };

const ENCODINGS: readonly (readonly [string, Encode])[] = [
  ['form', (fields) => ({ init: { method: 'POST', body: new URLSearchParams(fields) } })],
  [
    'json',
    (fields) => ({
      init: { method: 'POST', body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } },
    }),
  ],
  ['multipart', (fields) => ({ init: { method: 'POST', body: multipart(fields) } })],
  ['query', (fields) => ({ query: `?${new URLSearchParams(fields).toString()}`, init: { method: 'POST' } })],
];

test.for(ENCODINGS)(
  'a bill made by %s, paid on its page in a browser, owes one signed callback and a signed redirect',
  async ([name, encode]) => {
    const send = (path: string, fields: Record<string, string>) => {
      const { query = '', init } = encode(fields);
      return call(`${path}${query}`, init);
    };
    const collection = await send('/api/v3/collections', { title: `Paid by ${name}` });
    const bill = await send('/api/v3/bills', {
      collection_id: String(collection.id),
      email: 'aminah@payer.test',
      name: 'Aminah',
      amount: '200',
      callback_url: receiver.url,
      redirect_url: `${new URL(receiver.url).origin}/back?shop=7`,
      description: 'A coffee',
    });

    const page = await browser.newPage();
    await page.goto(String(bill.url));
    await page.select('select', await bankValue(page));
    await Promise.all([page.waitForNavigation(), page.locator('::-p-aria([name="Pay RM 2.00"])').click()]);
    await page.locator('::-p-aria([name="Success"][role="button"])').click();
    await page.waitForFunction('location.pathname === "/back"');

    const back = new URL(page.url());
    expect(back.searchParams.get('shop')).toBe('7');
    const key = await merchant.ctx.inTransaction((tx) => openXSignatureKey(tx, merchant.ctx));
    expect(verifyX({ billplz: billplzParams(back) }, key)).toBe(true);
    expect(back.searchParams.get('billplz[paid]')).toBe('true');
    await page.close();

    const ours = () => receiver.received.filter(({ form }) => form.id === bill.id);
    await until('the callback came', () => ours().length > 0);
    expect(ours()).toHaveLength(1);
    expect(verifyX(ours()[0]?.form ?? {}, key)).toBe(true);
    expect(await call(`/api/v3/bills/${String(bill.id)}`)).toMatchObject({
      paid: true,
      state: 'paid',
      paid_amount: 200,
    });
  },
);

test('after all that the ledger sums to zero and every payment is booked', async () => {
  const { findings, balances } = await verifyLedger(product.deps.systemCtx());
  expect(findings).toEqual([]);
  expect(balances.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
  expect(balances).toContainEqual({ account: 'merchant_balance', currency: 'MYR', amountMinor: -800 });
});

/** The option of the first sandbox test bank. */
async function bankValue(page: Awaited<ReturnType<Browser['newPage']>>): Promise<string> {
  const values = await page.$$eval('select option', (options) => options.map(({ value }) => value));
  const value = values.find((candidate) => candidate.includes('TEST0001'));
  if (value === undefined) throw new Error(`no test bank among ${values.join(', ')}`);
  return value;
}

function billplzParams(url: URL): Record<string, string> {
  const pairs = [...url.searchParams].flatMap(([name, value]) => {
    const [, key] = /^billplz\[(\w+)\]$/.exec(name) ?? [];
    return key === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(pairs);
}
