import type { MailLanguage } from '#domain/mail.ts';
import { MONTH_NAMES } from '#domain/month-names.ts';

/** Every sentence of a mail; a language that lacks one does not compile. */
export interface MailTexts {
  /** January to December. */
  readonly months: (typeof MONTH_NAMES)['en'];
  readonly sandbox: string;
  readonly automatic: string;
  readonly hello: (name: string) => string;

  readonly billSubject: (merchant: string, amount: string) => string;
  readonly billIntro: (merchant: string) => string;
  readonly viewAndPay: string;
  readonly billSms: (merchant: string, amount: string, url: string) => string;

  readonly receiptSubject: (merchant: string, amount: string) => string;
  readonly receiptIntro: (merchant: string) => string;
  readonly viewReceipt: string;
  readonly followLink: (merchant: string) => string;

  readonly amountToPay: string;
  readonly amountPaid: string;
  readonly description: string;
  readonly billedTo: string;
  readonly dueDate: string;
  readonly billNumber: string;
  readonly paidTo: string;
  readonly paidAt: string;
  readonly transactionId: string;
  readonly channel: string;

  readonly alertSubject: (what: string) => string;
  readonly alertIntro: string;
  readonly alertAgain: string;
  readonly alertObject: string;
  readonly alertDetail: string;
  readonly alertProfile: string;
  readonly installation: string;
  /** By kind; a kind without a sentence shows its name. */
  readonly alertKinds: Readonly<Record<string, string>>;
}

const EN: MailTexts = {
  months: MONTH_NAMES.en,
  sandbox: 'Sandbox: no real money moves.',
  automatic: 'This message was written automatically.',
  hello: (name) => `Hello ${name},`,

  billSubject: (merchant, amount) => `Bill from ${merchant}: ${amount}`,
  billIntro: (merchant) => `${merchant} has sent you a bill.`,
  viewAndPay: 'View and pay',
  billSms: (merchant, amount, url) => `${merchant}: your bill of ${amount} is ready. View and pay: ${url}`,

  receiptSubject: (merchant, amount) => `Receipt from ${merchant}: ${amount}`,
  receiptIntro: (merchant) => `Thank you. ${merchant} has received your payment.`,
  viewReceipt: 'View the receipt',
  followLink: (merchant) => `${merchant} asks you to go on here:`,

  amountToPay: 'Amount to pay',
  amountPaid: 'Amount paid',
  description: 'Description',
  billedTo: 'Billed to',
  dueDate: 'Due date',
  billNumber: 'Bill number',
  paidTo: 'Paid to',
  paidAt: 'Paid at',
  transactionId: 'Transaction',
  channel: 'Paid through',

  alertSubject: (what) => `Needs attention: ${what}`,
  alertIntro: 'Something needs a person to look at it.',
  alertAgain: 'If it happens again before it is closed, it is counted and no other mail is sent.',
  alertObject: 'Concerns',
  alertDetail: 'Detail',
  alertProfile: 'Profile',
  installation: 'the whole installation',
  alertKinds: {
    calendar_end: 'the holiday calendar ends',
    callback_dropped: 'a callback was dropped',
    ledger_imbalance: 'the ledger does not balance',
    mail_failed: 'a mail could not be delivered',
    notice_unrouted: 'a notice belongs to no payment',
    payment_contradicted: 'a payment is contradicted',
    payment_unknown: 'the outcome of a payment is unknown',
    refund_failed: 'a refund failed',
    refund_unknown: 'the outcome of a refund is unknown',
    verification_overdue: 'a bank account waits for a decision',
  },
};

const MS: MailTexts = {
  months: MONTH_NAMES.ms,
  sandbox: 'Kotak pasir: tiada wang sebenar bergerak.',
  automatic: 'Mesej ini ditulis secara automatik.',
  hello: (name) => `Salam ${name},`,

  billSubject: (merchant, amount) => `Bil daripada ${merchant}: ${amount}`,
  billIntro: (merchant) => `${merchant} telah menghantar bil kepada anda.`,
  viewAndPay: 'Lihat dan bayar',
  billSms: (merchant, amount, url) =>
    `${merchant}: bil anda sebanyak ${amount} sudah sedia. Lihat dan bayar: ${url}`,

  receiptSubject: (merchant, amount) => `Resit daripada ${merchant}: ${amount}`,
  receiptIntro: (merchant) => `Terima kasih. ${merchant} telah menerima bayaran anda.`,
  viewReceipt: 'Lihat resit',
  followLink: (merchant) => `${merchant} meminta anda meneruskan di sini:`,

  amountToPay: 'Jumlah perlu dibayar',
  amountPaid: 'Jumlah dibayar',
  description: 'Keterangan',
  billedTo: 'Dibilkan kepada',
  dueDate: 'Tarikh akhir',
  billNumber: 'Nombor bil',
  paidTo: 'Dibayar kepada',
  paidAt: 'Masa bayaran',
  transactionId: 'Transaksi',
  channel: 'Saluran bayaran',

  alertSubject: (what) => `Perlu perhatian: ${what}`,
  alertIntro: 'Ada perkara yang perlu dilihat oleh seseorang.',
  alertAgain: 'Jika berulang sebelum ditutup, ia hanya dikira dan tiada e-mel lain dihantar.',
  alertObject: 'Berkenaan',
  alertDetail: 'Butiran',
  alertProfile: 'Profil',
  installation: 'seluruh pemasangan',
  alertKinds: {
    calendar_end: 'kalendar cuti akan tamat',
    callback_dropped: 'satu panggilan balik digugurkan',
    ledger_imbalance: 'lejar tidak seimbang',
    mail_failed: 'satu mel tidak dapat dihantar',
    notice_unrouted: 'satu notis tidak sepadan dengan mana-mana bayaran',
    payment_contradicted: 'satu bayaran bercanggah',
    payment_unknown: 'hasil satu bayaran tidak diketahui',
    refund_failed: 'satu bayaran balik gagal',
    refund_unknown: 'hasil satu bayaran balik tidak diketahui',
    verification_overdue: 'satu akaun bank menunggu keputusan',
  },
};

export const MAIL_TEXTS: Readonly<Record<MailLanguage, MailTexts>> = { en: EN, ms: MS };
