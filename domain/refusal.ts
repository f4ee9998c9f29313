/** Why a service said no. A refusal means that nothing was written; each transport maps every code to its answer. */
export type RefusalCode =
  | 'account_not_eligible'
  | 'already_in_state'
  | 'bill_not_payable'
  | 'bill_paid'
  | 'callback_settled'
  | 'collection_inactive'
  | 'currency_not_supported'
  | 'forbidden'
  | 'idempotency_key_in_progress'
  | 'idempotency_key_reused'
  | 'illegal_transition'
  | 'invalid_input'
  | 'not_found'
  | 'not_offered'
  | 'not_refundable'
  | 'payment_in_progress'
  | 'refund_exceeds_payment'
  | 'sandbox_only'
  | 'split_recipient_not_eligible'
  | 'taken'
  | 'too_many_commands'
  | 'unavailable';

/** Facts that help whoever reads the answer or the log; never a secret, never a card number. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly facts: RefusalFacts;

  constructor(code: RefusalCode, facts: RefusalFacts = {}) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.name = 'Refusal';
    this.code = code;
    this.facts = facts;
  }
}

/** Ends the verb with a closed code; anything else thrown is a bug. */
export function refuse(code: RefusalCode, facts?: RefusalFacts): never {
  throw new Refusal(code, facts);
}
