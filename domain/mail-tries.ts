const MINUTE_MS = 60_000;

/** Before each try, from the one before it: greylisting wants minutes, an outage of the mail server some hours. */
const GAPS_MS = [0, 1, 5, 30, 120].map((minutes) => minutes * MINUTE_MS);

/** Source: temporal.md section 7, "sendMail": 5 attempts, then alarm. */
export const MAIL_TRIES_MAX = GAPS_MS.length;

export interface MailTry {
  /** From 1. */
  readonly number: number;
  readonly dueMs: number;
}

/**
 * The try that follows `made` tries, of which the last was at `lastAtMs` (the mail's making, before the first); null
 * after the fifth. Instants are epoch ms.
 */
export function nextMailTry(made: number, lastAtMs: number): MailTry | null {
  const gapMs = GAPS_MS[made];
  return gapMs === undefined ? null : { number: made + 1, dueMs: lastAtMs + gapMs };
}
