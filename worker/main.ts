import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { readConfig } from './config.ts';
import { serveHealth } from './health.ts';
import { createLog } from './log.ts';
import { runWorker } from './run-worker.ts';
import { ensureSchedules } from './schedules.ts';

const config = readConfig();
const log = createLog('worker', config.logLevel);
Runtime.install({
  shutdownSignals: [], // this file decides the order
  logger: new DefaultLogger('WARN', (entry) => log.warn({ ...entry.meta }, entry.message)),
});

const worker = await runWorker(config, {
  bundleDirectory: join(config.home, 'bundle'),
  report: (error, what) => log.error({ error }, what),
});
if (config.smtpUrl === undefined) log.warn('KEKAL_SMTP_URL is not set: mails are skipped');
await ensureSchedules(config);
const health = await serveHealth({ host: config.host, port: config.workerPort }, () => worker.notReady());
log.info({ port: config.workerPort }, 'the worker is ready');

async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'the worker stops');
  health.close();
  await worker.stop();
  process.exit(0);
}
process.once('SIGTERM', (signal) => void stop(signal));
process.once('SIGINT', (signal) => void stop(signal));
worker.ended.catch((error: unknown) => {
  log.fatal({ error }, 'a Temporal worker broke');
  process.exit(1); // whoever started us starts us again
});
