import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readStackConfig, runningSettingsFile, type StackConfig } from '#worker/config.ts';
import { tryLock } from '../tools/lock.mjs';
import { Refusal } from '../tools/refusal.mjs';
import { StartError } from './child.ts';
import { describeDemo } from './demo.ts';
import { forgetRunning, makeHome, runStack } from './run-stack.ts';
import { createSupervisor } from './supervisor.ts';

/** One press of Ctrl-C may arrive twice: from the terminal and from npm. */
const SECOND_AFTER_MS = 1_000;

/** `npm start`: runs until it is told to stop; resolves to its exit code. */
async function main(): Promise<number> {
  const startedAtMs = performance.now();
  const config = readStackConfig();
  makeHome(config.home);
  const lock = tryLock(join(config.home, 'lock'));
  if (!lock.release) throw new Refusal(alreadyRuns(config, lock.holder.pid));

  const supervisor = createSupervisor({ log });
  const told = untilTold(() => {
    log('Stopping at once.');
    supervisor.kill();
    process.exit(1);
  });
  log(`Kekal starts in ${config.home}`);
  try {
    const started = runStack({ config, supervisor, log });
    started.catch(() => {}); // awaited below, unless we are told to stop first
    const running = await Promise.race([started, told]);
    if (running) {
      const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1);
      log(`Kekal is ready after ${seconds} s.`);
      console.log(['', ...describeDemo(running.demo, running.demoFile), ''].join('\n'));
      await told;
    }
    log('Stopping; Ctrl-C again ends everything at once.');
    await supervisor.stop();
    await started.catch(() => {});
    log('Stopped; the next start goes on with the same data.');
    return 0;
  } finally {
    await supervisor.stop();
    forgetRunning(config.home);
    lock.release();
  }
}

/** Resolves at the first Ctrl-C, SIGTERM or SIGHUP, or when the bootstrap that started us is gone. */
function untilTold(onSecond: () => void): Promise<void> {
  return new Promise((resolve) => {
    let firstAtMs: number | undefined;
    const onSignal = () => {
      firstAtMs ??= Date.now();
      if (Date.now() - firstAtMs > SECOND_AFTER_MS) onSecond();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
    if (process.connected) process.once('disconnect', () => resolve());
  });
}

function alreadyRuns(config: StackConfig, pid: number): string {
  const settings = runningSettingsFile(config.home);
  const port = existsSync(settings) && /"KEKAL_PORT": "(\d+)"/.exec(readFileSync(settings, 'utf8'))?.[1];
  const where = port ? ` at http://127.0.0.1:${port}` : '';
  return `Kekal already runs in ${config.home} (process ${pid}${where}): stop it first, or set KEKAL_HOME to start another.`;
}

function log(line: string): void {
  console.log(line);
}

try {
  process.exitCode = await main();
} catch (error) {
  const isTold = error instanceof Refusal || error instanceof ConfigError || error instanceof StartError;
  console.error(isTold ? error.message : error);
  process.exitCode = 1;
}
// The channel to the bootstrap would keep us alive.
if (process.connected) process.disconnect();
