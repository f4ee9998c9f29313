import { holdsCardNumber } from '#domain/card-number-guard.ts';
import { randomId } from '#services/random-id.ts';

const SANE = /^[A-Za-z0-9._:-]{1,64}$/;

/** The caller's `X-Request-Id` when it is short, plain and no card number: it goes into every log line. Else a new one. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && SANE.test(header) && !holdsCardNumber(header) ? header : randomId.request();
}
