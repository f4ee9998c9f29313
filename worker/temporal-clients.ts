import { Connection } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Mode } from '#domain/tenant.ts';
import { temporalConnection } from './temporal-connection.ts';
import { KekalWorkflowClient } from './workflow-client.ts';

export type Clients = (mode: Mode) => KekalWorkflowClient;

/** One client per namespace over one connection; the namespaces are called like the modes. */
export function clientsOver(connection: Connection | NativeConnection): Clients {
  const clients = {
    live: new KekalWorkflowClient({ connection, namespace: 'live' }),
    sandbox: new KekalWorkflowClient({ connection, namespace: 'sandbox' }),
  };
  return (mode) => clients[mode];
}

/** Connects on first use: a process starts while Temporal is away and finds it later. */
export function connectLazily(config: Parameters<typeof temporalConnection>[0]): Connection {
  return Connection.lazy(temporalConnection(config));
}
