import type { Language } from './language.ts';

/** What the page of an open collection says besides the texts of every page. */
export interface OpenCollectionTexts {
  readonly amount: (currency: string) => string;
  readonly amountHint: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly total: string;
  readonly tax: (percent: number, amount: string) => string;
  readonly taxToCome: (percent: number) => string;
  readonly name: string;
  readonly email: string;
  readonly mobile: string;
  readonly optional: string;
  readonly buttons: { readonly pay: string; readonly buy: string };
  readonly nextStep: string;
  readonly mistakes: string;
  readonly problems: {
    readonly required: string;
    readonly tooLong: string;
    readonly amount: string;
    readonly tooMuch: string;
    readonly quantity: (most: number) => string;
    readonly email: string;
    readonly mobile: string;
  };
  readonly closedTitle: string;
  readonly closedText: (merchant: string) => string;
}

const en: OpenCollectionTexts = {
  amount: (currency) => `Amount (${currency})`,
  amountHint: 'For example 25.50',
  quantity: 'Quantity',
  unitPrice: 'Price',
  total: 'Amount to pay',
  tax: (percent, amount) => `Including ${percent}% tax: ${amount}`,
  taxToCome: (percent) => `${percent}% tax is added. You see the total before you pay.`,
  name: 'Your name',
  email: 'E-mail',
  mobile: 'Mobile number',
  optional: 'optional',
  buttons: { pay: 'Pay', buy: 'Buy' },
  nextStep: 'On the next page you choose your bank.',
  mistakes: 'Please correct the fields that are marked.',
  problems: {
    required: 'Please fill in this field.',
    tooLong: 'This is too long.',
    amount: 'Please enter an amount above zero, with two decimals at most, such as 25.50.',
    tooMuch: 'This adds up to more than can be paid at once.',
    quantity: (most) => `Please enter a whole number from 1 to ${most}.`,
    email: 'Please check the e-mail address.',
    mobile: 'Please check the mobile number. Example: 012-345 6789.',
  },
  closedTitle: 'Not accepting payments',
  closedText: (merchant) => `This payment form is closed. Please contact ${merchant}.`,
};

const ms: OpenCollectionTexts = {
  amount: (currency) => `Jumlah (${currency})`,
  amountHint: 'Contohnya 25.50',
  quantity: 'Kuantiti',
  unitPrice: 'Harga',
  total: 'Jumlah perlu dibayar',
  tax: (percent, amount) => `Termasuk cukai ${percent}%: ${amount}`,
  taxToCome: (percent) => `Cukai ${percent}% akan ditambah. Anda melihat jumlah penuh sebelum membayar.`,
  name: 'Nama anda',
  email: 'E-mel',
  mobile: 'Nombor telefon bimbit',
  optional: 'pilihan',
  buttons: { pay: 'Bayar', buy: 'Beli' },
  nextStep: 'Di halaman seterusnya anda memilih bank anda.',
  mistakes: 'Sila betulkan medan yang ditanda.',
  problems: {
    required: 'Sila isi medan ini.',
    tooLong: 'Ini terlalu panjang.',
    amount: 'Sila masukkan jumlah lebih daripada sifar, paling banyak dua tempat perpuluhan, seperti 25.50.',
    tooMuch: 'Jumlah keseluruhan melebihi had bagi satu bayaran.',
    quantity: (most) => `Sila masukkan nombor bulat dari 1 hingga ${most}.`,
    email: 'Sila semak alamat e-mel.',
    mobile: 'Sila semak nombor telefon bimbit. Contoh: 012-345 6789.',
  },
  closedTitle: 'Tidak menerima bayaran',
  closedText: (merchant) => `Borang bayaran ini telah ditutup. Sila hubungi ${merchant}.`,
};

export const OPEN_COLLECTION_TEXTS: Readonly<Record<Language, OpenCollectionTexts>> = { en, ms };
