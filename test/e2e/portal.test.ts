import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPortal } from '#stack/portal.ts';
import { openProduct, type Product } from '../engine/product.ts';
import { newBill, pay } from '../fixtures/bill.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { newMerchant, type TestMerchant } from '../fixtures/merchant.ts';
import { callbacksOf, watchCallback } from '../fixtures/owed-callback.ts';
import { newPerson, PASSWORD } from '../fixtures/portal.ts';
import { type Receiver, startReceiver } from '../fixtures/receiver.ts';
import { secondProfile } from '../fixtures/second-profile.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PHONE = { width: 320, height: 640 };
const DESK = { width: 1280, height: 900 };

let product: Product;
let browser: Browser;
let receiver: Receiver;
let merchant: TestMerchant;
let axe: string;
beforeAll(async () => {
  await buildPortal(ROOT, () => {});
  axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  [product, browser, receiver] = await Promise.all([openProduct(), openBrowser(), startReceiver(500)]);
  merchant = await newMerchant(product);
});
afterAll(async () => {
  await browser.close();
  await receiver.close();
  await product.close();
});

interface Visit {
  readonly page: Page;
  /** What the browser complained of: scripts, styles and addresses that the policy forbids among them. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A browser window that nobody used before. */
async function visit(path: string): Promise<Visit> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.setViewport(DESK);
  await page.goto(`${product.url}${path}`);
  return { page, complaints, close: () => context.close() };
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.locator('::-p-aria([name="E-mail"])').fill(email);
  await page.locator('::-p-aria([name="Password"][role="textbox"])').fill(password);
  await page.locator('::-p-aria([name="Sign in"][role="button"])').click();
}

/** Waits for the words to stand anywhere on the page. */
async function reads(page: Page, words: string): Promise<void> {
  await page.waitForFunction((text) => document.body.innerText.includes(text), {}, words);
}

async function press(page: Page, name: string, role = 'button'): Promise<void> {
  await page.locator(`::-p-aria([name="${name}"][role="${role}"])`).click();
}

async function expectAccessible(page: Page, screen: string): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => {
      const endless = effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
      return playState !== 'running' || endless;
    }),
  );
  const session = await page.createCDPSession();
  const { result } = await session.send('Runtime.evaluate', {
    expression: `${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))`,
    awaitPromise: true,
    returnByValue: true,
  });
  expect(result.value, screen).toEqual([]);
}

test('staff sign in, find a bill, see why its callback failed and when it comes again, and send it by hand', async () => {
  const user = await newPerson(product, merchant, 'admin');
  const bill = await newBill(merchant, {
    name: 'Aminah Yusof',
    amountSen: 123_456,
    callbackUrl: receiver.url,
  });
  await newBill(merchant, { name: 'Somebody Else', collectionId: bill.collectionId });
  await pay(product, merchant, bill);
  const [owed] = await callbacksOf(merchant, bill.id);
  await watchCallback(merchant, receiver, owed!.id).made(1);

  const { page, complaints, close } = await visit('/');
  await signIn(page, user.email, 'a wrong password');
  await reads(page, 'E-mail or password is wrong.');
  expect(complaints.splice(0)).toEqual([expect.stringContaining('401')]);
  await expectAccessible(page, 'sign-in');
  await signIn(page, user.email);
  await reads(page, 'Somebody Else');
  await expectAccessible(page, 'list');

  await page.locator('::-p-aria([name="Search bills"])').fill('aminah');
  await page.waitForFunction(() => !document.body.innerText.includes('Somebody Else'));
  expect(page.url()).toContain('q=aminah');
  await press(page, 'Aminah Yusof', 'link');
  await reads(page, 'Attempt 2 of 5 due at');
  await reads(page, 'HTTP 500');
  expect(await page.$eval('h1', (heading) => heading.innerText)).toBe('RM 1,234.56');
  await expectAccessible(page, 'bill');

  receiver.behave(200);
  await press(page, 'Redeliver');
  await reads(page, 'Send this callback once more?');
  await expectAccessible(page, 'dialogue');
  await press(page, 'Send now');
  await reads(page, 'Delivered: the receiver answered HTTP 200.');
  await page.keyboard.press('Escape');
  await page.waitForSelector('[role=dialog]', { hidden: true });
  await reads(page, 'By hand');
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([owed!.id, owed!.id]);
  receiver.behave(500);

  await page.goBack();
  expect(page.url()).toContain('q=aminah');
  expect(complaints).toEqual([]);
  await close();
});

test('every screen fits a phone, in the dark and in Malay', async () => {
  const user = await newPerson(product, merchant, 'accountant');
  const bill = await newBill(merchant, { name: 'Siti Nurhaliza binti Tarudin' });
  await pay(product, merchant, bill);
  const { page, close } = await visit('/portal/bills');
  await page.evaluate(() => {
    localStorage.setItem('kekal-language', 'ms');
    localStorage.setItem('mantine-color-scheme-value', 'dark');
  });
  await page.setViewport(PHONE);
  await page.reload();
  await page.locator('::-p-aria([name="E-mel"])').fill(user.email);
  await page.locator('::-p-aria([name="Kata laluan"][role="textbox"])').fill(PASSWORD);
  await press(page, 'Log masuk');
  await reads(page, 'Siti Nurhaliza');
  for (const [path, words] of [
    ['/portal/bills', 'Siti Nurhaliza'],
    ['/portal/bills?q=nobody', 'Tiada bil yang sepadan'],
    [`/portal/bills/${bill.id}`, 'Panggil balik'],
    ['/portal/bills/nothing', 'Bil ini tiada'],
    ['/portal/nowhere', 'Halaman ini tiada'],
  ] as const) {
    await page.goto(`${product.url}${path}`);
    await reads(page, words);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(PHONE.width);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ms');
    await expectAccessible(page, path);
  }
  await close();
});

test('what a role may not do is not offered', async () => {
  const user = await newPerson(product, merchant, 'normal');
  const bill = await newBill(merchant, { name: 'Lim Wei Jie', callbackUrl: receiver.url });
  await pay(product, merchant, bill);
  const { page, close } = await visit(`/portal/bills/${bill.id}`);
  await signIn(page, user.email);
  await reads(page, 'webhook-id');
  expect(page.url()).toBe(`${product.url}/portal/bills/${bill.id}`);
  expect(await page.$('::-p-aria([name="Redeliver"])')).toBeNull();
  await close();
});

test('somebody with two profiles chooses one, switches, and a second tab follows', async () => {
  const second = await secondProfile(product, merchant);
  const user = await newPerson(product, merchant, 'admin', [merchant.profile.id, second.id]);
  const bill = await newBill(merchant, { name: 'Priya Nair' });
  const { page, close } = await visit('/portal');
  await signIn(page, user.email);
  await reads(page, 'Choose a profile');
  await expectAccessible(page, 'profiles');
  await page.locator(`::-p-text(${second.name})`).click();
  await reads(page, 'No bills yet');
  await expectAccessible(page, 'empty list');

  const other = await page.browserContext().newPage();
  await other.goto(`${product.url}/portal/bills`);
  await reads(other, 'No bills yet');
  await other.locator('header button[aria-haspopup=menu]').click();
  await other.locator(`[role=menuitem]::-p-text(${merchant.profile.name})`).click();
  await reads(other, 'Priya Nair');

  await page.bringToFront();
  await page.locator('::-p-aria([name="Search bills"])').fill('priya');
  await reads(page, 'You switched to another profile in another tab.');
  await reads(page, bill.id);
  await close();
});

test('after signing out nothing of before is shown, and the way back leads to where one was', async () => {
  const user = await newPerson(product, merchant, 'admin');
  const { page, close } = await visit('/portal/bills?state=paid');
  await signIn(page, user.email);
  await reads(page, 'Times in');
  expect(page.url()).toContain('state=paid');
  await page.locator('header button[aria-haspopup=menu]').click();
  await page.locator('[role=menuitem]::-p-text(Sign out)').click();
  await reads(page, 'Welcome back.');
  await page.goBack();
  await reads(page, 'Welcome back.');
  await close();
});

test('the first screen needs less than 250 kB of script over the wire', async () => {
  const { page, close } = await visit('/portal');
  await reads(page, 'Welcome back.');
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => entry.name.endsWith('.js'))
      .reduce((sum, entry) => sum + entry.transferSize, 0),
  );
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(250_000);
  await close();
});
