import { z } from 'zod';
import { databaseFault, isDatabaseDown } from '#db/errors.ts';
import { Refusal, type RefusalCode, type RefusalFacts } from '#domain/refusal.ts';
import { ConfigError } from '../config.ts';
import { Problem } from './installation.ts';

const FOUND_BY_ITSELF = 'A stack that npm start runs in KEKAL_HOME is found without any setting.';

const REFUSED: Record<RefusalCode, string> = {
  account_not_eligible: 'the merchant is not a verified company',
  already_in_state: 'that is so already',
  bill_not_payable: 'the bill cannot be paid',
  bill_paid: 'the bill is paid',
  callback_settled: 'the callback is settled',
  collection_inactive: 'the collection is not active',
  currency_not_supported: 'this currency is not supported',
  forbidden: 'this is not allowed',
  idempotency_key_in_progress: 'a command with this key is still running',
  idempotency_key_reused: 'this key was used for another command',
  illegal_transition: 'this is not possible in its present state',
  invalid_input: 'the input is not valid',
  not_found: 'there is no such thing',
  not_offered: 'this is not offered',
  not_refundable: 'there is no completed payment to give back',
  payment_in_progress: 'a payment is still under way',
  refund_exceeds_payment: 'that is more than is left of the payment',
  sandbox_only: 'only sandbox profiles can do this',
  split_recipient_not_eligible: 'the recipient of a split must be another verified company',
  taken: 'somebody else has it already',
  too_many_commands: 'too many commands wait for this object',
  unavailable: 'a part that this needs is not available',
};

/** One clear sentence (for several wrong inputs: one each) for what ended a command; nothing for a bug of ours. */
export function sentenceOf(error: unknown): string | undefined {
  if (error instanceof Problem) return error.message;
  if (error instanceof ConfigError) return `${error.message}\n${FOUND_BY_ITSELF}`;
  if (error instanceof Refusal) return `Refused: ${REFUSED[error.code]}${told(error.facts)}.`;
  if (error instanceof z.ZodError) return error.issues.map(issueSentence).join('\n');
  if (isDatabaseDown(error)) return 'The database does not answer: is the installation running?';
  if (databaseFault(error) === 'no_access')
    return `The database of DATABASE_URL lets us not in: ${(error as Error).message}.`;
  if (databaseFault(error) === 'no_schema')
    return 'The schema of the database is not the newest: run kekal setup database.';
  if (isFromTemporal(error)) return `Temporal does not do it: ${error.details || error.message}.`;
  if (error instanceof Error && error.message.startsWith('Failed to connect before'))
    return 'Temporal does not answer.';
  return undefined;
}

// Told by its shape: the client's own check would cost every command the time to load the client.
function isFromTemporal(error: unknown): error is Error & { details: string } {
  return error instanceof Error && 'details' in error && typeof error.details === 'string' && 'code' in error;
}

function issueSentence({ path, message }: z.core.$ZodIssue): string {
  const option = path
    .map((step) => String(step).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
    .join('.');
  return `${option || 'input'}: ${message}.`;
}

function told(facts: RefusalFacts): string {
  const pairs = Object.entries(facts).filter(([, value]) => value !== undefined);
  return pairs.length === 0 ? '' : ` (${pairs.map(([name, value]) => `${name} ${value}`).join(', ')})`;
}
