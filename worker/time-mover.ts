import type { TimeMover } from '#services/outbox/port.ts';
import { TimeSkipper } from './time-skipper.ts';
import type { KekalWorkflowClient } from './workflow-client.ts';

// Two years of hourly asking and more; the server's own default ends after 200 skips.
const MAX_SKIPS = 20_000;

/** Time travel of the running product, in the sandbox namespace alone. */
export function createTimeMover(sandbox: KekalWorkflowClient): TimeMover {
  const skipper = new TimeSkipper(sandbox);
  return {
    async advanceTo(workflowId, toMs) {
      await skipper.advanceTo(workflowId, toMs, { maxSkips: MAX_SKIPS });
    },
  };
}
