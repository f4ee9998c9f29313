import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { choosePort, freePorts, isPortFree, LOOPBACK } from './ports.ts';

async function occupy(port: number, host: string): Promise<void> {
  const server = await new Promise<Server>((resolve, reject) => {
    const listening: Server = createServer();
    listening.once('error', reject).listen(port, host, () => resolve(listening));
  });
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
}

async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no port');
  return port;
}

test('a free port is taken as wanted, without a word', async () => {
  const wanted = await freePort();
  const busy: number[] = [];
  expect(await choosePort(wanted, new Set(), (port) => busy.push(port))).toBe(wanted);
  expect(busy).toEqual([]);
});

test.each([LOOPBACK, '0.0.0.0'])(
  'a port that somebody holds on %s is named and another one is taken',
  async (host) => {
    const wanted = await freePort();
    await occupy(wanted, host);
    const told: [number, number][] = [];
    const port = await choosePort(wanted, new Set(), (...both) => told.push(both));
    expect(port).not.toBe(wanted);
    expect(await isPortFree(port)).toBe(true);
    expect(told).toEqual([[wanted, port]]);
  },
);

test('two parts that want the same port get two', async () => {
  const wanted = await freePort();
  const taken = new Set<number>();
  const first = await choosePort(wanted, taken);
  const second = await choosePort(wanted, taken);
  expect(second).not.toBe(first);
  expect(taken).toEqual(new Set([first, second]));
});

test('the last port has no neighbour: another one is taken', async () => {
  const port = await choosePort(65_535, new Set([65_535]));
  expect(port).toBeLessThan(65_535);
});

test('free ports are all different', async () => {
  expect(new Set(await freePorts(7)).size).toBe(7);
});
