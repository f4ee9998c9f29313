import { spawn } from 'node:child_process';

const TELL_EVERY_MS = 5_000;
const KEPT_CHARACTERS = 20_000;

/**
 * Runs a long silent command and says every few seconds that it still runs. Resolves with its output when it succeeds,
 * else rejects with an error whose `output` is what it printed last. `detail(output)` adds to the progress line.
 */
export function runWithProgress(command, args, { what, log, detail = () => '', ...options }) {
  const startedAtMs = Date.now();
  const seconds = () => Math.round((Date.now() - startedAtMs) / 1_000);
  let output = '';
  let lines = 0;
  log(`${what} …`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const telling = setInterval(() => log(`${what} … ${seconds()} s${detail(lines)}`), TELL_EVERY_MS);
    const stopChild = () => child.kill('SIGTERM');
    process.once('exit', stopChild);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-KEPT_CHARACTERS);
        lines += text.split('\n').length - 1;
      });
    }
    const finish = (error) => {
      clearInterval(telling);
      process.removeListener('exit', stopChild);
      if (error) return reject(Object.assign(error, { output }));
      log(`${what}: done in ${seconds()} s`);
      return resolve(output);
    };
    child.on('error', finish);
    child.on('close', (code, signal) =>
      finish(code === 0 ? null : new Error(`${command} ended with ${signal ?? code}`)),
    );
  });
}
