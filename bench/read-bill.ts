import { z } from 'zod';
import type { Demo } from '#stack/demo.ts';
import type { BareProcess } from './bare-process.ts';
import { authorizationOf, billForm, type Pids } from './create-bills.ts';
import { type Comparison, inTurns } from './in-turns.ts';

const CONNECTIONS = 50;

/** How fast one bill is read by many at once, against a bare server that reads one row by its key. */
export async function readBill(
  demo: Demo,
  bare: BareProcess,
  pids: Pids,
  log: (line: string) => void,
): Promise<Comparison> {
  const headers = { authorization: authorizationOf(demo) };
  const ofKekal = await makeBill(`${demo.url}/api/v3/bills`, headers, billForm(demo));
  const ofBare = await makeBill(`${bare.url}/bills`, {}, billForm(demo));
  return inTurns(
    { method: 'GET', connections: CONNECTIONS },
    {
      kekal: { url: ofKekal, headers, pid: pids.api },
      bare: { url: ofBare, headers: {}, pid: bare.pid },
    },
    pids.postgres,
    log,
  );
}

/** The address of a new bill. */
async function makeBill(url: string, headers: Record<string, string>, form: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  });
  const { id } = z.object({ id: z.string() }).parse(await response.json());
  return `${url}/${id}`;
}
