import type { Notifications } from '#db/notifications.ts';
import type { OutcomeSignals } from '#services/command/await-outcome.ts';

/** Outcomes of commands, heard over the process's one LISTEN connection. */
export function createOutcomeSignals(notifications: Notifications): OutcomeSignals {
  const waiting = new Map<number, Set<() => void>>();
  notifications.on('command_settled', (payload) => {
    for (const wake of waiting.get(Number(payload)) ?? []) wake();
  });
  return {
    heard: (commandId, timeoutMs) =>
      new Promise((resolve) => {
        const sleepers = waiting.get(commandId) ?? new Set();
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(wake);
          if (sleepers.size === 0) waiting.delete(commandId);
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        waiting.set(commandId, sleepers.add(wake));
      }),
  };
}
