import { TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { z } from 'zod';
import { Refusal, type RefusalCode, type RefusalFacts } from '#domain/refusal.ts';

/** Why the portal's server said no; the browser has a sentence for each. */
export type ProblemName =
  | RefusalCode
  | 'cross_site'
  | 'internal'
  | 'malformed'
  | 'no_profile'
  | 'profile_changed'
  | 'signed_out'
  | 'too_many_tries'
  | 'wrong_credentials';

/** A new name does not compile until it has a code. */
const CODES: Readonly<Record<ProblemName, TRPC_ERROR_CODE_KEY>> = {
  account_not_eligible: 'UNPROCESSABLE_CONTENT',
  already_in_state: 'CONFLICT',
  bill_not_payable: 'CONFLICT',
  bill_paid: 'CONFLICT',
  callback_settled: 'CONFLICT',
  collection_inactive: 'CONFLICT',
  cross_site: 'FORBIDDEN',
  currency_not_supported: 'UNPROCESSABLE_CONTENT',
  forbidden: 'FORBIDDEN',
  idempotency_key_in_progress: 'CONFLICT',
  idempotency_key_reused: 'CONFLICT',
  illegal_transition: 'CONFLICT',
  internal: 'INTERNAL_SERVER_ERROR',
  invalid_input: 'UNPROCESSABLE_CONTENT',
  malformed: 'BAD_REQUEST',
  no_profile: 'PRECONDITION_FAILED',
  not_found: 'NOT_FOUND',
  not_offered: 'UNPROCESSABLE_CONTENT',
  not_refundable: 'CONFLICT',
  payment_in_progress: 'CONFLICT',
  profile_changed: 'PRECONDITION_FAILED',
  refund_exceeds_payment: 'UNPROCESSABLE_CONTENT',
  sandbox_only: 'UNPROCESSABLE_CONTENT',
  signed_out: 'UNAUTHORIZED',
  split_recipient_not_eligible: 'UNPROCESSABLE_CONTENT',
  taken: 'CONFLICT',
  too_many_commands: 'TOO_MANY_REQUESTS',
  too_many_tries: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  wrong_credentials: 'UNAUTHORIZED',
};

/** An expected no: name and facts reach the browser, nothing else does. */
export class Problem extends TRPCError {
  readonly problem: ProblemName;
  readonly facts: RefusalFacts;

  constructor(problem: ProblemName, facts: RefusalFacts = {}, cause?: unknown) {
    super({ code: CODES[problem], message: problem, cause });
    this.problem = problem;
    this.facts = facts;
  }
}

/** What a procedure threw, as a problem: refusals and malformed input by name, the rest is `internal`. */
export function toProblem(error: TRPCError): Problem {
  if (error instanceof Problem) return error;
  const { cause } = error;
  if (cause instanceof Refusal) return new Problem(cause.code, cause.facts, cause);
  if (cause instanceof z.ZodError) return new Problem('malformed', { path: pathsOf(cause) }, cause);
  if (error.code === 'NOT_FOUND') return new Problem('not_found', {}, error);
  if (CLIENT_ERRORS.has(error.code)) return new Problem('malformed', {}, error);
  return new Problem('internal', {}, error);
}

/** What tRPC itself says of a request that it cannot read. */
const CLIENT_ERRORS: ReadonlySet<TRPC_ERROR_CODE_KEY> = new Set([
  'BAD_REQUEST',
  'METHOD_NOT_SUPPORTED',
  'PARSE_ERROR',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
]);

function pathsOf(error: z.ZodError): string {
  return error.issues.map(({ path }) => path.join('.')).join(', ');
}
