import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { freePorts } from '#stack/ports.ts';
import type { Demo } from '#stack/demo.ts';
import type { BareStart } from './bare-server.ts';
import { cpuTimeOf } from './cpu-time-of.ts';
import { median } from './median.ts';

const CONNECTIONS = 8;
const WARM_UP_S = 4;
const ROUND_S = 5;
const ROUNDS = 5;
/** As many as the api has by default. */
const POOL_MAX = 20;

/** Medians over the rounds. */
export interface Rate {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of the server and of Postgres for one bill: what a busy machine does not distort. */
  readonly serverCpuMs: number;
  readonly postgresCpuMs: number;
}

export interface Pids {
  readonly api: number;
  readonly postgres: number;
}

/**
 * How many bills a second the api creates, against a bare server on the same Postgres. Both are measured in turns, so
 * that whatever else the machine does hits both.
 */
export async function createBills(
  demo: Demo,
  pids: Pids,
  log: (line: string) => void,
): Promise<{ kekal: Rate; bare: Rate; connections: number }> {
  const [port = 0] = await freePorts(1);
  const server = fork(fileURLToPath(new URL('./bare-server.ts', import.meta.url)));
  try {
    const start: BareStart = { databaseUrl: demo.database_url, port, poolMax: POOL_MAX };
    server.send(start);
    await once(server, 'message');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const authorization = `Basic ${Buffer.from(`${demo.billplz.api_key}:`).toString('base64')}`;
    const body = billForm(demo);
    const cpuOf = (serverPid: number | undefined) => async () => ({
      server: await cpuTimeOf(serverPid ?? 0),
      postgres: await cpuTimeOf(pids.postgres),
    });
    const kekal = (seconds: number) =>
      measure({
        seconds,
        url: `${demo.url}/api/v3/bills`,
        headers: { ...headers, authorization },
        body,
        cpu: cpuOf(pids.api),
      });
    const bare = (seconds: number) =>
      measure({ seconds, url: `http://127.0.0.1:${port}/bills`, headers, body, cpu: cpuOf(server.pid) });

    await kekal(WARM_UP_S);
    await bare(WARM_UP_S);
    const rounds: { kekal: Rate; bare: Rate }[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const seen = { bare: await bare(ROUND_S), kekal: await kekal(ROUND_S) };
      log(
        `round ${round} of ${ROUNDS}: bare ${seen.bare.perSecond.toFixed(0)}/s, kekal ${seen.kekal.perSecond.toFixed(0)}/s`,
      );
      rounds.push(seen);
    }
    return {
      kekal: medians(rounds.map((round) => round.kekal)),
      bare: medians(rounds.map((round) => round.bare)),
      connections: CONNECTIONS,
    };
  } finally {
    server.kill('SIGKILL');
  }
}

/** A bill as an integrator sends it. */
function billForm(demo: Demo): string {
  return new URLSearchParams({
    collection_id: demo.billplz.collection_id,
    email: 'aminah@example.com',
    name: 'Aminah binti Yusof',
    amount: '200',
    callback_url: 'https://shop.example.com/callback',
    description: 'Two coffees and a curry puff',
  }).toString();
}

async function measure(load: {
  seconds: number;
  url: string;
  headers: Record<string, string>;
  body: string;
  cpu: () => Promise<{ server: number; postgres: number }>;
}): Promise<Rate> {
  const { seconds, cpu, ...request } = load;
  const before = await cpu();
  const result = await autocannon({
    ...request,
    method: 'POST',
    connections: CONNECTIONS,
    duration: seconds,
  });
  const wrong = result.errors + result.timeouts + result.non2xx;
  if (wrong > 0) throw new Error(`${load.url}: ${wrong} answers were errors; nothing was measured.`);
  const after = await cpu();
  return {
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    serverCpuMs: (after.server - before.server) / result['2xx'],
    postgresCpuMs: (after.postgres - before.postgres) / result['2xx'],
  };
}

function medians(rates: readonly Rate[]): Rate {
  return {
    perSecond: median(rates.map((rate) => rate.perSecond)),
    p50Ms: median(rates.map((rate) => rate.p50Ms)),
    p99Ms: median(rates.map((rate) => rate.p99Ms)),
    serverCpuMs: median(rates.map((rate) => rate.serverCpuMs)),
    postgresCpuMs: median(rates.map((rate) => rate.postgresCpuMs)),
  };
}
