import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection, type ConnectionOptions, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

const { IndexedValueType } = proto.temporal.api.enums.v1;

/** Namespace = the profile's mode. */
export const NAMESPACES = ['live', 'sandbox'] as const;

const DAY_MS = 24 * 60 * 60_000;
const RETENTION_DAYS = 30;
const SEEN_WITHIN_MS = 60_000;
const POLL_MS = 100;
const GRPC = { notFound: 5, alreadyExists: 6, invalidArgument: 3, unavailable: 14 };

/** Plain text for operators: no names, amounts, accounts or URLs. Source: temporal.md, section 13. Only ever added. */
export const SEARCH_ATTRIBUTES = {
  KekalProfileId: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KekalObjectId: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KekalTestClockId: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KekalStatus: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KekalNextDue: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KekalAttempts: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  KekalNeedsAttention: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
} as const;

/**
 * Registers the namespaces (30 days retention; one that exists stays as it is) and the search attributes, and resolves
 * when the server answers for both namespaces with them. Doing it again changes nothing. Throws when an attribute has
 * another type already.
 */
export async function setupTemporal(options: ConnectionOptions): Promise<void> {
  const connection = await Connection.connect(options);
  try {
    await Promise.all(NAMESPACES.map((namespace) => setupNamespace(connection, namespace)));
  } finally {
    await connection.close();
  }
}

async function setupNamespace(connection: Connection, namespace: string): Promise<void> {
  await ignoring([GRPC.alreadyExists], () =>
    connection.workflowService.registerNamespace({
      namespace,
      description: `Kekal, ${namespace} profiles`,
      workflowExecutionRetentionPeriod: msToTs(RETENTION_DAYS * DAY_MS),
    }),
  );
  // The registry reads new namespaces every two seconds; until then they are not found.
  const { customAttributes } = await retrying([GRPC.notFound, GRPC.unavailable], () =>
    connection.operatorService.listSearchAttributes({ namespace }),
  );
  const missing = Object.entries(SEARCH_ATTRIBUTES).filter(([name, type]) => {
    const present = customAttributes?.[name];
    if (present !== undefined && present !== null && present !== type) {
      throw new Error(
        `Search attribute ${name} of namespace ${namespace} has another type: ${IndexedValueType[present]}.`,
      );
    }
    return !present;
  });
  if (missing.length > 0) {
    await ignoring([GRPC.alreadyExists], () =>
      retrying([GRPC.notFound, GRPC.unavailable], () =>
        connection.operatorService.addSearchAttributes({
          namespace,
          searchAttributes: Object.fromEntries(missing),
        }),
      ),
    );
  }
  await untilUsable(connection, namespace);
}

/** Frontend and history have a registry each: a query by attribute asks the first, a described workflow the second. */
async function untilUsable(connection: Connection, namespace: string): Promise<void> {
  const query = Object.keys(SEARCH_ATTRIBUTES)
    .map((name) => `${name} is null`)
    .join(' and ');
  await retrying([GRPC.notFound, GRPC.invalidArgument, GRPC.unavailable], () =>
    connection.workflowService.countWorkflowExecutions({ namespace, query }),
  );
  const execution = { workflowId: `setup-${randomUUID()}` };
  await retrying([GRPC.unavailable, GRPC.notFound], () =>
    connection.workflowService.describeWorkflowExecution({ namespace, execution }).catch((error: unknown) => {
      const isAnswered =
        isGrpcServiceError(error) && error.code === GRPC.notFound && !/namespace/i.test(error.details);
      if (!isAnswered) throw error;
    }),
  );
}

async function retrying<T>(codes: readonly number[], call: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + SEEN_WITHIN_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isGrpcServiceError(error) || !codes.includes(error.code) || Date.now() > deadline) throw error;
    }
    await delay(POLL_MS);
  }
}

async function ignoring(codes: readonly number[], call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isGrpcServiceError(error) || !codes.includes(error.code)) throw error;
  }
}
