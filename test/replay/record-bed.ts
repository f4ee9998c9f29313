import type { Mode } from '#domain/tenant.ts';
import type { Deps } from '#worker/deps.ts';
import { openWorkerTestbed, type WorkerTestbed } from '../engine/testbed.ts';

/** A worker whose histories name no test run. */
export function openRecordBed(
  settings: Record<string, string> = {},
  options: { modes?: readonly Mode[]; wire?: (deps: Deps) => Deps } = {},
): Promise<WorkerTestbed> {
  return openWorkerTestbed({ KEKAL_TASK_QUEUE_PREFIX: 'recorded-', ...settings }, options);
}
