import type { Actor, SystemCtx } from '#services/context.ts';
import type { Gateways } from '#gateways/port.ts';
import type { SandboxBank } from '#services/inbound/sandbox-bank.ts';
import type { OutcomeSignals } from '#services/command/await-outcome.ts';
import type { TimeMover, WorkflowReader } from '#services/outbox/port.ts';

/** What the api needs of the world; `worker/api-main.ts` and the test engine build it. */
export interface ApiDeps {
  /** Surroundings for one request, before a profile is known. `publicUrl` is that of the request where none is set. */
  systemCtx(request: { requestId: string; actor?: Actor; publicUrl?: string }): SystemCtx;
  /** `KEKAL_PUBLIC_URL`; undefined: the address that listens. */
  readonly publicUrl: string | undefined;
  readonly trustProxy: boolean;
  readonly gateways: Gateways;
  readonly sandboxBank: SandboxBank;
  readonly workflows: WorkflowReader;
  readonly time: TimeMover;
  readonly signals: OutcomeSignals;
  readonly rateLimiter: RateLimiter;
  readonly log: Log;
  /** Why the process is not ready, one sentence each; empty when all is up. */
  notReady(): Promise<readonly string[]>;
  /** Prometheus text. */
  metrics(): Promise<string>;
  readonly temporalUiUrl: string | undefined;
  /** Whether the development inbox is shown, to everybody. */
  readonly devMail: boolean;
  /** Folder of the built portal. */
  readonly webRoot: string;
}

/** Counts in fixed windows that all processes share. */
export interface RateLimiter {
  /** Takes one of `limit` in a window of `windowS` seconds; never waits. */
  take(key: string, limit: number, windowS: number): Promise<Count>;
  /** Reads the same count and takes nothing. */
  look(key: string, limit: number, windowS: number): Promise<Count>;
}

export interface Count {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetS: number;
}

/** Structured lines; values pass the redaction of `worker/log.ts`. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
