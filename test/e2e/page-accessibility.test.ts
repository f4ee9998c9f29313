import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '../engine/testbed.ts';
import { openApi, type TestApi } from '../fixtures/api.ts';
import { newBill } from '../fixtures/bill.ts';
import { openBrowser } from '../fixtures/browser.ts';
import { newMerchant } from '../fixtures/merchant.ts';
import { PayerBrowser } from '../fixtures/payer.ts';

const PHONE = { width: 360, height: 740 };

let bed: Testbed;
let api: TestApi;
let browser: Browser;
let axe: string;
beforeAll(async () => {
  const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
  [bed, browser, axe] = await Promise.all([openTestbed(), openBrowser(), readFile(source, 'utf8')]);
  api = openApi(bed);
});
afterAll(async () => {
  await browser.close();
  await api.close();
  await bed.close();
});

/** Every kind of page as a payer of one bill meets it. */
async function everyPage(): Promise<[name: string, markup: string][]> {
  const merchant = await newMerchant(bed);
  const bill = await newBill(merchant, { reference1Label: 'Student', reference1: 'A-17' });
  const payer = new PayerBrowser(api.app);
  const due = await payer.open(`/bills/${bill.id}`);
  const failure = await payer.pay(bill.id, 'fail');
  const bankPath = await payer.reachBank(bill.id);
  const bank = await payer.open(bankPath);
  const left = await payer.send(bankPath, { button: 'pending' });
  const pending = await payer.open(`/bills/${bill.id}`);
  const unconfirmed = await payer.send(`/bills/${bill.id}/payments`, { bank: 'fpx:TEST0001' });
  const leaving = await payer.send(bankPath, { button: 'success' });
  const receipt = await payer.open(`/bills/${bill.id}?lang=ms`);
  const missing = await payer.open('/nowhere');
  return Object.entries({ due, failure, bank, left, pending, unconfirmed, leaving, receipt, missing }).map(
    ([name, { markup }]) => [name, markup],
  );
}

test('every page passes axe in light and dark and fits a narrow phone', async () => {
  for (const [name, markup] of await everyPage()) {
    for (const scheme of ['light', 'dark']) {
      const page = await browser.newPage();
      await page.setViewport(PHONE);
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.setContent(markup);
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${name} ${scheme}`).toBe(
        PHONE.width,
      );
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string }[] };
      expect(
        violations.map(({ id }) => id),
        `${name} ${scheme}`,
      ).toEqual([]);
      await page.close();
    }
  }
});
