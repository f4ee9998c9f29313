import autocannon from 'autocannon';
import { median } from './median.ts';

/** Medians over the rounds. */
export interface Rate {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of the server and of Postgres for one request: what a busy machine does not distort. */
  readonly serverCpuMs: number;
  readonly postgresCpuMs: number;
}

export interface Load {
  readonly method: 'GET' | 'POST';
  readonly connections: number;
  readonly seconds: number;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string | undefined;
  /** Processor time used so far, in ms. */
  readonly cpu: () => Promise<{ server: number; postgres: number }>;
}

/** Drives one address as fast as it answers. Throws when any answer was an error. */
export async function measure(load: Load): Promise<Rate> {
  const { seconds, cpu, ...request } = load;
  const before = await cpu();
  const result = await autocannon({ ...request, duration: seconds });
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

export function medians(rates: readonly Rate[]): Rate {
  return {
    perSecond: median(rates.map((rate) => rate.perSecond)),
    p50Ms: median(rates.map((rate) => rate.p50Ms)),
    p99Ms: median(rates.map((rate) => rate.p99Ms)),
    serverCpuMs: median(rates.map((rate) => rate.serverCpuMs)),
    postgresCpuMs: median(rates.map((rate) => rate.postgresCpuMs)),
  };
}
