import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

const NEIGHBOURS = 20;
// Below every system's range for outgoing connections: none of them can take a port while its server restarts.
const FREE_FROM = 20_000;
const FREE_TO = 32_000;

/** Whether a server could listen on this port of the loopback address now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The wanted port, or the next free one; then `onBusy` is told both. `taken` is what others of us were promised; the
 * answer is added to it.
 */
export async function choosePort(
  wanted: number,
  taken: Set<number>,
  onBusy: (wanted: number, instead: number) => void = () => {},
): Promise<number> {
  const isOurs = async (port: number) => !taken.has(port) && port <= 65_535 && (await isPortFree(port));
  let port = wanted;
  while (!(await isOurs(port))) {
    port = port < wanted + NEIGHBOURS ? port + 1 : randomInt(FREE_FROM, FREE_TO);
  }
  taken.add(port);
  if (port !== wanted) onBusy(wanted, port);
  return port;
}

/** Any free ports, none of them in `taken`; they are added to it. */
export async function freePorts(count: number, taken: Set<number> = new Set()): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await choosePort(randomInt(FREE_FROM, FREE_TO), taken));
  return ports;
}
