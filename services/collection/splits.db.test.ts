import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestbed, type Testbed } from '../../test/engine/testbed.ts';
import { newMerchant } from '../../test/fixtures/merchant.ts';
import { createCollection } from './create.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await openTestbed();
});
afterAll(() => bed.close());

test('a recipient is found however its e-mail is written, and the answer shows it as sent', async () => {
  const [owner, recipient] = await Promise.all([newMerchant(bed), newMerchant(bed)]);
  const email = recipient.email.toUpperCase();
  const { splits } = await createCollection(owner.ctx, {
    title: 'Shared',
    splits: [{ email, fixedCut: null, variableCut: 10 }],
  });
  expect(splits).toEqual([{ merchantId: recipient.merchantId, email, fixedCut: null, variableCut: 10 }]);
});
