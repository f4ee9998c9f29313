import { DefaultLogger, type ReplayResult, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, expect, inject, test } from 'vitest';
import * as workflows from '#workflows/index.ts';
import { workflowBundle } from '#worker/workflow-bundle.ts';
import { historyFiles, type RecordedHistory, recordedHistories } from './histories.ts';

let codePath = '';
beforeAll(async () => {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('ERROR', () => {}),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } }, // a red gate is expected below
  });
  codePath = await workflowBundle(inject('engine').bundleDirectory);
});

/** Runs the present code against what earlier code did. */
async function replay(recorded: readonly RecordedHistory[]): Promise<ReplayResult[]> {
  const histories = recorded.map(({ workflow, name, release, history }) => ({
    workflowId: `${workflow}/${name}@${release}`,
    history,
  }));
  const results: ReplayResult[] = [];
  for await (const result of Worker.runReplayHistories({ workflowBundle: { codePath } }, histories)) {
    results.push(result);
  }
  return results;
}

test('the present workflows do, step by step, what every recorded run has done', async () => {
  const recorded = recordedHistories();
  const results = await replay(recorded);

  expect(
    results.filter(({ error }) => error).map(({ workflowId, error }) => `${workflowId}: ${error?.message}`),
  ).toEqual([]);
  expect(results).toHaveLength(historyFiles().length);
  expect(results.length).toBeGreaterThan(20);
});

test('every workflow has recorded runs', () => {
  const folders = Object.keys(workflows).map((name) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`));
  const recorded = new Set(recordedHistories().map(({ workflow }) => workflow));
  expect(folders.filter((folder) => !recorded.has(folder))).toEqual([]);
});

test('a run in which two activities changed places turns the gate red', async () => {
  const [result] = await replay([withActivitiesSwapped(pick('callback', 'delivered-third'))]);
  expect(result?.error).toBeInstanceOf(DeterminismViolationError);
});

test('no recorded run names a machine, a process or a person', () => {
  const texts = recordedHistories().map(({ history }) => JSON.stringify(history, decoded));
  for (const text of texts) {
    expect(text).not.toMatch(/\b\d+@[\w.-]+/);
    expect(text).not.toMatch(/payer@payer\.test|Michael|127\.0\.0\.1|stackTrace|node_modules/);
  }
  expect(texts.length).toBeGreaterThan(0);
});

function pick(workflow: string, name: string): RecordedHistory {
  const found = recordedHistories().find((each) => each.workflow === workflow && each.name === name);
  if (!found) throw new Error(`${workflow}/${name} is not recorded`);
  return found;
}

/** The first `review` and the first `post` of a run, each in the other's place. */
function withActivitiesSwapped(recorded: RecordedHistory): RecordedHistory {
  const other: Record<string, string> = { review: 'post', post: 'review' };
  const events = recorded.history.events.map((event) => {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (!scheduled) return event;
    const name = other[scheduled.activityType.name] ?? scheduled.activityType.name;
    return { ...event, activityTaskScheduledEventAttributes: { ...scheduled, activityType: { name } } };
  });
  return { ...recorded, history: { events } };
}

/** Payloads are base64: what they hold is looked at too. */
function decoded(key: string, value: unknown): unknown {
  return key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value;
}
