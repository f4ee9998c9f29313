import type { Demo } from '#stack/demo.ts';
import type { BareProcess } from './bare-process.ts';
import { type Comparison, inTurns } from './in-turns.ts';

const CONNECTIONS = 8;

export interface Pids {
  readonly api: number;
  readonly postgres: number;
}

/** How many bills a second the api creates, against a bare server on the same Postgres. */
export function createBills(
  demo: Demo,
  bare: BareProcess,
  pids: Pids,
  log: (line: string) => void,
): Promise<Comparison> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return inTurns(
    { method: 'POST', connections: CONNECTIONS, body: billForm(demo) },
    {
      kekal: {
        url: `${demo.url}/api/v3/bills`,
        headers: { ...headers, authorization: authorizationOf(demo) },
        pid: pids.api,
      },
      bare: { url: `${bare.url}/bills`, headers, pid: bare.pid },
    },
    pids.postgres,
    log,
  );
}

export function authorizationOf(demo: Demo): string {
  return `Basic ${Buffer.from(`${demo.billplz.api_key}:`).toString('base64')}`;
}

/** A bill as an integrator sends it. */
export function billForm(demo: Demo): string {
  return new URLSearchParams({
    collection_id: demo.billplz.collection_id,
    email: 'aminah@example.com',
    name: 'Aminah binti Yusof',
    amount: '200',
    callback_url: 'https://shop.example.com/callback',
    description: 'Two coffees and a curry puff',
  }).toString();
}
