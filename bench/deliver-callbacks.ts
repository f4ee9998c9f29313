import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Demo } from '#stack/demo.ts';
import { cpuTimeOf } from './cpu-time-of.ts';
import { quantile } from './median.ts';

const BILLS = 200;
const AT_ONCE = 8;
const PATIENCE_MS = 120_000;

export interface Delivery {
  readonly bills: number;
  /** From the first payment to the last callback, while payments go on. */
  readonly perSecond: number;
  /** From the answer that says paid to the callback's arrival. */
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
  /** With all bills paid while the worker stood still: from its waking to the last callback. */
  readonly backlogPerSecond: number;
  /** Processor time of each process for one bill of the first kind, ms: from due to paid and told. */
  readonly cpuMs: readonly { readonly name: string; readonly perBill: number }[];
  /** Callbacks that came more than once. */
  readonly duplicates: number;
}

/** How fast paid bills become callbacks at one receiver: as they are paid, and from a backlog. */
export async function deliverCallbacks(
  demo: Demo,
  pids: Readonly<Record<string, number>> & { readonly worker: number },
  log: (line: string) => void,
): Promise<Delivery> {
  const receiver = await startReceiver();
  try {
    const first = await createMany(demo, receiver.url);
    const cpuBefore = await cpuOf(pids);
    const startedAtMs = performance.now();
    const paidAtMs = await payMany(demo, first);
    await receiver.all(first);
    const perSecond = BILLS / ((receiver.lastAtMs() - startedAtMs) / 1000);
    const delays = first.map((id, index) => Math.max(0, receiver.atMs(id) - (paidAtMs[index] ?? 0)));
    const cpuAfter = await cpuOf(pids);
    log(`${BILLS} bills paid and told: ${perSecond.toFixed(0)}/s`);

    const second = await createMany(demo, receiver.url);
    process.kill(pids.worker, 'SIGSTOP');
    try {
      await payMany(demo, second);
    } finally {
      process.kill(pids.worker, 'SIGCONT');
    }
    const wokenAtMs = performance.now();
    await receiver.all(second);
    const backlogPerSecond = BILLS / ((receiver.lastAtMs() - wokenAtMs) / 1000);
    log(`a backlog of ${BILLS}: ${backlogPerSecond.toFixed(0)}/s`);
    return {
      bills: BILLS,
      perSecond,
      backlogPerSecond,
      delayP50Ms: quantile(delays, 0.5),
      delayP99Ms: quantile(delays, 0.99),
      cpuMs: cpuAfter.map(({ name, ms }, index) => ({
        name,
        perBill: (ms - (cpuBefore[index]?.ms ?? Number.NaN)) / BILLS,
      })),
      duplicates: receiver.duplicates(),
    };
  } finally {
    receiver.close();
  }
}

function cpuOf(pids: Readonly<Record<string, number>>) {
  return Promise.all(Object.entries(pids).map(async ([name, pid]) => ({ name, ms: await cpuTimeOf(pid) })));
}

async function createMany(demo: Demo, callbackUrl: string): Promise<string[]> {
  return atOnce(Array.from({ length: BILLS }), async () => {
    const bill = await post(demo, '/api/v3/bills', {
      collection_id: demo.billplz.collection_id,
      email: 'aminah@example.com',
      name: 'Aminah binti Yusof',
      amount: '200',
      callback_url: callbackUrl,
      description: 'Two coffees and a curry puff',
    });
    return bill.id;
  });
}

/** Pays each bill at the sandbox bank; gives when each was answered. */
async function payMany(demo: Demo, ids: readonly string[]): Promise<number[]> {
  return atOnce(ids, async (id) => {
    await post(demo, `/api/sandbox/bills/${id}/payments`, { outcome: 'success' });
    return performance.now();
  });
}

async function post(demo: Demo, path: string, form: Record<string, string>): Promise<{ id: string }> {
  const authorization = `Basic ${Buffer.from(`${demo.billplz.api_key}:`).toString('base64')}`;
  const response = await fetch(`${demo.url}${path}`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { id: string };
}

/** `work` on every item, a few at a time, results in the order of the items. */
async function atOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}

async function startReceiver() {
  const arrivals = new Map<string, number>();
  let again = 0;
  let latestMs = 0;
  let heard: (() => void) | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end('OK');
      const bill = new URLSearchParams(Buffer.concat(chunks).toString()).get('id') ?? '';
      latestMs = performance.now();
      if (arrivals.has(bill)) again += 1;
      else arrivals.set(bill, latestMs);
      heard?.();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    atMs: (id: string) => arrivals.get(id) ?? Number.NaN,
    lastAtMs: () => latestMs,
    duplicates: () => again,
    /** Resolves when every one of these bills was told of. */
    all: (ids: readonly string[]) =>
      new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          const missing = ids.filter((id) => !arrivals.has(id)).length;
          reject(new Error(`${missing} callbacks of ${ids.length} did not come in ${PATIENCE_MS} ms`));
        }, PATIENCE_MS);
        heard = () => {
          if (!ids.every((id) => arrivals.has(id))) return;
          clearTimeout(timer);
          heard = undefined;
          resolve();
        };
        heard();
      }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
