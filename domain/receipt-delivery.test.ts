import { expect, test } from 'vitest';
import { isReceiptMailed } from './receipt-delivery.ts';

test.for([
  ['global', false, null, false],
  ['global', true, null, true],
  ['active', false, null, true],
  ['inactive', true, null, false],
  ['inactive', false, 'https://shop.test/thanks', true],
] as const)(
  'a collection set to %s under a profile set to %s, link %s: mailed %s',
  ([own, profile, link, mailed]) => {
    expect(isReceiptMailed(own, profile, link)).toBe(mailed);
  },
);
