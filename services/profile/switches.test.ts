import { expect, test } from 'vitest';
import { SCHEDULES } from '#domain/callback-schedule.ts';
import { CreateProfileInput } from './create.ts';
import { SetProfileInput } from './set.ts';

const LEAST = { merchantId: 1, mode: 'sandbox', name: 'Shop', contactEmail: 'shop@merchant.test' } as const;

test('whoever makes a profile decides both X Signature switches', () => {
  const decided = { ...LEAST, xSignatureCallback: true, xSignatureRedirect: false };
  expect(CreateProfileInput.parse(decided)).toMatchObject({
    xSignatureCallback: true,
    xSignatureRedirect: false,
    currency: 'MYR',
    timeZone: 'Asia/Kuala_Lumpur',
    language: 'en',
    callbackSchedule: 'billplz',
    rateLevel: 'unlimited',
    extraPaymentCompletion: false,
  });
  const { xSignatureCallback: _callback, ...withoutCallback } = decided;
  const { xSignatureRedirect: _redirect, ...withoutRedirect } = decided;
  expect(CreateProfileInput.safeParse(withoutCallback).success).toBe(false);
  expect(CreateProfileInput.safeParse(withoutRedirect).success).toBe(false);
});

test('mode and currency are no switches', () => {
  expect(SetProfileInput.safeParse({ mode: 'live' }).success).toBe(false);
  expect(SetProfileInput.safeParse({ currency: 'SGD' }).success).toBe(false);
});

test('a change names only what changes', () => {
  expect(SetProfileInput.parse({ language: 'ms' })).toEqual({ language: 'ms' });
});

test.each(Object.keys(SCHEDULES))('a profile may follow the schedule %s', (callbackSchedule) => {
  expect(SetProfileInput.parse({ callbackSchedule })).toEqual({ callbackSchedule });
});

test.each(['toString', '__proto__', 'Billplz', ''])('"%s" is no schedule', (callbackSchedule) => {
  expect(SetProfileInput.safeParse({ callbackSchedule }).success).toBe(false);
});

test.each(['Asia/Kuala_Lumpur', 'UTC', 'America/New_York'])('%s is a time zone', (timeZone) => {
  expect(SetProfileInput.parse({ timeZone })).toEqual({ timeZone });
});

test.each(['+08:00', 'Mars/Olympus', '', 'Asia/Kuala Lumpur'])('"%s" is no time zone', (timeZone) => {
  expect(SetProfileInput.safeParse({ timeZone }).success).toBe(false);
});
