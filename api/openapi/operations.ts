import { BankVerification, BankVerifications, Registration } from '../billplz/answers/bank-verification.ts';
import { Bill, Transactions } from '../billplz/answers/bill.ts';
import {
  CollectionsV3,
  CollectionsV4,
  CollectionV3,
  CollectionV4,
  NewCollectionV3,
  NewCollectionV4,
} from '../billplz/answers/collection.ts';
import { Done } from '../billplz/answers/done.ts';
import { MovedTime } from '../billplz/answers/moved-time.ts';
import {
  NewOpenCollectionV3,
  NewOpenCollectionV4,
  OpenCollectionsV3,
  OpenCollectionsV4,
  OpenCollectionV3,
  OpenCollectionV4,
} from '../billplz/answers/open-collection.ts';
import { PaymentMethods } from '../billplz/answers/payment-methods.ts';
import { CustomerReceiptDelivery } from '../billplz/answers/receipt-delivery.ts';
import { FpxBanks, PaymentGateways, WebhookRank } from '../billplz/answers/standing.ts';
import { BankVerificationForm, BankVerificationIndexForm } from '../billplz/bank-verifications.ts';
import { TransactionIndexForm } from '../billplz/bills.ts';
import { CollectionIndexForm } from '../billplz/collections.ts';
import { CreateBillForm } from '../billplz/create-bill-form.ts';
import { CreateCollectionV3Form, CreateCollectionV4Form } from '../billplz/create-collection-form.ts';
import {
  CreateOpenCollectionV3Form,
  CreateOpenCollectionV4Form,
} from '../billplz/create-open-collection-form.ts';
import { OpenCollectionIndexForm } from '../billplz/open-collections.ts';
import { PaymentMethodsForm } from '../billplz/payment-methods.ts';
import { MoveTimeForm, PlayPaymentForm } from '../billplz/sandbox.ts';
import type { Operation } from './operation.ts';
import * as samples from './samples.ts';

const SPLIT_V3 =
  'Every recipient of a split is a verified company of this installation; v3 takes and shows one of them.';
const SPLIT_V4 =
  'Every recipient of a split is a verified company of this installation; at most two, `stack_order` 0 and 1 in the order of the list.';
const PAGED = 'Newest first, 15 a page; a page past the end is empty.';

const COLLECTIONS: readonly Operation[] = [
  {
    id: 'createCollectionV3',
    method: 'POST',
    path: '/api/v3/collections',
    tag: 'Collections',
    summary: 'Create a collection',
    description: SPLIT_V3,
    form: CreateCollectionV3Form,
    answer: ['NewCollectionV3', NewCollectionV3],
    samples: samples.createCollectionV3,
  },
  {
    id: 'getCollectionV3',
    method: 'GET',
    path: '/api/v3/collections/{COLLECTION_ID}',
    tag: 'Collections',
    summary: 'Get a collection',
    answer: ['CollectionV3', CollectionV3],
    samples: samples.getCollectionV3,
  },
  {
    id: 'listCollectionsV3',
    method: 'GET',
    path: '/api/v3/collections',
    tag: 'Collections',
    summary: 'List collections',
    description: PAGED,
    form: CollectionIndexForm,
    answer: ['CollectionsV3', CollectionsV3],
    samples: samples.listCollectionsV3,
  },
  {
    id: 'deactivateCollection',
    method: 'POST',
    path: '/api/v3/collections/{COLLECTION_ID}/deactivate',
    tag: 'Collections',
    summary: 'Deactivate a collection',
    description: 'Collections and open collections alike. Bills that were made before stay payable.',
    answer: ['Done', Done],
    samples: samples.changeCollectionStatus,
  },
  {
    id: 'activateCollection',
    method: 'POST',
    path: '/api/v3/collections/{COLLECTION_ID}/activate',
    tag: 'Collections',
    summary: 'Activate a collection',
    description: 'Collections and open collections alike.',
    answer: ['Done', Done],
    samples: samples.changeCollectionStatus,
  },
  {
    id: 'createCollectionV4',
    method: 'POST',
    path: '/api/v4/collections',
    tag: 'Collections',
    summary: 'Create a collection with up to two recipients',
    description: SPLIT_V4,
    form: CreateCollectionV4Form,
    answer: ['NewCollectionV4', NewCollectionV4],
    samples: samples.createCollectionV4,
  },
  {
    id: 'getCollectionV4',
    method: 'GET',
    path: '/api/v4/collections/{COLLECTION_ID}',
    tag: 'Collections',
    summary: 'Get a collection with every recipient',
    answer: ['CollectionV4', CollectionV4],
    samples: samples.getCollectionV4,
  },
  {
    id: 'listCollectionsV4',
    method: 'GET',
    path: '/api/v4/collections',
    tag: 'Collections',
    summary: 'List collections with every recipient',
    description: PAGED,
    form: CollectionIndexForm,
    answer: ['CollectionsV4', CollectionsV4],
    samples: samples.listCollectionsV4,
  },
];

const OPEN_COLLECTIONS: readonly Operation[] = [
  {
    id: 'createOpenCollectionV3',
    method: 'POST',
    path: '/api/v3/open_collections',
    tag: 'Open collections',
    summary: 'Create an open collection: a payment form',
    description: `\`amount\` is needed where \`fixed_amount\` is true and ignored where it is false. ${SPLIT_V3}`,
    form: CreateOpenCollectionV3Form,
    answer: ['NewOpenCollectionV3', NewOpenCollectionV3],
    samples: samples.createOpenCollectionV3,
  },
  {
    id: 'getOpenCollectionV3',
    method: 'GET',
    path: '/api/v3/open_collections/{COLLECTION_ID}',
    tag: 'Open collections',
    summary: 'Get an open collection',
    answer: ['OpenCollectionV3', OpenCollectionV3],
    samples: samples.getOpenCollectionV3,
  },
  {
    id: 'listOpenCollectionsV3',
    method: 'GET',
    path: '/api/v3/open_collections',
    tag: 'Open collections',
    summary: 'List open collections',
    description: PAGED,
    form: OpenCollectionIndexForm,
    answer: ['OpenCollectionsV3', OpenCollectionsV3],
    samples: samples.listOpenCollectionsV3,
  },
  {
    id: 'createOpenCollectionV4',
    method: 'POST',
    path: '/api/v4/open_collections',
    tag: 'Open collections',
    summary: 'Create an open collection with up to two recipients',
    description: `\`amount\` is needed where \`fixed_amount\` is true and ignored where it is false. ${SPLIT_V4}`,
    form: CreateOpenCollectionV4Form,
    answer: ['NewOpenCollectionV4', NewOpenCollectionV4],
    samples: samples.createOpenCollectionV4,
  },
  {
    id: 'getOpenCollectionV4',
    method: 'GET',
    path: '/api/v4/open_collections/{COLLECTION_ID}',
    tag: 'Open collections',
    summary: 'Get an open collection with every recipient',
    answer: ['OpenCollectionV4', OpenCollectionV4],
    samples: samples.getOpenCollectionV4,
  },
  {
    id: 'listOpenCollectionsV4',
    method: 'GET',
    path: '/api/v4/open_collections',
    tag: 'Open collections',
    summary: 'List open collections with every recipient',
    description: PAGED,
    form: OpenCollectionIndexForm,
    answer: ['OpenCollectionsV4', OpenCollectionsV4],
    samples: samples.listOpenCollectionsV4,
  },
];

const BILLS: readonly Operation[] = [
  {
    id: 'createBill',
    method: 'POST',
    path: '/api/v3/bills',
    tag: 'Bills',
    summary: 'Create a bill',
    description:
      '`email` or `mobile` is needed. A collection that is unknown, or an open one, is 404; an inactive one becomes active.',
    form: CreateBillForm,
    answer: ['Bill', Bill],
    mayMiss: true,
    samples: samples.createBill,
  },
  {
    id: 'getBill',
    method: 'GET',
    path: '/api/v3/bills/{BILL_ID}',
    tag: 'Bills',
    summary: 'Get a bill',
    description: 'A bill that was deleted or has expired answers with its last data and `state` `hidden`.',
    answer: ['Bill', Bill],
    samples: samples.getBill,
  },
  {
    id: 'deleteBill',
    method: 'DELETE',
    path: '/api/v3/bills/{BILL_ID}',
    tag: 'Bills',
    summary: 'Delete a bill',
    description: 'A paid bill stays: 422. Deleting it again changes nothing.',
    answer: ['Done', Done],
    samples: samples.deleteBill,
  },
  {
    id: 'listTransactions',
    method: 'GET',
    path: '/api/v3/bills/{BILL_ID}/transactions',
    tag: 'Bills',
    summary: 'List the transactions of a bill',
    description: PAGED,
    form: TransactionIndexForm,
    answer: ['Transactions', Transactions],
    samples: samples.listTransactions,
  },
];

const PAYMENT_METHODS: readonly Operation[] = [
  {
    id: 'getPaymentMethods',
    method: 'GET',
    path: '/api/v3/collections/{COLLECTION_ID}/payment_methods',
    tag: 'Payment methods',
    summary: 'List the payment methods of a collection',
    description: 'Every method that the profile could use, for collections of both kinds.',
    answer: ['PaymentMethods', PaymentMethods],
    samples: samples.getPaymentMethods,
  },
  {
    id: 'setPaymentMethods',
    method: 'PUT',
    path: '/api/v3/collections/{COLLECTION_ID}/payment_methods',
    tag: 'Payment methods',
    summary: 'Replace the payment methods of a collection',
    description: 'Codes that are sent are on, all others off; unknown ones are ignored.',
    form: PaymentMethodsForm,
    answer: ['PaymentMethods', PaymentMethods],
    samples: samples.setPaymentMethods,
  },
];

const BANK_VERIFICATIONS: readonly Operation[] = [
  {
    id: 'listBankVerifications',
    method: 'GET',
    path: '/api/v3/bank_verification_services',
    tag: 'Bank account verification',
    summary: 'List bank accounts by their numbers',
    description:
      'The newest registration of each number, in the order asked; unknown ones are left out, ten at most.',
    form: BankVerificationIndexForm,
    answer: ['BankVerifications', BankVerifications],
    samples: samples.listBankVerifications,
  },
  {
    id: 'getBankVerification',
    method: 'GET',
    path: '/api/v3/bank_verification_services/{BANK_ACCOUNT_NUMBER}',
    tag: 'Bank account verification',
    summary: 'Get a bank account',
    answer: ['BankVerification', BankVerification],
    samples: samples.getBankVerification,
  },
  {
    id: 'createBankVerification',
    method: 'POST',
    path: '/api/v3/bank_verification_services',
    tag: 'Bank account verification',
    summary: 'Register a bank account',
    description:
      'Decided on the third working day. All five fields as in a registration that is pending or verified: that one again.',
    form: BankVerificationForm,
    answer: ['BankVerification', BankVerification],
    samples: samples.createBankVerification,
  },
  {
    id: 'checkBankAccount',
    method: 'GET',
    path: '/api/v3/check/bank_account_number/{BANK_ACCOUNT_NUMBER}',
    tag: 'Bank account verification',
    summary: 'Check the registration of a bank account',
    answer: ['Registration', Registration],
    samples: samples.checkBankAccount,
  },
];

const STANDING: readonly Operation[] = [
  {
    id: 'listFpxBanks',
    method: 'GET',
    path: '/api/v3/fpx_banks',
    tag: 'Banks and gateways',
    summary: 'List the FPX banks',
    description: 'Codes for `reference_1` of a bill whose page is skipped; TEST codes in sandbox only.',
    answer: ['FpxBanks', FpxBanks],
    samples: samples.listFpxBanks,
  },
  {
    id: 'listPaymentGateways',
    method: 'GET',
    path: '/api/v4/payment_gateways',
    tag: 'Banks and gateways',
    summary: 'List every code that a bill may name',
    answer: ['PaymentGateways', PaymentGateways],
    samples: samples.listPaymentGateways,
  },
  {
    id: 'getWebhookRank',
    method: 'GET',
    path: '/api/v4/webhook_rank',
    tag: 'Callbacks',
    summary: 'Get the rank of your callbacks',
    description: 'Written with one decimal: 0.0 is the best, 10.0 the worst.',
    answer: ['WebhookRank', WebhookRank],
    samples: samples.getWebhookRank,
  },
];

const RECEIPT_PATH = '/api/v4/collections/{COLLECTION_ID}/customer_receipt_delivery';

function setsReceiptDelivery(verb: 'activate' | 'deactivate' | 'global', summary: string): Operation {
  return {
    id: `${verb}CustomerReceiptDelivery`,
    method: 'POST',
    path: `${RECEIPT_PATH}/${verb}`,
    tag: 'Customer receipts',
    summary,
    answer: ['Done', Done],
    samples: samples.changeCollectionStatus,
  };
}

const RECEIPTS: readonly Operation[] = [
  {
    id: 'getCustomerReceiptDelivery',
    method: 'GET',
    path: RECEIPT_PATH,
    tag: 'Customer receipts',
    summary: 'Whether payers of a collection are mailed a receipt',
    answer: ['CustomerReceiptDelivery', CustomerReceiptDelivery],
    samples: samples.getReceiptDelivery,
  },
  setsReceiptDelivery('activate', 'Mail receipts to payers of a collection'),
  setsReceiptDelivery('deactivate', 'Mail no receipts to payers of a collection'),
  setsReceiptDelivery('global', 'Mail receipts as the profile says'),
];

const SANDBOX: readonly Operation[] = [
  {
    id: 'playPayment',
    method: 'POST',
    path: '/api/sandbox/bills/{BILL_ID}/payments',
    tag: 'Sandbox',
    summary: 'Play a payer',
    description: 'Sandbox profiles only. Answers once the payment is booked; the callback follows as ever.',
    form: PlayPaymentForm,
    answer: ['Bill', Bill],
    samples: samples.playPayment,
  },
  {
    id: 'moveTime',
    method: 'POST',
    path: '/api/sandbox/time',
    tag: 'Sandbox',
    summary: 'Move an object through time',
    description:
      'Sandbox profiles only. Forward, two years at most: `by` or `to`, not both. Answers once all that was due is done.',
    form: MoveTimeForm,
    answer: ['MovedTime', MovedTime],
    mayMiss: true,
    anyKey: true,
    samples: samples.moveTime,
  },
];

/** Every operation of the Billplz-compatible API; `openapi.db.test.ts` holds it against the routes. */
export const OPERATIONS: readonly Operation[] = [
  ...COLLECTIONS,
  ...OPEN_COLLECTIONS,
  ...BILLS,
  ...PAYMENT_METHODS,
  ...BANK_VERIFICATIONS,
  ...STANDING,
  ...RECEIPTS,
  ...SANDBOX,
];
