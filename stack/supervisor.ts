import { setTimeout as delay } from 'node:timers/promises';
import { type Child, StartError } from './child.ts';

const BACKOFF_FIRST_MS = 250;
const BACKOFF_MOST_MS = 10_000;
/** Who lived this long starts again at once when it dies; who dies sooner waits longer each time. */
const SETTLED_MS = 30_000;

type Launch<T extends Child> = (signal: AbortSignal) => Promise<T>;

interface Unit {
  readonly name: string;
  readonly launch: Launch<Child>;
  current: Child | null;
  /** Never rejects: ends when the unit is stopped. */
  care: Promise<void>;
}

export interface Supervisor {
  /** Starts a process and resolves when it is ready; from then on it is started again whenever it dies. */
  start<T extends Child>(name: string, launch: Launch<T>): Promise<T>;
  /** Stops everything, last started first, each when the one before has ended. A start under way is given up. */
  stop(): Promise<void>;
  /** Ends everything at once. */
  kill(): void;
}

/** Keeps processes running. `launch` must bring a process up on the same port each time. */
export function createSupervisor({ log }: { log: (line: string) => void }): Supervisor {
  const units: Unit[] = [];
  const stopping = new AbortController();
  let stopped: Promise<void> | undefined;

  async function careFor(unit: Unit): Promise<void> {
    let backoffMs = 0;
    while (!stopping.signal.aborted) {
      const startedAtMs = Date.now();
      const reason = await unit.current?.ended;
      if (stopping.signal.aborted) return;
      unit.current = null;
      log(`${unit.name} ended (${reason}); starting it again`);
      if (Date.now() - startedAtMs > SETTLED_MS) backoffMs = 0;
      while (unit.current === null) {
        await delay(backoffMs, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        backoffMs = Math.min(BACKOFF_MOST_MS, Math.max(BACKOFF_FIRST_MS, backoffMs * 2));
        unit.current = await unit.launch(stopping.signal).catch((error: unknown) => {
          if (!stopping.signal.aborted)
            log(`${firstSentence(error)}; trying again in ${backoffMs / 1_000} s`);
          return null;
        });
      }
      log(`${unit.name} is back (process ${unit.current.pid})`);
    }
  }

  async function stopAll(): Promise<void> {
    stopping.abort();
    for (const unit of units.toReversed()) {
      log(`stopping ${unit.name}`);
      await unit.current?.stop();
      await unit.care;
      await unit.current?.stop(); // it may have come back in between
    }
  }

  return {
    async start(name, launch) {
      const child = await launch(stopping.signal);
      if (stopping.signal.aborted) {
        await child.stop();
        throw new Error(`${name} was stopped`);
      }
      const unit: Unit = { name, launch, current: child, care: Promise.resolve() };
      unit.care = careFor(unit);
      units.push(unit);
      return child;
    },
    stop: () => (stopped ??= stopAll()),
    kill() {
      stopping.abort();
      for (const unit of units) unit.current?.kill();
    },
  };
}

function firstSentence(error: unknown): string {
  if (error instanceof StartError) return error.summary;
  const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return first.replace(/\.$/, '');
}
