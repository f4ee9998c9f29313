import type { Mode } from '#domain/tenant.ts';
import type { MailResult } from './mail-port.ts';

/** One text message. */
export interface OutgoingSms {
  /** The sender's idempotency key: the same id again is the same message. */
  readonly id: string;
  readonly profileId: number;
  /** `+60...`. */
  readonly to: string;
  readonly text: string;
  /** Epoch ms. */
  readonly dateMs: number;
}

export interface SmsSender {
  /** What one segment costs, minor units. */
  readonly segmentMinor: number;
  send(sms: OutgoingSms): Promise<MailResult>;
}

/** Who carries text messages in a mode; null: nobody does. */
export type SmsSenders = (mode: Mode) => SmsSender | null;
