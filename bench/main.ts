import { setTimeout as delay } from 'node:timers/promises';
import { startBenchStack } from './bench-stack.ts';
import { createBills } from './create-bills.ts';
import { deliverCallbacks } from './deliver-callbacks.ts';
import { memoryOf } from './memory-of.ts';
import { describeResults } from './report.ts';

const REST_MS = 15_000;
const PROCESSES = ['api', 'worker', 'temporal', 'temporal-ui', 'postgres'];

/** `npm run bench`: measures the running product, two to three minutes, and prints a report. It asserts no number. */
async function main(): Promise<void> {
  const stack = await startBenchStack(log);
  const stopped = () => void stack.stop().then(() => process.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopped);
  try {
    log('at rest');
    await delay(REST_MS);
    const memory = await memoryOfAll();
    const pids = {
      api: await stack.pid('api'),
      worker: await stack.pid('worker'),
      temporal: await stack.pid('temporal'),
      postgres: await stack.pid('postgres'),
    };
    const bills = await createBills(stack.demo, pids, log);
    const delivery = await deliverCallbacks(stack.demo, pids, log);
    const memoryAfter = await memoryOfAll();
    console.log(describeResults({ memory, memoryAfter, bills, delivery }));
  } finally {
    await stack.stop();
  }

  async function memoryOfAll() {
    return Promise.all(
      PROCESSES.map(async (name) => ({ name, megabytes: await memoryOf(await stack.pid(name)) })),
    );
  }
}

function log(line: string): void {
  console.error(`bench: ${line}`);
}

await main();
