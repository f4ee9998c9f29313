import { randomUUID } from 'node:crypto';
import { isGrpcServiceError, type WorkflowClient } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

const { FastForwardPollingResult, WorkflowExecutionStatus } = proto.temporal.api.enums.v1;
const GRPC_NOT_FOUND = 5;
const SETTLE_POLL_MS = 25;
const SETTLE_LIMIT_MS = 60_000;
const MAX_SKIPS = 200;

/**
 * Moves one sandbox workflow through time, by the server's own time skipping. Source: temporal.md section 11.
 */
export class TimeSkipper {
  readonly #client: WorkflowClient;

  constructor(client: WorkflowClient) {
    this.#client = client;
  }

  /** The workflow's virtual now, epoch ms; the wall clock if it never skipped. */
  async now(workflowId: string): Promise<number> {
    const described = await this.#describe(workflowId);
    const current = described?.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return current ? tsToMs(current) : Date.now();
  }

  /** Skips `ms` forward, running everything due on the way. `ended`: the workflow was over before or on the way. */
  async fastForward(
    workflowId: string,
    ms: number,
    { maxSkips = MAX_SKIPS }: { maxSkips?: number } = {},
  ): Promise<'reached' | 'ended'> {
    const id = randomUUID();
    const workflowExecution = { workflowId };
    const { namespace } = this.#client.options;
    try {
      await this.#client.workflowService.updateWorkflowExecutionOptions({
        namespace,
        workflowExecution,
        workflowExecutionOptions: {
          timeSkippingConfig: {
            enabled: true,
            fastForwardConfig: { id, duration: msToTs(Math.max(1, Math.ceil(ms))) },
            maxSessionSkipCount: maxSkips,
          },
        },
        updateMask: { paths: ['time_skipping_config'] },
      });
    } catch (error) {
      if (isGone(error)) return 'ended';
      throw error;
    }
    for (;;) {
      const polled = await this.#client.workflowService
        .pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution, fastForwardId: id })
        .catch((error: unknown) => {
          if (isGone(error)) return undefined;
          throw error;
        });
      if (!polled) return 'ended';
      switch (polled.fastForwardPollingResult) {
        case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED:
          return 'reached';
        case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED:
          if (/ended before/.test(polled.failedReason ?? '')) return 'ended';
          throw new Error(`${workflowId} cannot be moved: ${polled.failedReason}`);
        default:
      }
    }
  }

  /** Brings the workflow to `instantMs` (epoch ms), then waits until everything due has been done. */
  async advanceTo(
    workflowId: string,
    instantMs: number,
    options: { maxSkips?: number } = {},
  ): Promise<'reached' | 'ended'> {
    await this.settle(workflowId);
    // One more: a timer exactly at the target would fire after the poll has returned.
    const ms = instantMs - (await this.now(workflowId)) + 1;
    if (ms <= 1) {
      await this.settle(workflowId);
      return 'reached';
    }
    const end = await this.fastForward(workflowId, ms, options);
    if (end === 'reached') await this.settle(workflowId);
    return end;
  }

  /** Skips on until the workflow has ended; throws when `atMostMs` of its time is not enough. */
  async runToEnd(workflowId: string, atMostMs: number, options: { maxSkips?: number } = {}): Promise<void> {
    if ((await this.fastForward(workflowId, atMostMs + 60_000, options)) === 'ended') return;
    throw new Error(`${workflowId} still runs ${atMostMs} ms later`);
  }

  /** Until no activity and no workflow task is pending; a retry that waits for its next try counts as work. */
  async settle(workflowId: string): Promise<void> {
    const deadline = Date.now() + SETTLE_LIMIT_MS;
    for (;;) {
      const described = await this.#describe(workflowId);
      if (!described) return;
      const running =
        described.workflowExecutionInfo?.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
      const busy = (described.pendingActivities?.length ?? 0) > 0 || described.pendingWorkflowTask != null;
      if (!running || !busy) return;
      if (Date.now() > deadline) throw new Error(`${workflowId} does not come to rest`);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_POLL_MS));
    }
  }

  async #describe(workflowId: string) {
    try {
      return await this.#client.workflowService.describeWorkflowExecution({
        namespace: this.#client.options.namespace,
        execution: { workflowId },
      });
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }
}

function isGone(error: unknown): boolean {
  return isGrpcServiceError(error) && error.code === GRPC_NOT_FOUND;
}
