import { setTimeout as delay } from 'node:timers/promises';
import type { Demo } from '#stack/demo.ts';
import { startBareProcess } from './bare-process.ts';
import { startBenchStack } from './bench-stack.ts';
import { createBills, type Pids } from './create-bills.ts';
import { deliverCallbacks } from './deliver-callbacks.ts';
import { memoryOf } from './memory-of.ts';
import { readBill } from './read-bill.ts';
import { describeResults } from './report.ts';

const REST_MS = 15_000;
const PROCESSES = ['api', 'worker', 'temporal', 'temporal-ui', 'postgres'];

/** `npm run bench`: measures the running product, three to four minutes, and prints a report. It asserts no number. */
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
    const { bills, reads } = await besideBareServer(stack.demo, pids);
    const delivery = await deliverCallbacks(stack.demo, pids, log);
    const memoryAfter = await memoryOfAll();
    console.log(describeResults({ memory, memoryAfter, bills, reads, delivery }));
  } finally {
    await stack.stop();
  }

  async function memoryOfAll() {
    return Promise.all(
      PROCESSES.map(async (name) => ({ name, megabytes: await memoryOf(await stack.pid(name)) })),
    );
  }
}

async function besideBareServer(demo: Demo, pids: Pids) {
  const bare = await startBareProcess(demo.database_url);
  try {
    log('create bills');
    const bills = await createBills(demo, bare, pids, log);
    log('read a bill');
    return { bills, reads: await readBill(demo, bare, pids, log) };
  } finally {
    bare.stop();
  }
}

function log(line: string): void {
  console.error(`bench: ${line}`);
}

await main();
