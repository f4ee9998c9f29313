import { describe, test } from 'vitest';
import { ruleTester } from './rule-tester.ts';
import { workflowDeterminism } from './workflow-determinism.ts';

const workflow = (code: string) => ({ code, filename: 'workflows/callback/workflow.ts' });
const bad = (code: string, ...messageIds: string[]) => ({
  ...workflow(code),
  errors: messageIds.map((messageId) => ({ messageId })),
});
const IMPORT = "import { condition, sleep as pause } from '@temporalio/workflow';";

describe('a workflow replays as it ran', () => {
  ruleTester(test).run('workflow-determinism', workflowDeterminism, {
    valid: [
      workflow('const now = Date.now();'),
      workflow('const text = new Date(dueAtMs).toISOString();'),
      workflow('const hour = new Date(dueAtMs).getUTCHours();'),
      workflow("import { condition } from '@temporalio/workflow'; await condition(() => woken);"),
      workflow('await Promise.all([first(), second()]);'),
      workflow("throw ApplicationFailure.nonRetryable('no such bill');"),
      workflow("throw new ApplicationFailure('no such bill');"),
      workflow('try { await step(); } catch (error) { throw error; }'),
      workflow('const table = new Map<string, number>(); table.get("Hours");'),
      {
        code: `${IMPORT} await condition(wake, leftMs, { summary }); await pause(1);`,
        filename: 'workflows/lib/sleep-until.ts',
      },
    ],
    invalid: [
      bad('new Date(dueAtMs).getHours();', 'localTime'),
      bad('date.setMonth(3);', 'localTime'),
      bad('date.getTimezoneOffset();', 'localTime'),
      bad('date.toLocaleString();', 'locale'),
      bad("'KUALA'.toLocaleLowerCase();", 'locale'),
      bad('const limit = 10n;', 'bigint'),
      bad('const limit = BigInt(10);', 'bigint'),
      bad('const text = Date();', 'dateCall'),
      bad('new Date(2026, 1, 1);', 'dateParts'),
      bad("new Date('2026-01-01');", 'dateParts'),
      bad('class Day extends Date {}', 'dateSubclass'),
      bad('const Day = class extends Date {};', 'dateSubclass'),
      bad("import { sleep } from '@temporalio/workflow';", 'sleep'),
      bad("import * as wf from '@temporalio/workflow'; await wf.sleep(10);", 'sleep'),
      bad("import { condition } from '@temporalio/workflow'; await condition(wake, 10);", 'timedCondition'),
      bad(
        "import { condition as until } from '@temporalio/workflow'; await until(wake, 10);",
        'timedCondition',
      ),
      bad('await Promise.race([first(), second()]);', 'race'),
      bad('await Promise.any([first(), second()]);', 'race'),
      bad("throw new Error('no such bill');", 'failure'),
    ],
  });
});
