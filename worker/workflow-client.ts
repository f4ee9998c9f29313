import { randomUUID } from 'node:crypto';
import { type WorkflowStartInput, WorkflowClient, type WorkflowClientOptions } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/**
 * A workflow client that can start a run ahead of the wall clock. The SDK has no option for the server's time
 * skipping, and interceptors see serialised bytes only; hence this one override. Source: temporal.md section 11.
 */
export class KekalWorkflowClient extends WorkflowClient {
  /** Milliseconds ahead, by workflow id, of the runs that are being started. */
  readonly #ahead = new Map<string, number>();

  constructor(options: WorkflowClientOptions) {
    super(options);
  }

  /** Runs `start`, and whatever it starts under this id begins by skipping `aheadMs`. */
  async startingAhead<T>(workflowId: string, aheadMs: number, start: () => Promise<T>): Promise<T> {
    this.#ahead.set(workflowId, aheadMs);
    try {
      return await start();
    } finally {
      this.#ahead.delete(workflowId);
    }
  }

  protected override async createStartWorkflowRequest(input: WorkflowStartInput) {
    const request = await super.createStartWorkflowRequest(input);
    const aheadMs = this.#ahead.get(input.options.workflowId);
    if (aheadMs === undefined || aheadMs <= 0) return request;
    return {
      ...request,
      timeSkippingConfig: {
        enabled: true,
        fastForwardConfig: { id: randomUUID(), duration: msToTs(aheadMs) },
      },
    };
  }
}
