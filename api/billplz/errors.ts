import { PREDICATE, sentenceOf } from '#domain/billplz-sentence.ts';
import { Refusal, type RefusalCode, type RefusalFacts } from '#domain/refusal.ts';
import { isDatabaseDown } from '#services/unavailable.ts';
import { InvalidForm } from '../http/billplz-form.ts';
import { ParamsError, type ParamsErrorCode } from '../http/params.ts';

/** What an error looks like in this API. Source: billplz-api.md 1, "Errors". */
export interface ErrorAnswer {
  readonly status: 401 | 403 | 404 | 413 | 422 | 429 | 500 | 503;
  readonly type: string;
  readonly message: string | readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The transport itself says no; services refuse with a `Refusal`. */
export class BillplzError extends Error {
  readonly answer: ErrorAnswer;

  constructor(answer: ErrorAnswer) {
    super(`${answer.status} ${answer.type}`);
    this.name = 'BillplzError';
    this.answer = answer;
  }
}

export function invalid(...sentences: readonly string[]): ErrorAnswer {
  return { status: 422, type: 'UNPROCESSABLE_ENTITY', message: sentences };
}

const RETRY_AFTER_S = '5';

export const ACCESS_DENIED: ErrorAnswer = {
  status: 401,
  type: 'Unauthorized',
  message: 'Access denied',
  headers: { 'WWW-Authenticate': 'Basic realm="Kekal"' },
};
export const HTTPS_REQUIRED: ErrorAnswer = { status: 403, type: 'Forbidden', message: ['HTTPS is required'] };
export const NOT_FOUND: ErrorAnswer = { status: 404, type: 'RecordNotFound', message: ['Not Found'] };
export const TOO_LARGE: ErrorAnswer = {
  status: 413,
  type: 'PayloadTooLarge',
  message: ['Request is too large'],
  headers: { Connection: 'close' }, // what is still being sent is not worth reading
};
export const TOO_MANY_REQUESTS: ErrorAnswer = {
  status: 429,
  type: 'RateLimit',
  message: ['Too many requests'],
};
export const BUG: ErrorAnswer = {
  status: 500,
  type: 'InternalServerError',
  message: ['Internal server error'],
};
export const UNAVAILABLE: ErrorAnswer = {
  status: 503,
  type: 'ServiceUnavailable',
  message: ['Service unavailable'],
  headers: { 'Retry-After': RETRY_AFTER_S },
};

/** Every code has its answer; a new one does not compile without. */
const REFUSED: Readonly<Record<RefusalCode, (facts: RefusalFacts) => ErrorAnswer>> = {
  account_not_eligible: () => invalid('Account is not eligible'),
  already_in_state: ({ collectionId, status }) =>
    invalid(`${collectionId} cannot be ${status === 'active' ? 'activated' : 'deactivated'}.`),
  bill_not_payable: () => invalid('Bill is not payable'),
  bill_paid: () => invalid("Paid bill can't be deleted"),
  callback_settled: () => invalid("Callback can't be cancelled"),
  collection_inactive: () => invalid('Collection is not active'),
  currency_not_supported: () => invalid('do not support currency'),
  // A key whose user may not do this: the seed knows no other word for it.
  forbidden: () => ACCESS_DENIED,
  idempotency_key_in_progress: () => UNAVAILABLE,
  idempotency_key_reused: () => invalid('Idempotency key was used with different parameters'),
  illegal_transition: () => invalid('State does not allow this'),
  invalid_input: ({ name }) => invalid(sentenceOf([String(name)], PREDICATE.invalid)),
  not_found: () => NOT_FOUND,
  not_offered: ({ name }) => invalid(sentenceOf([String(name ?? 'method')], PREDICATE.notIncluded)),
  not_refundable: () => invalid("Payment can't be refunded"),
  payment_in_progress: () => invalid('Payment is in progress'),
  refund_exceeds_payment: () => invalid('Refund exceeds the payment'),
  sandbox_only: () => NOT_FOUND,
  split_recipient_not_eligible: () => invalid('Account is not eligible'),
  taken: ({ name }) => invalid(sentenceOf([String(name)], PREDICATE.taken)),
  too_many_commands: () => TOO_MANY_REQUESTS,
  unavailable: () => UNAVAILABLE,
};

const UNREADABLE: Readonly<Record<ParamsErrorCode, ErrorAnswer>> = {
  too_large: TOO_LARGE,
  malformed: invalid('Parameters are malformed'),
  not_utf8: invalid('Request is not valid UTF-8'),
  unparseable: invalid('Request body could not be parsed'),
};

/** The answer to anything thrown; what nobody foresaw is a bug and tells nothing. */
export function answerTo(error: unknown): ErrorAnswer {
  if (error instanceof BillplzError) return error.answer;
  if (error instanceof Refusal) return REFUSED[error.code](error.facts);
  if (error instanceof InvalidForm) return invalid(...error.sentences);
  if (error instanceof ParamsError) return UNREADABLE[error.code];
  return isDatabaseDown(error) ? UNAVAILABLE : BUG;
}
