import { Connection } from '@temporalio/client';
import type { WorkflowReader } from '#services/outbox/port.ts';
import type { Config } from '../config.ts';
import { clientsOver } from '../temporal-clients.ts';
import { temporalConnection } from '../temporal-connection.ts';
import { createWorkflowReader } from '../workflow-starter.ts';

/** Runs `work` with live views of workflows; while Temporal is away they are simply missing. */
export async function onTemporal<T>(
  config: Config,
  work: (reader: WorkflowReader) => Promise<T>,
): Promise<T> {
  const connection = Connection.lazy(temporalConnection(config));
  try {
    return await work(createWorkflowReader(clientsOver(connection)));
  } finally {
    await connection.close();
  }
}
