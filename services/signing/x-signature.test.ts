import { expect, test } from 'vitest';
import { type SignableParams, xSignatureSource } from '#domain/x-signature.ts';
import { hmacSha512Hex, signX, verifyX } from './x-signature.ts';

interface Vector {
  readonly name: string;
  readonly key: string;
  readonly params: SignableParams;
  readonly source: string;
  readonly digest: string;
}

const V4_PARAMS = {
  id: 'W_79pJDk',
  collection_id: '599',
  paid: 'true',
  state: 'paid',
  amount: '200',
  paid_amount: '0',
  due_at: '2020-12-31',
  email: 'api@billplz.com',
  mobile: '+60112223333',
  name: 'MICHAEL API',
  url: 'http://billplz.dev/bills/W_79pJDk',
  paid_at: '2015-03-09 16:23:59 +0800',
};
const V6_BILLPLZ = { id: 'W_79pJDk', paid: 'true', paid_at: '2018-03-12 12:46:36 +0800' };
const TRANSACTION = { transaction_id: 'AC4GC031F42H', transaction_status: 'completed' };

/** billplz-api.md 5, V1 to V8; parameters in the order in which they are sent. */
const VECTORS: Vector[] = [
  {
    name: 'V1',
    key: 'S-s7b4yWpp9h7rrkNM1i3Z_g',
    params: {
      id: 'zq0tm2wc',
      collection_id: 'yhx5t1pp',
      paid: true,
      state: 'paid',
      amount: 100,
      paid_amount: 100,
      due_at: '2018-9-27',
      email: 'tester@test.com',
      mobile: null,
      name: 'TESTER',
      url: 'http://billplz-staging.herokuapp.com/bills/zq0tm2wc',
      paid_at: '2018-09-27 15:15:09 +0800',
    },
    source:
      'amount100|collection_idyhx5t1pp|due_at2018-9-27|emailtester@test.com|idzq0tm2wc|mobile|nameTESTER|' +
      'paid_amount100|paid_at2018-09-27 15:15:09 +0800|paidtrue|statepaid|' +
      'urlhttp://billplz-staging.herokuapp.com/bills/zq0tm2wc',
    digest: 'f700880531938f3c16d2b06e195509a381db4ba7f4e771d1aaf93ca468102276',
  },
  {
    name: 'V2',
    key: 'S-s7b4yWpp9h7rrkNM1i3Z_g',
    params: { billplz: { id: 'zq0tm2wc', paid: 'true', paid_at: '2018-09-27 15:15:09 +0800' } },
    source: 'billplzidzq0tm2wc|billplzpaid_at2018-09-27 15:15:09 +0800|billplzpaidtrue',
    digest: '4aab095fe5a39b1d534500988f9a0cb085cd1b6d5bbb55dd4e02ea6fa102b47b',
  },
  {
    name: 'V3',
    key: 'abc123cde456',
    params: {
      collection_id: 'inbmmepb',
      email: 'api@billplz.com',
      name: 'Michael',
      amount: '200',
      callback_url: 'https://example.com/webhook',
      description: 'testing',
    },
    source:
      'amount200|callback_urlhttps://example.com/webhook|collection_idinbmmepb|descriptiontesting|' +
      'emailapi@billplz.com|nameMichael',
    digest: 'ef5e54a22af0925cba88fab467119742e90262e3646eea1dee3949938daf3a38',
  },
  {
    name: 'V4',
    key: 'abc123cde456',
    params: V4_PARAMS,
    source:
      'amount200|collection_id599|due_at2020-12-31|emailapi@billplz.com|idW_79pJDk|mobile+60112223333|' +
      'nameMICHAEL API|paid_amount0|paid_at2015-03-09 16:23:59 +0800|paidtrue|statepaid|' +
      'urlhttp://billplz.dev/bills/W_79pJDk',
    digest: 'f0ff6c564f98d5403e2b26fbd3d45309c76eb68d8c5bcda0d48b541c3502a396',
  },
  {
    name: 'V5',
    key: 'foobar',
    params: { ...V4_PARAMS, ...TRANSACTION },
    source:
      'amount200|collection_id599|due_at2020-12-31|emailapi@billplz.com|idW_79pJDk|mobile+60112223333|' +
      'nameMICHAEL API|paid_amount0|paid_at2015-03-09 16:23:59 +0800|paidtrue|statepaid|' +
      'transaction_idAC4GC031F42H|transaction_statuscompleted|urlhttp://billplz.dev/bills/W_79pJDk',
    digest: 'c0041545dca8ceb082b29f544559465a0757b4208fe1ca74351128bc74402cf5',
  },
  {
    name: 'V6',
    key: 'foobar',
    params: { billplz: V6_BILLPLZ },
    source: 'billplzidW_79pJDk|billplzpaid_at2018-03-12 12:46:36 +0800|billplzpaidtrue',
    digest: 'a4ec01becf3b5f0221d1ad4a1296d77d1e9f8d3cc2d4404973d863983a25760f',
  },
  {
    name: 'V7',
    key: 'foobar',
    params: { billplz: { ...V6_BILLPLZ, ...TRANSACTION } },
    source:
      'billplzidW_79pJDk|billplzpaid_at2018-03-12 12:46:36 +0800|billplzpaidtrue|' +
      'billplztransaction_idAC4GC031F42H|billplztransaction_statuscompleted',
    digest: 'af43b15a12607f4965ae5bc03223c4bdcccc7d6f6e3535dda10451337eca78b7',
  },
  {
    name: 'V8',
    key: 'S-R5t3Uw6SrwXNWyZV-naVHg',
    params: {
      id: 'ediomtyu',
      mass_payment_instruction_collection_id: 'bbk2nh77',
      bank_code: 'CIBBMYKL',
      bank_account_number: '9230248',
      identity_number: 'PC0011H',
      name: 'Michael Yap',
      description: 'Maecenas eu placerat ante.',
      email: 'api@billplz.com',
      status: 'completed',
      notification: false,
      recipient_notification: true,
      reference_id: null,
      total: '1',
      paid_at: '02/08/2021',
    },
    source:
      'bank_account_number9230248|bank_codeCIBBMYKL|descriptionMaecenas eu placerat ante.|emailapi@billplz.com|' +
      'idediomtyu|identity_numberPC0011H|mass_payment_instruction_collection_idbbk2nh77|nameMichael Yap|' +
      'notificationfalse|paid_at02/08/2021|recipient_notificationtrue|reference_id|statuscompleted|total1',
    digest: 'f815155154fa4fbef2bf5482fe8ab4273bc5125facf9c880ad634bceca292f8f',
  },
];

test.each(VECTORS)('$name: the source string is exact', ({ params, source }) => {
  expect(xSignatureSource(params)).toBe(source);
});

test.each(VECTORS)('$name: the digest is exact, and verifies where it is sent', ({ params, key, digest }) => {
  expect(signX(params, key)).toBe(digest);
  const sent: SignableParams =
    typeof params.billplz === 'object'
      ? { billplz: { ...(params.billplz as SignableParams), x_signature: digest } }
      : { ...params, x_signature: digest };
  expect(verifyX(sent, key)).toBe(true);
});

test.each([
  [
    'C1',
    'My payment order title1681724303',
    '575c35c13ba37ccc2a434529e5082a71a574d304ba007592af44339d4436467d6a49107c95e51905cd80dce0f745760bd42fe73e2bc3bcd7ab79d07cc7fb4fa4',
  ],
  [
    'C2',
    '0b924e37-7418-4d17-b234-8de424dc48e51234567890refunded500000My first payment order1681895891',
    '2720f5ef16c7d04677829789fb74bccb08b90041e4e27916d85cb6fbbece58a7ab48538e8b62bcedab3b236bd38e6517860b593b8fe9bfa77bed979994f2ca1a',
  ],
])('%s: the checksum is exact', (_name, text, digest) => {
  expect(hmacSha512Hex(text, 'S-R5t3Uw6SrwXNWyZV-naVHg')).toBe(digest);
});

test.each<[string, SignableParams]>([
  ['no signature', { id: '1' }],
  ['an empty one', { id: '1', x_signature: '' }],
  ['one that is no text', { id: '1', x_signature: ['a'] }],
  ['another length', { id: '1', x_signature: 'abc' }],
  ['a changed parameter', { id: '2', x_signature: signX({ id: '1' }, 'key') }],
  ['an added parameter', { id: '1', paid: 'true', x_signature: signX({ id: '1' }, 'key') }],
  ['another key', { id: '1', x_signature: signX({ id: '1' }, 'other') }],
  ['upper-case hex', { id: '1', x_signature: signX({ id: '1' }, 'key').toUpperCase() }],
  [
    'two signatures',
    { id: '1', x_signature: signX({ id: '1' }, 'key'), more: { x_signature: signX({ id: '1' }, 'key') } },
  ],
])('%s does not verify', (_what, params) => {
  expect(verifyX(params, 'key')).toBe(false);
});

test('a card callback carries its signature as checksum', () => {
  const params = { id: '1', card_number: '1118', status: 'active' };
  const checksum = signX(params, 'key', 'checksum');
  expect(verifyX({ ...params, checksum }, 'key', 'checksum')).toBe(true);
  expect(verifyX({ ...params, checksum }, 'key')).toBe(false);
});
