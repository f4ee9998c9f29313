export interface Bank {
  /** Case-sensitive. */
  readonly code: string;
  readonly name: string;
}

export interface FpxBank extends Bank {
  /** Listed for sandbox profiles only. */
  readonly sandboxOnly: boolean;
}

const fpx = (code: string, name: string): FpxBank => ({ code, name, sandboxOnly: false });
const test = (number: string): FpxBank => ({
  code: `TEST${number}`,
  name: `Test ${number}`,
  sandboxOnly: true,
});

/** In the order in which the API lists them. Source: seed 004, "FPX Bank Abbreviations". */
export const FPX_BANKS: readonly FpxBank[] = [
  fpx('ABMB0212', 'Alliance Bank'),
  fpx('ABB0233', 'Affin Bank'),
  fpx('AMBB0209', 'AmBank'),
  fpx('BCBB0235', 'CIMB Clicks'),
  fpx('BIMB0340', 'Bank Islam'),
  fpx('BKRM0602', 'Bank Rakyat'),
  fpx('BMMB0341', 'Bank Muamalat'),
  fpx('BSN0601', 'BSN'),
  fpx('CIT0217', 'Citibank Berhad'),
  fpx('HLB0224', 'Hong Leong Bank'),
  fpx('HSBC0223', 'HSBC Bank'),
  fpx('KFH0346', 'Kuwait Finance House'),
  fpx('MB2U0227', 'Maybank2u'),
  fpx('MBB0227', 'Maybank2E'),
  fpx('MBB0228', 'Maybank2E'),
  fpx('OCBC0229', 'OCBC Bank'),
  fpx('PBB0233', 'Public Bank'),
  fpx('RHB0218', 'RHB Now'),
  fpx('SCB0216', 'Standard Chartered'),
  fpx('UOB0226', 'UOB Bank'),
  ...['0001', '0002', '0003', '0004', '0021', '0022', '0023'].map(test),
];

/** Banks that payouts go to and account verifications name. Source: seed 004, "Bank Code Table". */
export const SWIFT_BANKS: readonly Bank[] = [
  { code: 'PHBMMYKL', name: 'Affin Bank Berhad' },
  { code: 'BPMBMYKL', name: 'AGROBANK / BANK PERTANIAN MALAYSIA BERHAD' },
  { code: 'MFBBMYKL', name: 'Alliance Bank Malaysia Berhad' },
  { code: 'RJHIMYKL', name: 'AL RAJHI BANKING & INVESTMENT CORPORATION (MALAYSIA) BERHAD' },
  { code: 'ARBKMYKL', name: 'AmBank (M) Berhad' },
  { code: 'BIMBMYKL', name: 'Bank Islam Malaysia Berhad' },
  { code: 'BKRMMYKL', name: 'Bank Kerjasama Rakyat Malaysia Berhad' },
  { code: 'BMMBMYKL', name: 'Bank Muamalat (Malaysia) Berhad' },
  { code: 'BSNAMYK1', name: 'Bank Simpanan Nasional Berhad' },
  { code: 'CIBBMYKL', name: 'CIMB Bank Berhad' },
  { code: 'CITIMYKL', name: 'Citibank Berhad' },
  { code: 'HLBBMYKL', name: 'Hong Leong Bank Berhad' },
  { code: 'HBMBMYKL', name: 'HSBC Bank Malaysia Berhad' },
  { code: 'MBBEMYKL', name: 'Maybank / Malayan Banking Berhad' },
  { code: 'OCBCMYKL', name: 'OCBC Bank (Malaysia) Berhad' },
  { code: 'PBBEMYKL', name: 'Public Bank Berhad' },
  { code: 'RHBBMYKL', name: 'RHB Bank Berhad' },
  { code: 'SCBLMYKX', name: 'Standard Chartered Bank (Malaysia) Berhad' },
  { code: 'UOVBMYKL', name: 'United Overseas Bank (Malaysia) Berhad' },
];

export type PaymentMethodCode =
  | 'paypal'
  | 'fpx'
  | 'fpxb2b1'
  | 'cimb'
  | 'boost'
  | '2c2p'
  | 'stripe'
  | 'cardcorp'
  | 'billplz';

export interface PaymentMethod {
  readonly code: PaymentMethodCode;
  readonly name: string;
  /** `payment_channel` of its transactions. */
  readonly channel: string;
  /** The sandbox gateway plays it. */
  readonly inSandbox: boolean;
  readonly sandboxOnly: boolean;
  /** The code that stands for the method where a bank code is asked for; methods with banks have theirs. */
  readonly directCode?: string;
}

/** In the order in which the API lists them. Source: billplz-api.md 2.6, 2.7 and 2.14. */
export const PAYMENT_METHODS: readonly PaymentMethod[] = [
  { code: 'paypal', name: 'PAYPAL', channel: 'PAYPAL', inSandbox: true, sandboxOnly: false },
  { code: 'fpx', name: 'Online Banking', channel: 'FPX', inSandbox: true, sandboxOnly: false },
  { code: 'fpxb2b1', name: 'FPXB2B1', channel: 'FPXB2B1', inSandbox: true, sandboxOnly: false },
  { code: 'cimb', name: 'CIMB', channel: 'CIMB', inSandbox: true, sandboxOnly: false },
  { code: 'boost', name: 'BOOST', channel: 'BOOST', inSandbox: true, sandboxOnly: false },
  { code: '2c2p', name: '2C2P', channel: '2C2P', inSandbox: true, sandboxOnly: false },
  { code: 'stripe', name: 'STRIPE', channel: 'STRIPE', inSandbox: false, sandboxOnly: false },
  { code: 'cardcorp', name: 'CARDCORP', channel: 'CARDCORP', inSandbox: false, sandboxOnly: false },
  {
    code: 'billplz',
    name: 'BILLPLZ',
    channel: 'BILLPLZ',
    inSandbox: true,
    sandboxOnly: true,
    directCode: 'BP-FKR01',
  },
];

/** The banks of a mode, in order: codes marked "staging" in the seed are for sandbox profiles only. */
export function fpxBanks(mode: 'live' | 'sandbox'): FpxBank[] {
  return FPX_BANKS.filter(({ sandboxOnly }) => mode === 'sandbox' || !sandboxOnly);
}

/**
 * The business banks of `fpxb2b1`. Only the test banks are known by the spec; live ones come with a gateway that has
 * them. Source: billplz-api.md 2.14.
 */
export function b2bBanks(mode: 'live' | 'sandbox'): Bank[] {
  if (mode === 'live') return [];
  return FPX_BANKS.filter(({ sandboxOnly }) => sandboxOnly).map(({ code, name }) => ({
    code: `B2B1-${code}`,
    name: `${name} (business)`,
  }));
}

/** A bank by its exact code; case counts. */
export function findBank<B extends Bank>(banks: readonly B[], code: string): B | undefined {
  return banks.find((bank) => bank.code === code);
}

export function findPaymentMethod(code: string): PaymentMethod | undefined {
  return PAYMENT_METHODS.find((method) => method.code === code);
}
