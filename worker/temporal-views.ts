import type { TimeMover, WorkflowReader } from '#services/outbox/port.ts';
import type { Config } from './config.ts';
import { clientsOver, connectLazily } from './temporal-clients.ts';
import { createTimeMover } from './time-mover.ts';
import { createWorkflowReader } from './workflow-starter.ts';

export interface TemporalViews {
  readonly workflows: WorkflowReader;
  readonly time: TimeMover;
  close(): Promise<void>;
}

/** What the api asks of Temporal: live views, and moves through the sandbox's time. */
export function openTemporalViews(config: Config): TemporalViews {
  const connection = connectLazily(config);
  const clients = clientsOver(connection);
  return {
    workflows: createWorkflowReader(clients),
    time: createTimeMover(clients('sandbox')),
    close: () => connection.close(),
  };
}
