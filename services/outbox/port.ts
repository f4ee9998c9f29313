import type { WaitingMessage } from '#db/durability.repository.ts';

/** What the relay needs of Temporal; `worker/` gives the real one. */
export interface WorkflowStarter {
  /** Starts or signals under the message's workflow id; starting what runs or ran already is success. */
  deliver(message: WaitingMessage): Promise<void>;
}

/** Live views of running workflows. */
export interface WorkflowReader {
  /** `null` when nothing runs under this id or the view cannot be had just now. */
  query<T>(mode: 'live' | 'sandbox', workflowId: string, name: string): Promise<T | null>;
}

/** The sandbox's virtual time, per workflow. */
export interface TimeMover {
  /** Brings a workflow's clock to `toMs` and waits until everything due has been done; nothing runs: nothing to do. */
  advanceTo(workflowId: string, toMs: number): Promise<void>;
}
