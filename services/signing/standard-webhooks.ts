import { createHmac } from 'node:crypto';
import {
  type StandardWebhookHeaders,
  type StandardWebhookMessage,
  standardWebhookContent,
  WEBHOOK_SECRET_PREFIX,
  WEBHOOK_TOLERANCE_S,
} from '#domain/standard-webhooks.ts';
import { equalInConstantTime } from './x-signature.ts';

/** Signs one attempt. `secret` is `whsec_<base64>`; throws RangeError on any other text. */
export function signStandardWebhook(message: StandardWebhookMessage, secret: string): StandardWebhookHeaders {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestampS),
    'webhook-signature': `v1,${signature(message, secret)}`,
  };
}

/**
 * Whether the headers sign the body: any `v1` may match, in constant time, and the timestamp is within 300 s of
 * `nowS` either way. Receivers of ours and examples use it.
 */
export function verifyStandardWebhook(
  headers: StandardWebhookHeaders,
  body: string,
  secret: string,
  nowS: number,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (id === '' || id.includes('.') || !/^\d{1,12}$/.test(timestamp)) return false;
  const timestampS = Number(timestamp);
  if (Math.abs(nowS - timestampS) > WEBHOOK_TOLERANCE_S) return false;
  const expected = `v1,${signature({ id, timestampS, body }, secret)}`;
  return signatures.split(' ').some((given) => equalInConstantTime(given, expected));
}

function signature(message: StandardWebhookMessage, secret: string): string {
  return createHmac('sha256', keyOf(secret)).update(standardWebhookContent(message), 'utf8').digest('base64');
}

function keyOf(secret: string): Buffer {
  const encoded = secret.startsWith(WEBHOOK_SECRET_PREFIX) ? secret.slice(WEBHOOK_SECRET_PREFIX.length) : '';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) throw new RangeError('a webhook secret is whsec_ and base64');
  return Buffer.from(encoded, 'base64');
}
