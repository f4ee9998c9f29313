import { type ServerType, serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createApp } from '#api/app.ts';
import { createApiDeps } from '#worker/api-deps.ts';
import { openWorkerTestbed, type WorkerTestbed } from './testbed.ts';

export interface Product extends WorkerTestbed {
  /** Base of the api, `http://127.0.0.1:<port>`. */
  readonly url: string;
}

const silent = { info() {}, warn() {}, error() {} };

/** Worker, relay and api of one test file, with the api on a real loopback port. */
export async function openProduct(settings: Record<string, string> = {}): Promise<Product> {
  const bed = await openWorkerTestbed(settings);
  const api = createApiDeps(bed.config, {
    log: silent,
    webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
  });
  const { server, port } = await listen(createApp(api.deps).fetch);
  return {
    ...bed,
    url: `http://127.0.0.1:${port}`,
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await api.close();
      await bed.close();
    },
  };
}

function listen(fetch: Parameters<typeof serve>[0]['fetch']): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, (address: AddressInfo) =>
      resolve({ server, port: address.port }),
    );
  });
}
