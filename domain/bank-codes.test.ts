import { expect, test } from 'vitest';
import {
  FPX_BANKS,
  findBank,
  findPaymentMethod,
  fpxBanks,
  PAYMENT_METHODS,
  SWIFT_BANKS,
} from './bank-codes.ts';

const LIVE_FPX =
  'ABMB0212 ABB0233 AMBB0209 BCBB0235 BIMB0340 BKRM0602 BMMB0341 BSN0601 CIT0217 HLB0224 HSBC0223 KFH0346 MB2U0227 ' +
  'MBB0227 MBB0228 OCBC0229 PBB0233 RHB0218 SCB0216 UOB0226';
const TEST_FPX = 'TEST0001 TEST0002 TEST0003 TEST0004 TEST0021 TEST0022 TEST0023';
const SWIFT =
  'PHBMMYKL BPMBMYKL MFBBMYKL RJHIMYKL ARBKMYKL BIMBMYKL BKRMMYKL BMMBMYKL BSNAMYK1 CIBBMYKL CITIMYKL HLBBMYKL ' +
  'HBMBMYKL MBBEMYKL OCBCMYKL PBBEMYKL RHBBMYKL SCBLMYKX UOVBMYKL';

const codes = (list: readonly { readonly code: string }[]): string => list.map(({ code }) => code).join(' ');

test('a live profile sees the banks of the table, in its order', () => {
  expect(codes(fpxBanks('live'))).toBe(LIVE_FPX);
});

test('a sandbox profile sees the test banks after them', () => {
  expect(codes(fpxBanks('sandbox'))).toBe(`${LIVE_FPX} ${TEST_FPX}`);
});

test('the payout banks are those of the seed, in its order', () => {
  expect(codes(SWIFT_BANKS)).toBe(SWIFT);
});

test('a code is found by its exact case only, and only in its own table', () => {
  expect(findBank(FPX_BANKS, 'KFH0346')).toEqual({
    code: 'KFH0346',
    name: 'Kuwait Finance House',
    sandboxOnly: false,
  });
  expect(findBank(FPX_BANKS, 'kfh0346')).toBeUndefined();
  expect(findBank(FPX_BANKS, 'MBU0227')).toBeUndefined();
  expect(findBank(FPX_BANKS, 'MBBEMYKL')).toBeUndefined();
  expect(findBank(SWIFT_BANKS, 'MBBEMYKL')?.name).toBe('Maybank / Malayan Banking Berhad');
  expect(findBank(SWIFT_BANKS, '')).toBeUndefined();
});

test('payment methods stand in fixed order; only fpx has a name of its own', () => {
  expect(codes(PAYMENT_METHODS)).toBe('paypal fpx fpxb2b1 cimb boost 2c2p stripe cardcorp billplz');
  for (const { code, name, channel } of PAYMENT_METHODS) {
    expect(name).toBe(code === 'fpx' ? 'Online Banking' : code.toUpperCase());
    expect(channel).toBe(code.toUpperCase());
  }
});

test('the sandbox plays all but stripe and cardcorp; only billplz exists nowhere else', () => {
  expect(codes(PAYMENT_METHODS.filter(({ inSandbox }) => !inSandbox))).toBe('stripe cardcorp');
  expect(codes(PAYMENT_METHODS.filter(({ sandboxOnly }) => sandboxOnly))).toBe('billplz');
  expect(findPaymentMethod('billplz')?.directCode).toBe('BP-FKR01');
  expect(findPaymentMethod('FPX')).toBeUndefined();
});

test('no code stands for two things', () => {
  const all = [
    ...FPX_BANKS.map(({ code }) => code),
    ...SWIFT_BANKS.map(({ code }) => code),
    ...PAYMENT_METHODS.flatMap(({ code, directCode }) => (directCode ? [code, directCode] : [code])),
  ];
  expect(new Set(all).size).toBe(all.length);
});
