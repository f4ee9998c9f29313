import type { OutgoingSms, SmsSender } from './sms-port.ts';

/** The sandbox carrier's own table; `worker/` injects it. */
export interface SandboxSmsStore {
  /** Does nothing when the id is there already. */
  keep(sms: OutgoingSms): Promise<void>;
}

/** RM 0.15. */
const SEGMENT_MINOR = 15;
const UNREACHABLE = /0009$/;

/** Carries a message no further than a table, where `/dev/mail` shows it; numbers that end in 0009 are refused. */
export function createSandboxSms(store: SandboxSmsStore): SmsSender {
  return {
    segmentMinor: SEGMENT_MINOR,
    async send(sms) {
      if (UNREACHABLE.test(sms.to)) return { kind: 'refused', detail: 'the number is not in service' };
      await store.keep(sms);
      return { kind: 'accepted', detail: 'kept in the sandbox' };
    },
  };
}
