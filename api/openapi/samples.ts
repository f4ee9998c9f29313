import { FILE, type Sample } from './operation.ts';

/**
 * The seed's requests and answers, with our host for `www.billplz.com` and what billplz-api.md 7.1 permits (texts and
 * nulls where the sample is no valid JSON). What the seed does not have is marked as ours. Source: seed 004.
 */

const HOST = 'https://kekal.example.com';
const COLLECTION_ID = 'inbmmepb';
const OPEN_COLLECTION_ID = '0pp87t_6';
const BILL_ID = '8X0Iyzaw';
const ACCOUNT_NUMBER = '1234567890';

const REQUIRED = { name: 'required', summary: 'Required arguments only' };
const OPTIONAL = { name: 'optional', summary: 'With optional arguments' };
const PAGE = { page: 2, status: 'active' };

const ofCollection = { COLLECTION_ID };
const ofOpenCollection = { COLLECTION_ID: OPEN_COLLECTION_ID };
const ofBill = { BILL_ID };

const NO_LOGO = { thumb_url: null, avatar_url: null };
const LOGO = { thumb_url: `${HOST}/images/4a1c6f02d2b9`, avatar_url: `${HOST}/images/9e07b5a8c341` };
const NO_SPLIT = { email: null, fixed_cut: null, variable_cut: null, split_header: false };

const collectionV3 = {
  id: COLLECTION_ID,
  title: 'My First API Collection',
  logo: NO_LOGO,
  split_payment: NO_SPLIT,
};
const collectionV4 = {
  id: COLLECTION_ID,
  title: 'My First V4 API Collection',
  logo: NO_LOGO,
  split_header: false,
  split_payments: [],
};
const splitPayments = [
  { email: 'verified@account.com', fixed_cut: 100, variable_cut: 2, stack_order: 0 },
  { email: 'verified2@account.com', fixed_cut: 200, variable_cut: 3, stack_order: 1 },
];

export const createCollectionV3: [Sample, Sample] = [
  { ...REQUIRED, params: { title: 'My First API Collection' }, answer: collectionV3 },
  {
    ...OPTIONAL,
    params: {
      title: 'My First API Collection',
      logo: FILE,
      split_payment: { email: 'verified@account.com', fixed_cut: 100, split_header: true },
    },
    answer: {
      ...collectionV3,
      logo: LOGO,
      split_payment: {
        email: 'verified@account.com',
        fixed_cut: 100,
        variable_cut: null,
        split_header: true,
      },
    },
  },
];

export const getCollectionV3: [Sample] = [
  { name: 'example', summary: 'Example', path: ofCollection, answer: { ...collectionV3, status: 'active' } },
];

export const listCollectionsV3: [Sample, Sample] = [
  {
    name: 'all',
    summary: 'First page',
    answer: { collections: [{ ...collectionV3, status: 'active' }], page: 1 },
  },
  {
    ...OPTIONAL,
    params: PAGE,
    answer: { collections: [{ ...collectionV3, status: 'active' }], page: 2 },
  },
];

export const createCollectionV4: [Sample, Sample] = [
  { ...REQUIRED, params: { title: 'My First V4 API Collection' }, answer: collectionV4 },
  {
    ...OPTIONAL,
    params: { title: 'My First V4 API Collection', logo: FILE, split_payments: splitPayments },
    answer: { ...collectionV4, logo: LOGO, split_payments: splitPayments },
  },
];

export const getCollectionV4: [Sample] = [
  { name: 'example', summary: 'Example', path: ofCollection, answer: { ...collectionV4, status: 'active' } },
];

export const listCollectionsV4: [Sample, Sample] = [
  {
    name: 'all',
    summary: 'First page',
    answer: { collections: [{ ...collectionV4, status: 'active' }], page: 1 },
  },
  {
    ...OPTIONAL,
    params: PAGE,
    answer: { collections: [{ ...collectionV4, status: 'active' }], page: 2 },
  },
];

export const changeCollectionStatus: [Sample] = [
  { name: 'example', summary: 'Example', path: ofCollection, answer: {} },
];

const openDescription =
  'Maecenas eu placerat ante. Fusce ut neque justo, et aliquet enim. In hac habitasse platea dictumst.';
const openTerms = {
  id: OPEN_COLLECTION_ID,
  title: 'MY FIRST API OPEN COLLECTION',
  description: openDescription,
  reference_1_label: null,
  reference_2_label: null,
  email_link: null,
  amount: 299,
  fixed_amount: true,
  tax: null,
  fixed_quantity: true,
  payment_button: 'pay',
  photo: { retina_url: null, avatar_url: null },
};
const openUrl = `${HOST}/${OPEN_COLLECTION_ID}`;
const openCollectionV3 = { ...openTerms, split_payment: NO_SPLIT, url: openUrl };
const openCollectionV4 = { ...openTerms, split_header: false, split_payments: [], url: openUrl };

const openRequest = {
  title: 'My First API Open Collection',
  description: openDescription,
  fixed_amount: false,
  fixed_quantity: false,
  payment_button: 'buy',
  reference_1_label: 'ID No',
  reference_2_label: 'First Name',
  email_link: 'http://www.test.com',
  tax: 1,
  photo: FILE,
};
const openAnswer = {
  ...openTerms,
  reference_1_label: 'ID No',
  reference_2_label: 'First Name',
  email_link: 'http://www.test.com',
  amount: null,
  fixed_amount: false,
  tax: 1,
  fixed_quantity: false,
  payment_button: 'buy',
  photo: { retina_url: `${HOST}/images/77e1d0c93b52`, avatar_url: `${HOST}/images/0c5d8e1f6a24` },
};

export const createOpenCollectionV3: [Sample, Sample] = [
  {
    ...REQUIRED,
    params: { title: openRequest.title, description: openDescription, amount: 299 },
    answer: openCollectionV3,
  },
  {
    ...OPTIONAL,
    params: {
      ...openRequest,
      split_payment: { email: 'verified@account.com', variable_cut: 20, split_header: true },
    },
    answer: {
      ...openAnswer,
      split_payment: {
        email: 'verified@account.com',
        fixed_cut: null,
        variable_cut: 20,
        split_header: true,
      },
      url: openUrl,
    },
  },
];

export const createOpenCollectionV4: [Sample, Sample] = [
  {
    ...REQUIRED,
    params: { title: openRequest.title, description: openDescription, amount: 299 },
    answer: openCollectionV4,
  },
  {
    ...OPTIONAL,
    params: {
      ...openRequest,
      split_header: true,
      split_payments: [{ email: 'verified@account.com', variable_cut: 20, stack_order: 0 }],
    },
    answer: {
      ...openAnswer,
      split_header: true,
      split_payments: [{ email: 'verified@account.com', fixed_cut: null, variable_cut: 20, stack_order: 0 }],
      url: openUrl,
    },
  },
];

export const getOpenCollectionV3: [Sample] = [
  {
    name: 'example',
    summary: 'Example',
    path: ofOpenCollection,
    answer: { ...openCollectionV3, status: 'active' },
  },
];

export const getOpenCollectionV4: [Sample] = [
  {
    name: 'example',
    summary: 'Example',
    path: ofOpenCollection,
    answer: { ...openCollectionV4, status: 'active' },
  },
];

export const listOpenCollectionsV3: [Sample, Sample] = [
  {
    name: 'all',
    summary: 'First page',
    answer: { open_collections: [{ ...openCollectionV3, status: 'active' }], page: 1 },
  },
  {
    ...OPTIONAL,
    params: PAGE,
    answer: { open_collections: [{ ...openCollectionV3, status: 'active' }], page: 2 },
  },
];

export const listOpenCollectionsV4: [Sample, Sample] = [
  {
    name: 'all',
    summary: 'First page',
    answer: { open_collections: [{ ...openCollectionV4, status: 'active' }], page: 1 },
  },
  {
    ...OPTIONAL,
    params: PAGE,
    answer: { open_collections: [{ ...openCollectionV4, status: 'active' }], page: 2 },
  },
];

const bill = {
  id: BILL_ID,
  collection_id: COLLECTION_ID,
  paid: false,
  state: 'due',
  amount: 200,
  paid_amount: 0,
  due_at: '2015-3-9',
  email: 'api@billplz.com',
  mobile: null,
  name: 'MICHAEL API V3',
  url: `${HOST}/bills/${BILL_ID}`,
  reference_1_label: 'Reference 1',
  reference_1: null,
  reference_2_label: 'Reference 2',
  reference_2: null,
  redirect_url: null,
  callback_url: 'http://example.com/webhook/',
  description: 'Maecenas eu placerat ante.',
  paid_at: null,
};
const billWithAll = {
  ...bill,
  due_at: '2020-12-31',
  mobile: '+60112223333',
  reference_1_label: 'First Name',
  reference_1: 'Jordan',
  reference_2_label: 'Last Name',
  reference_2: 'Michael',
  redirect_url: 'http://example.com/redirect/',
};
const billRequest = {
  collection_id: COLLECTION_ID,
  description: 'Maecenas eu placerat ante.',
  email: 'api@billplz.com',
  name: 'Michael API V3',
  amount: 200,
  callback_url: 'http://example.com/webhook/',
};

export const createBill: [Sample, Sample] = [
  { ...REQUIRED, params: billRequest, answer: bill },
  {
    ...OPTIONAL,
    params: {
      ...billRequest,
      due_at: '2020-12-31',
      mobile: '+60112223333',
      reference_1_label: 'First Name',
      reference_2_label: 'Last Name',
      reference_1: 'Jordan',
      reference_2: 'Michael',
      deliver: false,
      redirect_url: 'http://example.com/redirect/',
    },
    answer: billWithAll,
  },
];

export const getBill: [Sample] = [{ name: 'example', summary: 'Example', path: ofBill, answer: billWithAll }];

export const deleteBill: [Sample] = [{ name: 'example', summary: 'Example', path: ofBill, answer: {} }];

const completed = {
  id: '60793D4707CD',
  status: 'completed',
  completed_at: '2017-02-23T12:49:23.612+08:00',
  payment_channel: 'FPX',
};
const failed = { id: '28F3D3194138', status: 'failed', completed_at: null, payment_channel: 'FPX' };

export const listTransactions: [Sample, Sample] = [
  {
    name: 'all',
    summary: 'First page',
    path: ofBill,
    answer: { bill_id: BILL_ID, transactions: [completed, failed], page: 1 },
  },
  {
    ...OPTIONAL,
    path: ofBill,
    params: { page: 1, status: 'completed' },
    answer: { bill_id: BILL_ID, transactions: [completed], page: 1 },
  },
];

const paypal = { code: 'paypal', name: 'PAYPAL', active: true };
const fpx = { code: 'fpx', name: 'Online Banking', active: true };

export const getPaymentMethods: [Sample] = [
  {
    name: 'example',
    summary: 'Example',
    path: ofCollection,
    answer: { payment_methods: [paypal, { ...fpx, active: false }] },
  },
];

export const setPaymentMethods: [Sample] = [
  {
    name: 'example',
    summary: 'Two methods on, all others off',
    path: ofCollection,
    params: { payment_methods: [{ code: 'fpx' }, { code: 'paypal' }] },
    answer: { payment_methods: [paypal, fpx] },
  },
];

const sara = {
  name: 'sara',
  id_no: '820909101001',
  acc_no: ACCOUNT_NUMBER,
  code: 'MBBEMYKL',
  organization: false,
  authorization_date: '2015-12-03',
  status: 'pending',
  processed_at: null,
  rejected_desc: null,
};
const dila = {
  name: 'dila',
  id_no: '820909101002',
  acc_no: '2234567890',
  code: 'MBBEMYKL',
  organization: true,
  authorization_date: '2015-12-03',
  status: 'verified',
  processed_at: '2015-12-05',
  rejected_desc: null,
};

export const listBankVerifications: [Sample] = [
  {
    name: 'example',
    summary: 'Three numbers, two of them known',
    params: { account_numbers: ['1234567890', '2234567890', '3234567890'] },
    answer: { bank_verification_services: [sara, dila] },
  },
];

export const getBankVerification: [Sample] = [
  {
    name: 'example',
    summary: 'Example',
    path: { BANK_ACCOUNT_NUMBER: ACCOUNT_NUMBER },
    answer: sara,
  },
];

export const createBankVerification: [Sample] = [
  {
    name: 'example',
    summary: 'Example',
    params: {
      name: 'Insan Jaya',
      id_no: '91234567890',
      acc_no: '999988887777',
      code: 'MBBEMYKL',
      organization: true,
    },
    answer: {
      name: 'Insan Jaya',
      id_no: '91234567890',
      acc_no: '999988887777',
      code: 'MBBEMYKL',
      organization: true,
      authorization_date: '2017-07-03',
      status: 'pending',
      processed_at: null,
      rejected_desc: null,
    },
  },
];

export const checkBankAccount: [Sample] = [
  {
    name: 'example',
    summary: 'Example',
    path: { BANK_ACCOUNT_NUMBER: ACCOUNT_NUMBER },
    answer: { name: 'verified' },
  },
];

/** The sample's `MBU0227` stands in no list of banks, its own included. */
export const listFpxBanks: [Sample] = [
  {
    name: 'example',
    summary: 'Example, shortened',
    answer: {
      banks: [
        { name: 'MB2U0227', active: true },
        { name: 'OCBC0229', active: false },
      ],
    },
  },
];

export const getWebhookRank: [Sample] = [{ name: 'example', summary: 'Example', answer: { rank: 0 } }];

/** Ours. */
export const listPaymentGateways: [Sample] = [
  {
    name: 'example',
    summary: 'Example, shortened',
    answer: {
      payment_gateways: [
        { code: 'MB2U0227', active: true, category: 'fpx' },
        { code: 'BP-FKR01', active: true, category: 'billplz' },
      ],
    },
  },
];

/** Ours. */
export const getReceiptDelivery: [Sample] = [
  {
    name: 'example',
    summary: 'Example',
    path: ofCollection,
    answer: { id: COLLECTION_ID, customer_receipt_delivery: 'global' },
  },
];

/** Ours. */
export const playPayment: [Sample, Sample] = [
  {
    ...REQUIRED,
    path: ofBill,
    params: { outcome: 'success' },
    answer: {
      ...billWithAll,
      paid: true,
      state: 'paid',
      paid_amount: 200,
      paid_at: '2018-09-27 15:15:09 +0800',
    },
  },
  {
    ...OPTIONAL,
    path: ofBill,
    params: { outcome: 'failed', method: 'fpx', bank_code: 'TEST0001' },
    answer: billWithAll,
  },
];

const OBJECT = 'callback:cb_0a1b2c3d4e5f60718293a4b5';

/** Ours. */
export const moveTime: [Sample, Sample] = [
  {
    name: 'by',
    summary: 'By a duration',
    params: { object: OBJECT, by: 'PT15M' },
    answer: { object: OBJECT, now: '2018-09-27T15:30:09.000+08:00' },
  },
  {
    name: 'to',
    summary: 'To an instant',
    params: { object: OBJECT, to: '2018-09-28T15:15:09+08:00' },
    answer: { object: OBJECT, now: '2018-09-28T15:15:09.000+08:00' },
  },
];
