import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { WaitingMessage } from '#db/durability.repository.ts';
import type { Mode } from '#domain/tenant.ts';
import type { WorkflowReader, WorkflowStarter } from '#services/outbox/port.ts';
import { changed } from '#workflows/lib/contract.ts';
import type { KekalWorkflowClient } from './workflow-client.ts';

export interface StarterDeps {
  client(mode: Mode): KekalWorkflowClient;
  readonly taskQueue: string;
  /** What configuration adds to every start. */
  readonly timeouts: {
    readonly databaseStepMs: number;
    readonly attemptMs: number;
    readonly gatewayMs: number;
  };
  /** Eager start needs the worker's own connection. */
  readonly eager: boolean;
  /** How far a sandbox object is ahead of the wall clock, ms. */
  aheadMs(message: WaitingMessage): Promise<number>;
}

const PROFILE_ID = defineSearchAttributeKey('KekalProfileId', 'KEYWORD');
const OBJECT_ID = defineSearchAttributeKey('KekalObjectId', 'KEYWORD');
const TEMPORAL_ANSWER_MS = 10_000;

/** Hands outbox messages to Temporal. Source: temporal.md section 4. */
export function createWorkflowStarter(deps: StarterDeps): WorkflowStarter {
  const { client, taskQueue, timeouts, eager } = deps;

  function startOptions(message: WaitingMessage) {
    const attributes: SearchAttributePair[] = [{ key: OBJECT_ID, value: message.objectId }];
    if (message.profileId !== null) attributes.push({ key: PROFILE_ID, value: String(message.profileId) });
    return {
      taskQueue,
      workflowId: message.workflowId,
      args: [{ ...message.input, timeouts }],
      typedSearchAttributes: new TypedSearchAttributes(attributes),
      memo: { title: message.summary, request_id: message.requestId },
      staticSummary: message.summary,
    };
  }

  async function start(message: WaitingMessage): Promise<void> {
    try {
      await client(message.mode).start(message.workflowType, {
        ...startOptions(message),
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        requestEagerStart: eager,
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  async function tell(message: WaitingMessage): Promise<void> {
    const workflows = client(message.mode);
    const aheadMs = await deps.aheadMs(message);
    if (aheadMs > 0) return tellMoved(message, aheadMs);
    await workflows.signalWithStart(message.workflowType, {
      ...startOptions(message),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      signal: changed,
    });
  }

  // Signal-with-start cannot be stamped: a moved object's new run is started first, at its own time.
  async function tellMoved(message: WaitingMessage, aheadMs: number): Promise<void> {
    const workflows = client(message.mode);
    const handle = workflows.getHandle(message.workflowId);
    try {
      await handle.signal(changed);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      await workflows.startingAhead(message.workflowId, aheadMs, () =>
        workflows.start(message.workflowType, {
          ...startOptions(message),
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      );
      await handle.signal(changed).catch((gone: unknown) => {
        if (!(gone instanceof WorkflowNotFoundError)) throw gone; // it looked, found nothing to do and ended
      });
    }
  }

  return {
    deliver: (message) =>
      client(message.mode).withDeadline(Date.now() + TEMPORAL_ANSWER_MS, () =>
        message.kind === 'start' ? start(message) : tell(message),
      ),
  };
}

const QUERY_MS = 3_000;

/** Live views; an operator who looks while Temporal is away sees the rows without the plan. */
export function createWorkflowReader(client: (mode: Mode) => KekalWorkflowClient): WorkflowReader {
  return {
    async query<T>(mode: Mode, workflowId: string, name: string): Promise<T | null> {
      try {
        return await client(mode).withDeadline(Date.now() + QUERY_MS, () =>
          client(mode).getHandle(workflowId).query<T>(name),
        );
      } catch {
        return null;
      }
    },
  };
}
