import { type Command, findCommand } from '#db/command.repository.ts';
import type { Ctx } from '../context.ts';

/** Wakes whoever waits for a command's outcome; may miss one: the row is read again each second. */
export interface OutcomeSignals {
  /** Resolves when the command was settled, or after `timeoutMs`. */
  heard(commandId: number, timeoutMs: number): Promise<void>;
}

export interface Waiting {
  readonly signals: OutcomeSignals;
  readonly patienceMs?: number;
}

const PATIENCE_MS = 15_000;
const READ_AGAIN_MS = 1_000;

/**
 * The command's row with its outcome, or without one after 15 s: it is then still going to happen. No connection is
 * held while waiting. Source: decisions.md, "Durability".
 */
// oxlint-disable-next-line kekal/five-beats -- the verb that wrote the command asked for permission
export async function awaitOutcome(ctx: Ctx, command: Command, waiting: Waiting): Promise<Command> {
  const end = Date.now() + (waiting.patienceMs ?? PATIENCE_MS);
  for (let seen = command; ; ) {
    const left = end - Date.now();
    if (seen.outcome !== null || left <= 0) return seen;
    await waiting.signals.heard(seen.id, Math.min(left, READ_AGAIN_MS));
    seen = (await ctx.inTransaction((tx) => findCommand(tx, ctx.profileId, seen.id))) ?? seen;
  }
}
