import type { Hono } from 'hono';
import { z } from 'zod';
import { isAccountNumber, plainAccountNumber } from '#domain/account-number.ts';
import { SWIFT_BANKS } from '#domain/bank-codes.ts';
import { readRegistration } from '#services/bank-verification/registration.ts';
import {
  type BankVerification,
  findBankVerifications,
  getBankVerification,
  verificationDays,
} from '#services/bank-verification/read.ts';
import { registerBankAccount } from '#services/bank-verification/register.ts';
import { billplzForm } from '../http/billplz-form.ts';
import { accountNumber, bool, idNumber, oneOf, type Scalar, text } from '../http/scalars.ts';
import { reads, writes } from './endpoint.ts';
import type { BillplzEnv } from './billplz-env.ts';

/** Source: billplz-api.md 2.8. */
export const BankVerificationForm = billplzForm({
  name: text({ max: 255 }),
  id_no: idNumber(),
  acc_no: accountNumber(),
  code: oneOf(SWIFT_BANKS.map(({ code }) => code)),
  organization: bool({ absent: false }),
});

/** One number or a list of them; what is no number is known to nobody. */
function accountNumbers(): Scalar<string[]> {
  const reader = z.unknown().transform((raw): string[] => {
    const sent = Array.isArray(raw) ? raw : [raw];
    return sent
      .flatMap((each) => (typeof each === 'string' || typeof each === 'number' ? [String(each)] : []))
      .map(plainAccountNumber)
      .filter(isAccountNumber);
  });
  const schema = { type: 'array', items: { type: 'string' } } as const;
  return z.optional(reader).meta(schema) as unknown as Scalar<string[]>;
}

export const BankVerificationIndexForm = billplzForm({ account_numbers: accountNumbers() });

/** Numbers of accounts and people may look like anything. Source: gateways.md 5, point 2. */
const CARD_EXEMPT = ['id_no', 'acc_no', 'account_numbers'];

/** `/api/v3/bank_verification_services` and the registration check. Source: billplz-api.md 2.5, 2.8. */
export function mountBankVerifications(app: Hono<BillplzEnv>): void {
  app.get(
    '/check/bank_account_number/:id',
    reads(async ({ ctx, id }) => ({ name: await readRegistration(ctx, plainAccountNumber(id)) })),
  );
  app.get(
    '/bank_verification_services',
    reads(
      async ({ ctx, params }) => {
        const form = BankVerificationIndexForm.parse(params);
        const found = await findBankVerifications(ctx, form.account_numbers);
        return { bank_verification_services: found.map((each) => bankVerificationView(each)) };
      },
      { cardExempt: CARD_EXEMPT },
    ),
  );
  app.get(
    '/bank_verification_services/:id',
    reads(async ({ ctx, id }) =>
      bankVerificationView(await getBankVerification(ctx, plainAccountNumber(id))),
    ),
  );
  app.post(
    '/bank_verification_services',
    writes(
      async ({ ctx, params }) => {
        const form = BankVerificationForm.parse(params);
        const registered = await registerBankAccount(ctx, {
          name: form.name,
          idNo: form.id_no,
          accNo: form.acc_no,
          code: form.code,
          organization: form.organization,
        });
        return bankVerificationView(registered);
      },
      { cardExempt: CARD_EXEMPT },
    ),
  );
}

function bankVerificationView(verification: BankVerification) {
  const { registered, processed } = verificationDays(verification);
  return {
    name: verification.name,
    id_no: verification.idNo,
    acc_no: verification.accNo,
    code: verification.code,
    organization: verification.organization,
    authorization_date: registered,
    status: verification.status,
    processed_at: processed,
    rejected_desc: verification.rejectedDesc,
  };
}
