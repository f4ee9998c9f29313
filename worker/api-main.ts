import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { createApp } from '#api/app.ts';
import { createApiDeps } from './api-deps.ts';
import { readConfig } from './config.ts';
import { startDevInbox } from './dev-inbox.ts';
import { createLog } from './log.ts';

const config = readConfig();
const log = createLog('api', config.logLevel);
const api = createApiDeps(config, {
  log,
  webRoot: fileURLToPath(new URL('../web/dist', import.meta.url)),
});
const server = serve({ fetch: createApp(api.deps).fetch, port: config.port, hostname: config.host }, () => {
  log.info({ port: config.port }, 'the api listens');
});

const devInbox = config.devMail
  ? await startDevInbox({
      port: config.devMailPort,
      systemCtx: () => api.deps.systemCtx({ requestId: `dev-inbox_${randomUUID()}` }),
      report: (error) => log.error({ error }, 'a mail could not be kept in the development inbox'),
    })
  : null;

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'the api stops');
  api.drain();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
  await devInbox?.close();
  await api.close();
  process.exit(0);
}
process.once('SIGTERM', (signal) => void stop(signal));
process.once('SIGINT', (signal) => void stop(signal));
