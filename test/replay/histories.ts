import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowClient } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/** The release whose behaviour a history recorded now is. */
const RELEASE = readRelease();

export interface RecordedHistory {
  /** Folder of the workflow, `callback`. */
  readonly workflow: string;
  /** `delivered-at-once`. */
  readonly name: string;
  readonly release: string;
  /** As the server gives it, in protobuf's JSON. */
  readonly history: { readonly events: HistoryEvent[] };
}

/** The part of an event that tests look at. */
export interface HistoryEvent {
  readonly eventType: string;
  readonly activityTaskScheduledEventAttributes?: { activityType: { name: string } };
}

/** All histories under `test/replay/<workflow>/<case>@<release>.json`, in the order of their paths. */
export function recordedHistories(): RecordedHistory[] {
  return historyFiles().map((path) => {
    const [, workflow = '', name = '', release = ''] = /^([^/]+)\/(.+)@(.+)\.json$/.exec(path) ?? [];
    const history = JSON.parse(
      readFileSync(join(import.meta.dirname, path), 'utf8'),
    ) as RecordedHistory['history'];
    return { workflow, name, release, history };
  });
}

/** Every JSON file in this folder: none may lie there without being replayed. */
export function historyFiles(): string[] {
  return readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .toSorted();
}

/**
 * Keeps one run as the case of this release and gives the types of its events. A case that was recorded before stays as
 * it is: it is what workers of this release did, and open runs may have been through it.
 */
export async function recordHistory(
  client: WorkflowClient,
  of: { workflow: string; name: string; workflowId: string; runId?: string },
): Promise<string[]> {
  const directory = join(import.meta.dirname, of.workflow);
  const file = join(directory, `${of.name}@${RELEASE}.json`);
  const history = await client.getHandle(of.workflowId, of.runId).fetchHistory();
  const recorded = anonymous(JSON.parse(historyToJSON(history))) as RecordedHistory['history'];
  await mkdir(directory, { recursive: true });
  if (!existsSync(file)) await writeFile(file, `${JSON.stringify(recorded)}\n`, { flag: 'wx' });
  return recorded.events.map(({ eventType }) => eventType);
}

/** Workers and clients sign with process and host, failures bring paths along; a replay looks at none of it. */
function anonymous(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\b\d+@[\w.-]+/g, 'a-worker');
  if (Array.isArray(value)) return value.map(anonymous);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'stackTrace');
  return Object.fromEntries(kept.map(([key, each]) => [key, anonymous(each)]));
}

function readRelease(): string {
  const file = join(import.meta.dirname, '../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
