import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOpenCollection } from '#services/collection/create-open.ts';
import { setCollectionStatus } from '#services/collection/set-status.ts';
import { openProduct, type Product } from '../engine/product.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';

const PHONE = { width: 360, height: 740 };

let product: Product;
let browser: Browser;
let axe: string;
let merchant: TestMerchant;
let partner: TestMerchant;
beforeAll(async () => {
  const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
  [product, browser, axe] = await Promise.all([openProduct(), openBrowser(), readFile(source, 'utf8')]);
  [merchant, partner] = await Promise.all([newMerchant(product), newMerchant(product)]);
});
afterAll(async () => {
  await browser.close();
  await product.close();
});

/** Amount and quantity are the payer's, with 6 percent tax, and a partner takes a fifth. */
async function openForm(): Promise<string> {
  const { id } = await createOpenCollection(merchant.ctx, {
    title: 'School fund',
    description: 'For the new library',
    amountSen: null,
    fixedQuantity: false,
    paymentButton: 'buy',
    reference1Label: 'Class',
    reference2Label: null,
    emailLink: null,
    tax: 6,
    redirectUri: null,
    splitHeader: true,
    splits: [{ email: partner.email, fixedCut: null, variableCut: 20 }],
  });
  return id;
}

async function visit(path: string): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage(); // a payer of its own, without cookies
  await page.setViewport(PHONE);
  await page.goto(`${product.url}${path}`);
  return page;
}

/** Nothing that axe objects to, no sideways scrolling; the page's words. */
async function examined(page: Page): Promise<string> {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string }[] };
  expect(violations.map(({ id }) => id)).toEqual([]);
  return String(await page.evaluate('document.body.innerText'));
}

async function type(page: Page, name: string, value: string): Promise<void> {
  await page.locator(`input[name="${name}"]`).fill(value);
}

async function press(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.locator(`::-p-aria([name="${name}"])`).click()]);
}

test('a payer fills in amount and quantity, pays the total with its tax, and keeps a receipt', async () => {
  const page = await visit(`/${await openForm()}`);
  const form = await examined(page);
  expect(form).toContain('For the new library');
  expect(form).toContain(partner.profile.merchantName);

  await type(page, 'amount', '12.345');
  await press(page, 'Buy');
  expect(await examined(page)).toContain('two decimals at most');
  await type(page, 'amount', '12.50');
  await type(page, 'quantity', '3');
  await type(page, 'reference_1', '5A');
  await type(page, 'name', 'Aminah');
  await type(page, 'email', 'aminah@payer.test');
  await press(page, 'Buy');
  await page.waitForFunction('location.pathname.startsWith("/bills/")');

  const bill = await examined(page);
  expect(bill).toContain('RM 39.75'); // 3 x 12.50 and 6 percent
  expect(bill).toContain('5A');
  expect(bill).toContain(partner.profile.merchantName);
  await page.select('select', 'fpx:TEST0001');
  await press(page, 'Pay RM 39.75');
  await page.locator('::-p-aria([name="Success"][role="button"])').click();
  await page.waitForFunction('document.title.startsWith("Receipt")');
  const receipt = await examined(page);
  expect(receipt).toContain('RM 39.75');
  expect(receipt).toContain(partner.profile.merchantName);
  await page.close();
});

test('the form speaks Malay to who asks for it', async () => {
  const page = await visit(`/${await openForm()}?lang=ms`);
  expect(await page.evaluate('document.documentElement.lang')).toBe('ms');
  const words = await examined(page);
  expect(words).not.toContain('Your name');
  expect(words).toContain('English'); // the way back
  await page.close();
});

test('an inactive collection says so and offers no form', async () => {
  const id = await openForm();
  await setCollectionStatus(merchant.ctx, { id, status: 'inactive' });
  const page = await visit(`/${id}`);
  expect(await examined(page)).toContain('Not accepting payments');
  expect(await page.$('form')).toBeNull();
  await page.close();
});
