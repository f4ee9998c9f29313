/** The three headers of a signed callback. Source: decisions.md, "Callback schedule"; Standard Webhooks. */
export interface StandardWebhookHeaders {
  readonly 'webhook-id': string;
  /** UNIX seconds of this attempt. */
  readonly 'webhook-timestamp': string;
  /** `v1,<base64>`, several separated by spaces while a secret is being replaced. */
  readonly 'webhook-signature': string;
}

/** How far the timestamp may be from the receiver's clock, either way. */
export const WEBHOOK_TOLERANCE_S = 300;

export const WEBHOOK_SECRET_PREFIX = 'whsec_';

export interface StandardWebhookMessage {
  /** The callback's id: the same in every attempt, without a dot. */
  readonly id: string;
  readonly timestampS: number;
  /** Exactly as it is sent. */
  readonly body: string;
}

/** What is signed: `id.timestamp.body`. Throws RangeError where the text would be ambiguous. */
export function standardWebhookContent({ id, timestampS, body }: StandardWebhookMessage): string {
  if (id === '' || id.includes('.')) throw new RangeError(`"${id}" cannot be a webhook id`);
  if (!Number.isSafeInteger(timestampS) || timestampS < 0)
    throw new RangeError(`${timestampS} is not UNIX seconds`);
  return `${id}.${timestampS}.${body}`;
}
