import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BankPaymentRequest, Gateway, GatewayResult } from '#gateways/port.ts';

/** What the gateway's other side does; each act gives the notices that the gateway then sends, oldest first. */
export interface OtherSide {
  approve(gatewayId: string, nowMs: number): Promise<RawNotice[]>;
  decline(gatewayId: string, nowMs: number): Promise<RawNotice[]>;
  /** The payer approves, the bank does not know yet; in the end it is approved. */
  leavePending(gatewayId: string, nowMs: number): Promise<RawNotice[]>;
}

export interface RawNotice {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** A gateway ready to be tried; whoever opens it closes it. */
export interface GatewayOnTrial {
  readonly gateway: Gateway;
  readonly otherSide: OtherSide;
  /** Of a profile that may use the gateway. */
  readonly profileId: number;
  readonly bankCode: string;
  close(): Promise<void>;
}

const NOW_MS = Date.UTC(2026, 10, 23, 2);
/** Longer than any gateway keeps asking. */
const QUESTIONS_MAX = 100;

/** What the engine relies on, whatever the gateway. Source: gateways.md 1. */
export function gatewayContract(name: string, open: () => Promise<GatewayOnTrial>): void {
  describe(`${name} as a gateway`, () => {
    let trial: GatewayOnTrial;
    beforeAll(async () => {
      trial = await open();
    });
    afterAll(async () => {
      await trial.close();
    });

    function request(of: Partial<BankPaymentRequest> = {}): BankPaymentRequest {
      const tag = randomBytes(6).toString('hex').toUpperCase();
      return {
        profileId: trial.profileId,
        merchantTransactionId: `p${trial.profileId}-bcontract-t${tag}`,
        amountMinor: 1_234,
        currency: 'MYR',
        bankCode: trial.bankCode,
        returnUrl: 'https://merchant.example/back?a=1&b=2',
        nowMs: NOW_MS,
        ...of,
      };
    }

    async function start(asked: BankPaymentRequest) {
      const result = await trial.gateway.startBankPayment(asked);
      if (result.kind !== 'requires_customer_action')
        throw new Error(`the gateway began with ${result.kind}`);
      return result;
    }

    function statusAt(asked: BankPaymentRequest, nowMs: number): Promise<GatewayResult> {
      const { profileId, merchantTransactionId } = asked;
      return trial.gateway.getStatus({ profileId, merchantTransactionId, nowMs });
    }

    /** Asks again exactly when the gateway says, until it says no more. */
    async function lastWord(asked: BankPaymentRequest): Promise<GatewayResult> {
      let nowMs = asked.nowMs;
      for (let left = QUESTIONS_MAX; left > 0; left -= 1) {
        const result = await statusAt(asked, nowMs);
        if (!('checkAgainAtMs' in result)) return result;
        expect(result.checkAgainAtMs).toBeGreaterThan(nowMs);
        nowMs = result.checkAgainAtMs;
      }
      throw new Error('the gateway never comes to an end');
    }

    test('a payer is sent to a page, and we are told when to ask', async () => {
      const asked = request();
      const began = await start(asked);
      expect(began.url).toMatch(/^(?:https?:\/\/|\/)/);
      expect(began.checkAgainAtMs).toBeGreaterThan(asked.nowMs);
      expect(began.gatewayId).not.toBe('');
    });

    test('one merchant transaction id starts one payment, however often and at once it is asked', async () => {
      const asked = request();
      const began = await Promise.all([start(asked), start(asked), start(asked)]);
      const again = await start({ ...asked, nowMs: asked.nowMs + 1_000 });
      expect(new Set([...began, again].map(({ gatewayId }) => gatewayId)).size).toBe(1);
      expect(again.url).toBe(began[0].url);
    });

    test('an approved payment is approved with the amount and currency that were asked for', async () => {
      const asked = request({ amountMinor: 98_765_432_100 });
      const { gatewayId } = await start(asked);
      await trial.otherSide.approve(gatewayId, NOW_MS + 1_000);
      expect(await statusAt(asked, NOW_MS + 1_000)).toEqual({
        kind: 'approved',
        gatewayId,
        amountMinor: 98_765_432_100,
        currency: 'MYR',
      });
    });

    test('a declined payment is declined with a code', async () => {
      const asked = request();
      const { gatewayId } = await start(asked);
      await trial.otherSide.decline(gatewayId, NOW_MS + 1_000);
      const result = await statusAt(asked, NOW_MS + 1_000);
      expect(result).toEqual({
        kind: 'declined',
        gatewayId,
        code: expect.stringMatching(/^\w+$/) as unknown,
      });
    });

    test('the last word stays the last word', async () => {
      const asked = request();
      const { gatewayId } = await start(asked);
      await trial.otherSide.approve(gatewayId, NOW_MS + 1_000);
      const first = await statusAt(asked, NOW_MS + 1_000);
      await trial.otherSide.decline(gatewayId, NOW_MS + 2_000);
      expect(await statusAt(asked, NOW_MS + 2_000)).toEqual(first);
      expect(await statusAt(asked, NOW_MS + 365 * 86_400_000)).toEqual(first);
    });

    test('a pending payment is pending until the instant the gateway named, and then it ends', async () => {
      const asked = request();
      const { gatewayId } = await start(asked);
      await trial.otherSide.leavePending(gatewayId, NOW_MS + 1_000);
      const pending = await statusAt(asked, NOW_MS + 1_000);
      expect(pending).toMatchObject({ kind: 'pending', gatewayId });
      expect(await lastWord({ ...asked, nowMs: NOW_MS + 1_000 })).toMatchObject({
        kind: 'approved',
        gatewayId,
      });
    });

    test('a page that nobody touches is given up, and money that comes later has come', async () => {
      const asked = request();
      const { gatewayId } = await start(asked);
      expect(await lastWord(asked)).toEqual({ kind: 'abandoned', gatewayId });
      await trial.otherSide.approve(gatewayId, NOW_MS + 3_600_000);
      expect(await statusAt(asked, NOW_MS + 3_600_000)).toMatchObject({ kind: 'approved', gatewayId });
    });

    test('a payment that never was is not found', async () => {
      expect(await statusAt(request(), NOW_MS)).toEqual({ kind: 'not_found' });
    });

    test('the payments of two transaction ids are two', async () => {
      const [one, other] = [request(), request()];
      const { gatewayId } = await start(one);
      await start(other);
      await trial.otherSide.approve(gatewayId, NOW_MS);
      expect(await statusAt(other, NOW_MS)).toMatchObject({ kind: 'requires_customer_action' });
    });

    async function paid(amountMinor = 1_000): Promise<BankPaymentRequest> {
      const asked = request({ amountMinor });
      const { gatewayId } = await start(asked);
      await trial.otherSide.approve(gatewayId, NOW_MS);
      return asked;
    }

    function refundOf(asked: BankPaymentRequest, amountMinor: number, tag = randomBytes(6).toString('hex')) {
      const { profileId, merchantTransactionId, currency } = asked;
      const merchantRefundId = `${merchantTransactionId}-${tag}`;
      const sent = {
        profileId,
        merchantTransactionId,
        merchantRefundId,
        amountMinor,
        currency,
        nowMs: NOW_MS,
      };
      return {
        send: () => trial.gateway.refund(sent),
        ask: () => trial.gateway.getRefund({ profileId, merchantRefundId, nowMs: NOW_MS }),
      };
    }

    test('a refund is not found before it was sent, and approved with its amount afterwards', async () => {
      const { send, ask } = refundOf(await paid(), 400);
      expect(await ask()).toEqual({ kind: 'not_found' });
      const approved = await send();
      expect(approved).toMatchObject({ kind: 'approved', amountMinor: 400, currency: 'MYR' });
      expect(await ask()).toEqual(approved);
    });

    test('one merchant refund id gives back once, however often and at once it is sent', async () => {
      const asked = await paid(1_000);
      const { send } = refundOf(asked, 600);
      const answers = await Promise.all([send(), send(), send()]);
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await refundOf(asked, 400).send()).toMatchObject({ kind: 'approved' });
    });

    test('no more goes back than was paid, however many refunds are sent at once', async () => {
      const asked = await paid(1_000);
      const answers = await Promise.all([1, 2, 3, 4].map(() => refundOf(asked, 400).send()));
      const kinds = answers.map(({ kind }) => kind).sort();
      expect(kinds).toEqual(['approved', 'approved', 'declined', 'declined']);
    });

    test('what was not paid does not go back, nor in another currency, and an unknown payment is not found', async () => {
      const open = request();
      await start(open);
      expect(await refundOf(open, 100).send()).toMatchObject({
        kind: 'declined',
        code: expect.stringMatching(/^\w+$/) as unknown,
      });
      const dollars = { ...(await paid()), currency: 'USD' };
      expect(await refundOf(dollars, 100).send()).toMatchObject({ kind: 'declined' });
      expect(await refundOf(request(), 100).send()).toEqual({ kind: 'not_found' });
    });

    async function noticeOf(asked: BankPaymentRequest): Promise<RawNotice> {
      const { gatewayId } = await start(asked);
      const [notice] = await trial.otherSide.approve(gatewayId, NOW_MS + 1_000);
      if (!notice) throw new Error('the gateway sent no notice');
      return notice;
    }

    test('an authentic notice names its payment, and a repeat of it has the same key', async () => {
      const asked = request();
      const { body, headers } = await noticeOf(asked);
      const [first, again] = await Promise.all([
        trial.gateway.parseNotice(body, headers),
        trial.gateway.parseNotice(Uint8Array.from(body), { ...headers }),
      ]);
      expect(first).toMatchObject({ kind: 'notice', merchantTransactionId: asked.merchantTransactionId });
      expect(again).toEqual(first);
    });

    test('notices of different news have different keys', async () => {
      const [one, other] = [request(), request()];
      const { gatewayId } = await start(one);
      const notices = [
        ...(await trial.otherSide.leavePending(gatewayId, NOW_MS)),
        ...(await trial.otherSide.approve(gatewayId, NOW_MS + 1_000)),
        await noticeOf(other),
      ];
      const parsed = await Promise.all(
        notices.map(({ body, headers }) => trial.gateway.parseNotice(body, headers)),
      );
      const keys = parsed.map((notice) => (notice.kind === 'notice' ? notice.dedupeKey : notice.reason));
      expect(new Set(keys).size).toBe(notices.length);
    });

    test('a notice with one changed byte, another signature or none at all is rejected', async () => {
      const { body, headers } = await noticeOf(request());
      const changed = Uint8Array.from(body);
      changed[changed.length - 2] = (changed.at(-2) ?? 0) ^ 1;
      const forged = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replace(/[0-9a-f]$/, flipped)]),
      );
      const parsed = await Promise.all([
        trial.gateway.parseNotice(changed, headers),
        trial.gateway.parseNotice(body, forged),
        trial.gateway.parseNotice(body, {}),
        trial.gateway.parseNotice(new Uint8Array(), headers),
      ]);
      expect(parsed.map(({ kind }) => kind)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    });
  });
}

function flipped(hexDigit: string): string {
  return hexDigit === '0' ? '1' : '0';
}
