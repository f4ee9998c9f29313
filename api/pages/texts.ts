import type { Language } from './language.ts';
import { MONTH_NAMES } from '#domain/month-names.ts';

/** Every sentence that a payer can meet; a language that lacks one does not compile. */
export interface Texts {
  /** Of this language, in this language. */
  readonly languageName: string;
  readonly months: (typeof MONTH_NAMES)['en'];
  readonly skipToContent: string;
  readonly sandboxBanner: string;
  readonly poweredBy: string;

  readonly bill: string;
  readonly billTitle: (title: string) => string;
  readonly amountToPay: string;
  readonly billedTo: string;
  readonly description: string;
  readonly dueDate: string;
  readonly billNumber: string;
  readonly inCooperationWith: string;

  readonly bankLabel: string;
  readonly bankPlaceholder: string;
  readonly onlineBanking: string;
  readonly otherMethods: string;
  readonly pay: (amount: string) => string;
  readonly leavesForBank: string;
  readonly chooseABank: string;
  readonly notOffered: string;
  readonly pendingTitle: string;
  readonly pendingNotice: string;
  readonly payAgain: string;
  readonly confirmFirst: string;
  readonly noMethod: string;

  readonly goingOnTitle: string;
  readonly goingToBank: string;
  readonly goingToMerchant: string;
  readonly goingBack: string;
  readonly goOn: string;

  readonly receipt: string;
  readonly receiptThanks: string;
  readonly amountPaid: string;
  readonly paidAt: string;
  readonly paidTo: string;
  readonly transactionId: string;
  readonly channel: string;
  readonly keepReceipt: string;
  readonly paidTwice: string;

  readonly failureTitle: string;
  readonly failureReasons: {
    readonly refused_by_payer: string;
    readonly abandoned: string;
    readonly not_found: string;
    readonly insufficient_funds: string;
    readonly other: string;
  };
  readonly nothingTaken: string;
  readonly tryAgain: string;
  readonly backToBill: string;

  readonly waitingTitle: string;
  readonly waitingText: string;
  readonly lookAgain: string;

  readonly expiredTitle: string;
  readonly expiredText: (merchant: string) => string;

  readonly bankTitle: string;
  readonly bankNotice: string;
  readonly bankSandbox: string;
  readonly bank: string;
  readonly bankButtons: {
    readonly success: string;
    readonly fail: string;
    readonly pending: string;
    readonly settleSuccess: string;
    readonly settleFail: string;
  };
  readonly bankPending: string;
  readonly bankDone: { readonly paid: string; readonly failed: string; readonly abandoned: string };
  readonly bankAbandonedButOpen: string;
  readonly backToMerchant: string;

  readonly errors: {
    readonly notFound: { readonly title: string; readonly text: string };
    readonly refused: { readonly title: string; readonly text: string };
    readonly insecure: { readonly title: string; readonly text: string };
    readonly cardData: { readonly title: string; readonly text: string };
    readonly tooLarge: { readonly title: string; readonly text: string };
    readonly tooMany: { readonly title: string; readonly text: string };
    readonly broken: { readonly title: string; readonly text: string };
    readonly unavailable: { readonly title: string; readonly text: string };
  };
  readonly requestId: string;
}

const en: Texts = {
  languageName: 'English',
  months: MONTH_NAMES.en,
  skipToContent: 'Skip to content',
  sandboxBanner: 'Test mode: no real money moves.',
  poweredBy: 'Secure payment by Kekal',

  bill: 'Bill',
  billTitle: (title) => `Bill: ${title}`,
  amountToPay: 'Amount to pay',
  billedTo: 'Billed to',
  description: 'Description',
  dueDate: 'Due date',
  billNumber: 'Bill number',
  inCooperationWith: 'Together with',

  bankLabel: 'Bank or payment method',
  bankPlaceholder: 'Choose how to pay',
  onlineBanking: 'Online banking',
  otherMethods: 'Other methods',
  pay: (amount) => `Pay ${amount}`,
  leavesForBank: 'You will be taken to your bank to approve the payment.',
  chooseABank: 'Please choose a bank or payment method from the list.',
  notOffered: 'This way to pay is not available now. Please choose another one.',
  pendingTitle: 'A payment is already under way',
  pendingNotice:
    'The bank has not confirmed a payment of this bill yet. If you paid, please open this page again in a few minutes: it shows the receipt once the bank has confirmed. If you pay again, you may pay twice.',
  payAgain: 'I understand, and I want to pay again',
  confirmFirst: 'A payment of this bill is under way. Please confirm that you want to pay again.',
  noMethod: 'This bill cannot be paid at the moment. Please try again later or contact the merchant.',

  goingOnTitle: 'One moment',
  goingToBank: 'We are taking you to your bank.',
  goingToMerchant: 'We are taking you back to the merchant.',
  goingBack: 'We are taking you on.',
  goOn: 'Continue',

  receipt: 'Receipt',
  receiptThanks: 'Thank you. Your payment has been received.',
  amountPaid: 'Amount paid',
  paidAt: 'Paid on',
  paidTo: 'Paid to',
  transactionId: 'Transaction ID',
  channel: 'Payment channel',
  keepReceipt: 'Print or save this page with your browser to keep the receipt.',
  paidTwice:
    'This bill had been paid before. Your second payment was received as well, and it is marked for a refund by the merchant.',

  failureTitle: 'The payment did not go through',
  failureReasons: {
    refused_by_payer: 'The payment was cancelled or refused at the bank.',
    abandoned: 'The bank’s page was closed before the payment was approved.',
    not_found: 'The bank has no record of this payment.',
    insufficient_funds: 'There is not enough money in the account.',
    other: 'The bank declined the payment.',
  },
  nothingTaken: 'This bill has not been paid. Nothing is charged for a payment that fails.',
  tryAgain: 'Try again',
  backToBill: 'Back to the bill',

  waitingTitle: 'Waiting for the bank',
  waitingText:
    'The bank has not confirmed your payment yet. Please do not pay again. This page looks again by itself, and you may also close it: the merchant is told as soon as the bank confirms.',
  lookAgain: 'Look again now',

  expiredTitle: 'This bill has expired',
  expiredText: (merchant) => `It can no longer be paid. Please contact ${merchant} for a new one.`,

  bankTitle: 'Test bank',
  bankNotice: 'This page plays the bank. Choose how the payment ends.',
  bankSandbox: 'No real bank, no real money.',
  bank: 'Bank',
  bankButtons: {
    success: 'Success',
    fail: 'Fail',
    pending: 'Pending',
    settleSuccess: 'Settle as success',
    settleFail: 'Settle as failed',
  },
  bankPending:
    'The payment is pending at the bank. Without a click it succeeds 15 minutes after it became pending.',
  bankDone: {
    paid: 'This payment has succeeded.',
    failed: 'This payment has failed.',
    abandoned: 'This session has ended without an answer.',
  },
  bankAbandonedButOpen: 'A late answer is still possible:',
  backToMerchant: 'Return to the merchant',

  errors: {
    notFound: {
      title: 'Page not found',
      text: 'There is nothing at this address. Please check the link, or ask whoever sent it to you for a new one.',
    },
    refused: {
      title: 'This request was not accepted',
      text: 'It did not come from our own page. Nothing was paid. Please open the bill again and pay from there.',
    },
    insecure: {
      title: 'This connection is not secure',
      text: 'Payments need a secure connection. Please open this address again with https:// in front.',
    },
    cardData: {
      title: 'Card data is not accepted',
      text: 'Please never type a card number here. What you sent was not kept, and nothing was paid.',
    },
    tooLarge: { title: 'This request is too large', text: 'Nothing was paid. Please open the bill again.' },
    tooMany: {
      title: 'Too many tries',
      text: 'Please wait a few minutes and try again. Nothing was paid by this try.',
    },
    broken: {
      title: 'Something went wrong on our side',
      text: 'If you were paying, please do not pay again: open the bill in a few minutes, and it shows whether the payment arrived. We have been told of the error.',
    },
    unavailable: {
      title: 'We are not available at the moment',
      text: 'Please try again in a minute. If you were paying, please do not pay again before the bill has shown you whether the payment arrived.',
    },
  },
  requestId: 'Reference for support',
};

const ms: Texts = {
  languageName: 'Bahasa Melayu',
  months: MONTH_NAMES.ms,
  skipToContent: 'Terus ke kandungan',
  sandboxBanner: 'Mod ujian: tiada wang sebenar terlibat.',
  poweredBy: 'Pembayaran selamat oleh Kekal',

  bill: 'Bil',
  billTitle: (title) => `Bil: ${title}`,
  amountToPay: 'Jumlah perlu dibayar',
  billedTo: 'Dibilkan kepada',
  description: 'Keterangan',
  dueDate: 'Tarikh akhir bayaran',
  billNumber: 'Nombor bil',
  inCooperationWith: 'Bersama',

  bankLabel: 'Bank atau cara pembayaran',
  bankPlaceholder: 'Pilih cara pembayaran',
  onlineBanking: 'Perbankan dalam talian',
  otherMethods: 'Cara lain',
  pay: (amount) => `Bayar ${amount}`,
  leavesForBank: 'Anda akan dibawa ke bank anda untuk meluluskan pembayaran.',
  chooseABank: 'Sila pilih bank atau cara pembayaran daripada senarai.',
  notOffered: 'Cara pembayaran ini tidak tersedia sekarang. Sila pilih yang lain.',
  pendingTitle: 'Satu pembayaran sedang diproses',
  pendingNotice:
    'Bank belum mengesahkan satu pembayaran bagi bil ini. Jika anda sudah membayar, sila buka halaman ini semula dalam beberapa minit: ia memaparkan resit setelah bank mengesahkannya. Jika anda membayar sekali lagi, anda mungkin membayar dua kali.',
  payAgain: 'Saya faham, dan saya mahu membayar sekali lagi',
  confirmFirst:
    'Satu pembayaran bagi bil ini sedang diproses. Sila sahkan bahawa anda mahu membayar sekali lagi.',
  noMethod: 'Bil ini tidak dapat dibayar buat masa ini. Sila cuba lagi kemudian atau hubungi peniaga.',

  goingOnTitle: 'Sebentar',
  goingToBank: 'Kami sedang membawa anda ke bank anda.',
  goingToMerchant: 'Kami sedang membawa anda kembali kepada peniaga.',
  goingBack: 'Kami sedang membawa anda ke halaman seterusnya.',
  goOn: 'Teruskan',

  receipt: 'Resit',
  receiptThanks: 'Terima kasih. Pembayaran anda telah diterima.',
  amountPaid: 'Jumlah dibayar',
  paidAt: 'Dibayar pada',
  paidTo: 'Dibayar kepada',
  transactionId: 'ID transaksi',
  channel: 'Saluran pembayaran',
  keepReceipt: 'Cetak atau simpan halaman ini dengan pelayar anda untuk menyimpan resit.',
  paidTwice:
    'Bil ini telah dibayar sebelum ini. Pembayaran kedua anda turut diterima, dan telah ditanda untuk dipulangkan oleh peniaga.',

  failureTitle: 'Pembayaran tidak berjaya',
  failureReasons: {
    refused_by_payer: 'Pembayaran dibatalkan atau ditolak di bank.',
    abandoned: 'Halaman bank ditutup sebelum pembayaran diluluskan.',
    not_found: 'Bank tidak mempunyai rekod pembayaran ini.',
    insufficient_funds: 'Baki dalam akaun tidak mencukupi.',
    other: 'Bank menolak pembayaran ini.',
  },
  nothingTaken: 'Bil ini belum dibayar. Tiada caj dikenakan bagi pembayaran yang gagal.',
  tryAgain: 'Cuba lagi',
  backToBill: 'Kembali ke bil',

  waitingTitle: 'Menunggu pengesahan bank',
  waitingText:
    'Bank belum mengesahkan pembayaran anda. Sila jangan bayar sekali lagi. Halaman ini menyemak semula dengan sendiri, dan anda juga boleh menutupnya: peniaga dimaklumkan sebaik sahaja bank mengesahkan.',
  lookAgain: 'Semak semula sekarang',

  expiredTitle: 'Bil ini telah tamat tempoh',
  expiredText: (merchant) =>
    `Bil ini tidak boleh dibayar lagi. Sila hubungi ${merchant} untuk bil yang baharu.`,

  bankTitle: 'Bank ujian',
  bankNotice: 'Halaman ini berlakon sebagai bank. Pilih bagaimana pembayaran ini berakhir.',
  bankSandbox: 'Bukan bank sebenar, bukan wang sebenar.',
  bank: 'Bank',
  bankButtons: {
    success: 'Berjaya',
    fail: 'Gagal',
    pending: 'Tertunda',
    settleSuccess: 'Selesaikan sebagai berjaya',
    settleFail: 'Selesaikan sebagai gagal',
  },
  bankPending: 'Pembayaran ini tertunda di bank. Tanpa klik, ia berjaya 15 minit selepas menjadi tertunda.',
  bankDone: {
    paid: 'Pembayaran ini telah berjaya.',
    failed: 'Pembayaran ini telah gagal.',
    abandoned: 'Sesi ini telah tamat tanpa jawapan.',
  },
  bankAbandonedButOpen: 'Jawapan lewat masih boleh diberi:',
  backToMerchant: 'Kembali kepada peniaga',

  errors: {
    notFound: {
      title: 'Halaman tidak dijumpai',
      text: 'Tiada apa-apa di alamat ini. Sila semak pautan, atau minta pautan baharu daripada pengirimnya.',
    },
    refused: {
      title: 'Permintaan ini tidak diterima',
      text: 'Ia tidak datang daripada halaman kami sendiri. Tiada bayaran dibuat. Sila buka bil itu semula dan bayar dari sana.',
    },
    insecure: {
      title: 'Sambungan ini tidak selamat',
      text: 'Pembayaran memerlukan sambungan selamat. Sila buka alamat ini semula dengan https:// di hadapannya.',
    },
    cardData: {
      title: 'Data kad tidak diterima',
      text: 'Sila jangan taip nombor kad di sini. Apa yang anda hantar tidak disimpan, dan tiada bayaran dibuat.',
    },
    tooLarge: {
      title: 'Permintaan ini terlalu besar',
      text: 'Tiada bayaran dibuat. Sila buka bil itu semula.',
    },
    tooMany: {
      title: 'Terlalu banyak percubaan',
      text: 'Sila tunggu beberapa minit dan cuba lagi. Tiada bayaran dibuat oleh percubaan ini.',
    },
    broken: {
      title: 'Berlaku masalah di pihak kami',
      text: 'Jika anda sedang membayar, sila jangan bayar sekali lagi: buka bil itu dalam beberapa minit, dan ia menunjukkan sama ada pembayaran telah tiba. Kami telah dimaklumkan tentang ralat ini.',
    },
    unavailable: {
      title: 'Kami tidak tersedia buat masa ini',
      text: 'Sila cuba lagi sebentar lagi. Jika anda sedang membayar, sila jangan bayar sekali lagi sebelum bil menunjukkan sama ada pembayaran telah tiba.',
    },
  },
  requestId: 'Rujukan untuk bantuan',
};

export const TEXTS: Readonly<Record<Language, Texts>> = { en, ms };
