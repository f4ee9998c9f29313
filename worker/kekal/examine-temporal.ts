import { randomUUID } from 'node:crypto';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Config } from '../config.ts';
import { NAMESPACES, SEARCH_ATTRIBUTES } from '../setup-temporal.ts';
import { temporalConnection } from '../temporal-connection.ts';

/** 1.32.2 is the minimum: an older one forgets part of a backlog. Source: temporal.md, section 8. */
const VERSION_LEAST = [1, 32, 2] as const;
const ANSWER_MS = 5_000;
const GRPC_UNIMPLEMENTED = 12;

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found, or what to do about it. */
  readonly found: string;
}

/** Version, namespaces and search attributes, and that only `sandbox` can be moved through time. */
export async function examineTemporal(config: Config): Promise<Finding[]> {
  const connection = Connection.lazy(temporalConnection(config));
  try {
    return await connection.withDeadline(Date.now() + ANSWER_MS, async () => {
      const serverVersion = await connection.workflowService.getSystemInfo({}).then(
        (info) => info.serverVersion ?? '',
        (error: unknown) => ({ away: detailsOf(error) }),
      );
      if (typeof serverVersion !== 'string') {
        const found = `${config.temporalAddress} does not answer: ${serverVersion.away}`;
        return [{ check: 'temporal', ok: false, found }];
      }
      const findings = [judgeVersion(serverVersion)];
      for (const namespace of NAMESPACES) findings.push(...(await examineNamespace(connection, namespace)));
      return findings;
    });
  } finally {
    await connection.close();
  }
}

function judgeVersion(version: string): Finding {
  const check = 'temporal';
  if (isAtLeast(version, VERSION_LEAST)) return { check, ok: true, found: `version ${version}` };
  return { check, ok: false, found: `version ${version}: ${VERSION_LEAST.join('.')} or newer is needed` };
}

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map(Number);
  const differs = least.findIndex((part, index) => parts[index] !== part);
  return differs === -1 || (parts[differs] ?? Number.NaN) > (least[differs] ?? 0);
}

async function examineNamespace(connection: Connection, namespace: 'live' | 'sandbox'): Promise<Finding[]> {
  const check = `namespace ${namespace}`;
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const wrong = Object.entries(SEARCH_ATTRIBUTES)
      .filter(([name, type]) => customAttributes?.[name] !== type)
      .map(([name]) => name);
    const registered =
      wrong.length === 0
        ? { check, ok: true, found: 'registered, with all search attributes' }
        : { check, ok: false, found: `lacks ${wrong.join(', ')}: run kekal setup temporal` };
    return [registered, await examineTimeSkipping(connection, namespace)];
  } catch (error) {
    return [{ check, ok: false, found: `${detailsOf(error)}: run kekal setup temporal` }];
  }
}

/** Only a start tells whether the server would skip time; what it does start is ended at once and was never run. */
async function examineTimeSkipping(connection: Connection, namespace: 'live' | 'sandbox'): Promise<Finding> {
  const check = `time travel ${namespace}`;
  const workflowId = `doctor-${randomUUID()}`;
  const skips = await doesSkip(connection, namespace, workflowId);
  if (skips) {
    await connection.workflowService.terminateWorkflowExecution({
      namespace,
      workflowExecution: { workflowId },
      reason: 'kekal doctor has looked',
    });
  }
  const key = 'frontend.WorkflowTimeSkippingEnabled';
  if (namespace === 'live') {
    return { check, ok: !skips, found: skips ? `NOT refused: set ${key} for sandbox only` : 'refused' };
  }
  return {
    check,
    ok: true,
    found: skips ? 'possible' : `not possible: ${key} is off (sandbox time stays real)`,
  };
}

async function doesSkip(connection: Connection, namespace: string, workflowId: string): Promise<boolean> {
  try {
    await connection.workflowService.startWorkflowExecution({
      namespace,
      workflowId,
      requestId: randomUUID(),
      workflowType: { name: 'doctor' },
      taskQueue: { name: workflowId },
      timeSkippingConfig: {
        enabled: true,
        fastForwardConfig: { id: randomUUID(), duration: msToTs(1) },
      },
    });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === GRPC_UNIMPLEMENTED) return false;
    throw error;
  }
}

function detailsOf(error: unknown): string {
  if (isGrpcServiceError(error)) return error.details || error.message;
  return error instanceof Error ? error.message : 'unknown';
}
