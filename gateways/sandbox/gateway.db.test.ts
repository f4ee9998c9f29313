import { randomBytes } from 'node:crypto';
import { createSandboxStore } from '#db/sandbox-payment.repository.ts';
import { gatewayContract, type GatewayOnTrial, type RawNotice } from '#test/contract/gateway.ts';
import { openTestbed } from '#test/engine/testbed.ts';
import { newMerchant } from '#test/fixtures/merchant.ts';
import type { BankButton } from './bank.ts';
import { createSandboxGateway } from './gateway.ts';

gatewayContract('the sandbox bank, with its books in Postgres,', openSandbox);

async function openSandbox(): Promise<GatewayOnTrial> {
  const bed = await openTestbed();
  const merchant = await newMerchant(bed);
  const gateway = createSandboxGateway({
    store: createSandboxStore(bed.deps.database),
    noticeKey: randomBytes(32),
    pageUrl: (sessionId) => `/sandbox/banking/${sessionId}`,
  });
  const press = (button: BankButton) => async (id: string, nowMs: number) => {
    const pressed = await gateway.press(id, button, nowMs);
    if (!pressed) throw new Error(`the bank knows no session ${id}`);
    return [pressed] satisfies RawNotice[];
  };
  return {
    gateway,
    otherSide: { approve: press('success'), decline: press('fail'), leavePending: press('pending') },
    profileId: merchant.profile.id,
    bankCode: 'TEST0001',
    close: () => bed.close(),
  };
}
