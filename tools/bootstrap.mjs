import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDirectory } from './cache-directory.mjs';
import { ensureDependencies } from './ensure-dependencies.mjs';
import { ensureNode } from './ensure-node.mjs';
import { Refusal } from './refusal.mjs';
import { findTemporal } from './find-temporal.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const ENGINE_CHECKS = ['test', 'test:long', 'histories:record'];
const PARENT_CHECK_MS = 1_000;

/** Runs one script of the project; its exit code becomes ours. What stands in the way is said in one sentence. */
export async function bootstrap([script, ...args]) {
  try {
    if (!script) throw new Refusal('Usage: node tools/run.mjs SCRIPT [arguments]');
    const cache = cacheDirectory(process.env);
    // Before anything is downloaded: who lacks Go shall not learn it after minutes.
    if (needsTemporal(script, args)) findTemporal({ root: ROOT, cache, env: process.env });
    const node = await ensureNode({ cache, log });
    await ensureDependencies({ root: ROOT, cache, node, log });
    process.exitCode = await run(node, script, args);
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    process.exitCode = 1;
  }
}

function needsTemporal(script, [command]) {
  if (script === 'stack/start.ts') return !process.env.TEMPORAL_ADDRESS;
  return script === 'bench/main.ts' || (script === 'tools/checks.ts' && ENGINE_CHECKS.includes(command));
}

function run(node, script, args) {
  // The stack runs until it is told to stop: the channel tells it when this process is gone without a word.
  const channel = script === 'stack/start.ts' ? ['ipc'] : [];
  const child = spawn(node.executable, [script, ...args], {
    cwd: ROOT,
    stdio: ['inherit', 'inherit', 'inherit', ...channel],
    env: {
      ...process.env,
      TZ: 'UTC',
      PATH: [node.bin, process.env.PATH].filter(Boolean).join(delimiter),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) stopWithParent(child);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

/** npm passes no signal on when it is killed itself; then nobody would be left to stop the script. */
function stopWithParent(child) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS).unref();
}

function log(line) {
  console.error(line);
}
