import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePorts } from '#stack/ports.ts';
import type { BareStart } from './bare-server.ts';

/** As many as the api has by default. */
const POOL_MAX = 20;

export interface BareProcess {
  readonly url: string;
  readonly pid: number;
  stop(): void;
}

/** The bare server as a process of its own on the given database, listening. */
export async function startBareProcess(databaseUrl: string): Promise<BareProcess> {
  const [port = 0] = await freePorts(1);
  const server = fork(fileURLToPath(new URL('./bare-server.ts', import.meta.url)));
  const start: BareStart = { databaseUrl, port, poolMax: POOL_MAX };
  server.send(start);
  await once(server, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    pid: server.pid ?? 0,
    stop: () => void server.kill('SIGKILL'),
  };
}
