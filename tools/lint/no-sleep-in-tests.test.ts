import { describe, test } from 'vitest';
import { noSleepInTests } from './no-sleep-in-tests.ts';
import { ruleTester } from './rule-tester.ts';

const sample = (code: string) => ({ code, filename: 'services/bill/create.test.ts' });
const sleeps = (code: string) => ({ ...sample(code), errors: [{ messageId: 'sleep' }] });
const DELAY = "import { setTimeout as delay } from 'node:timers/promises';";

describe('a test never sleeps', () => {
  ruleTester(test).run('no-sleep-in-tests', noSleepInTests, {
    valid: [
      sample("setTimeout(() => response.end('late'), 100);"),
      sample('await new Promise((resolve) => server.once("listening", resolve));'),
      sample(
        'await new Promise((resolve, reject) => { setTimeout(() => reject(new Error("late")), 5000); on(resolve); });',
      ),
      sample(`${DELAY} while (Date.now() < deadlineMs) { if (await looks()) break; await delay(20); }`),
      sample('for (;;) { await new Promise((resolve) => setTimeout(resolve, 20)); }'),
    ],
    invalid: [
      sleeps('await new Promise((resolve) => setTimeout(resolve, 100));'),
      sleeps('await new Promise((done) => { setTimeout(() => done(undefined), 100); });'),
      sleeps('const sleep = (ms) => new Promise(function (resolve) { setTimeout(resolve, ms); });'),
      sleeps(`${DELAY} await delay(100);`),
      sleeps("import { setTimeout } from 'timers/promises'; await setTimeout(100);"),
    ],
  });
});
