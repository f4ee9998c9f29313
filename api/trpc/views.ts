import type { BillStanding } from '#domain/bill.ts';
import type { Profile } from '#domain/profile.ts';
import type { Bill } from '#services/bill/read.ts';
import type { BillDetails } from '#services/bill/show.ts';
import type { Attempt, Callback } from '#services/callback/read.ts';

// What of our rows the portal is told, field by field: a new column does not reach a browser by itself.

export function profileView(profile: Profile) {
  const { id, name, mode, currency, timeZone, language, merchantName, eligible } = profile;
  return { id, name, mode, currency, timeZone, language, merchantName, eligible };
}

export function billRow({ bill, standing, seq }: { bill: Bill; standing: BillStanding; seq: number }) {
  const { id, name, email, mobile, description, amountSen, createdAtMs, paidAtMs } = bill;
  return { seq, id, standing, name, email, mobile, description, amountSen, createdAtMs, paidAtMs };
}

export function billView({ bill, standing, payments, callbacks }: BillDetails, publicUrl: string) {
  const { profileId: _profile, state: _state, createdBy: _maker, deliver: _deliver, ...facts } = bill;
  return {
    ...facts,
    standing,
    url: `${publicUrl}/bills/${bill.id}`,
    payments: payments.map(paymentView),
    callbacks: callbacks.map(callbackRow),
  };
}

function paymentView(payment: BillDetails['payments'][number]) {
  const { id, status, method, bankCode, channel, gateway, gatewayId, amountSen, currency } = payment;
  const { excess, failure, completedAtMs, createdAtMs } = payment;
  return {
    id,
    status,
    method,
    bankCode,
    channel,
    gateway,
    gatewayId,
    amountSen,
    currency,
    excess,
    failure,
    completedAtMs,
    createdAtMs,
  };
}

export function callbackRow({ id, url, status, reason, createdAtMs, schedule }: Callback) {
  return { id, url, status, reason, createdAtMs, attemptsMax: schedule.offsetsMs.length };
}

export function attemptView(attempt: Attempt) {
  const { id, number, commandId, dueAtMs, startedAtMs, sends, crashDuplicate } = attempt;
  const { outcome, httpStatus, error, durationMs, answerHead } = attempt;
  return {
    id,
    number,
    /** Asked for by a person, outside the schedule. */
    byHand: commandId !== null,
    dueAtMs,
    startedAtMs,
    sends,
    crashDuplicate,
    outcome,
    httpStatus,
    error,
    durationMs,
    answerHead,
  };
}
