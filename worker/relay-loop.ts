import type { Notifications } from '#db/notifications.ts';
import { relayOnce } from '#services/outbox/relay.ts';
import type { WorkflowStarter } from '#services/outbox/port.ts';
import type { SystemCtx } from '#services/context.ts';

export interface Loop {
  /** Finishes the batch in hand and takes no other. */
  stop(): Promise<void>;
}

const IDLE_MS = 1_000;

/**
 * Relays the outbox: at once when Postgres says that something was written, each second all the same, because a
 * notification may be lost. `report` hears of what failed; the rows stay and are tried again.
 */
export function startRelay(deps: {
  readonly ctx: () => SystemCtx;
  readonly starter: WorkflowStarter;
  readonly notifications: Notifications;
  readonly report: (error: unknown) => void;
}): Loop {
  let running = true;
  let wake: () => void = () => {};
  let written = false;
  const stopListening = deps.notifications.on('outbox', () => {
    written = true;
    wake();
  });

  async function loop(): Promise<void> {
    while (running) {
      written = false;
      const { done, failed } = await relayOnce(deps.ctx(), deps.starter).catch((error: unknown) => {
        deps.report(error);
        return { done: 0, failed: 1 };
      });
      if (done > 0 && failed === 0) continue; // there may be more
      if (!written && running) await idle();
    }
  }

  function idle(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const ended = loop();
  return {
    async stop() {
      running = false;
      stopListening();
      wake();
      await ended;
    },
  };
}
