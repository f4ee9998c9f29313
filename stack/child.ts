import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;
const SHOWN_LINES = 20;
const LOG_MAX_BYTES = 20 * 1024 * 1024;

// A parent that ends for whatever reason it can still see takes its children along.
const livingChildren = new Set<() => void>();
process.on('exit', () => {
  for (const kill of livingChildren) kill();
});

export interface ChildOptions {
  /** For messages: "worker". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Whose rights it gets; only root may say. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** Takes everything it prints, from one start to the next. */
  readonly logFile: string;
  /** Remembers the process, so that `endLeftovers` finds it when we are killed. */
  readonly pidFile?: string | undefined;
  /** Asked again and again until true; what it throws counts as false. */
  isReady(): Promise<boolean>;
  /** Gives up a start that is not ready yet. */
  readonly signal?: AbortSignal | undefined;
  readonly readyTimeoutMs: number;
  readonly stopSignal?: NodeJS.Signals;
  readonly stopTimeoutMs: number;
}

/** A process that is up. */
export interface Child {
  readonly pid: number;
  /** Resolves when it has ended, however that came: "exit code 1", "signal SIGKILL". */
  readonly ended: Promise<string>;
  /** Asks it to stop, waits, and kills it when its time is over. */
  stop(): Promise<void>;
  kill(): void;
}

/**
 * Starts a process in a group of its own (a Ctrl-C reaches only us, who stop things in order) and waits until it is
 * ready. If it ends or takes too long, it is gone when this rejects, and the error has its last lines.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, logFile } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  rotate(logFile);
  const output = openSync(logFile, 'a', 0o600);
  const logStart = statSync(logFile).size;
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', output, output],
    ...(options.cwd && { cwd: options.cwd }),
    ...(options.env && { env: options.env }),
    ...options.user,
  });
  closeSync(output);

  let end: string | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
    child.once('error', (error) => resolve(error.message));
  }).then((reason) => {
    end = reason;
    if (options.pidFile) rmSync(options.pidFile, { force: true });
    return reason;
  });
  const { pid } = child;
  if (pid !== undefined && options.pidFile) {
    mkdirSync(dirname(options.pidFile), { recursive: true });
    writeFileSync(
      options.pidFile,
      JSON.stringify({ pid, commandLine: [options.command, ...options.args].join(' ') }),
    );
  }

  const kill = () => {
    if (pid !== undefined) sendSignal(-pid, 'SIGKILL'); // the whole group
  };
  const stop = async () => {
    if (end === undefined && pid !== undefined) {
      sendSignal(pid, options.stopSignal ?? 'SIGTERM');
      await Promise.race([ended, delay(options.stopTimeoutMs, undefined, { ref: false })]);
    }
    kill(); // what is left of its group too
    await ended;
  };

  livingChildren.add(kill);
  void ended.then(() => livingChildren.delete(kill));

  const deadline = Date.now() + options.readyTimeoutMs;
  for (;;) {
    if (end !== undefined) throw new StartError(name, `ended with ${end}`, logFile, logStart);
    if (await options.isReady().catch(() => false)) break;
    if (options.signal?.aborted) {
      await stop();
      throw new StartError(name, 'was stopped', logFile, logStart);
    }
    if (Date.now() > deadline) {
      await stop();
      throw new StartError(
        name,
        `was not ready after ${options.readyTimeoutMs / 1_000} s`,
        logFile,
        logStart,
      );
    }
    await Promise.race([ended, delay(POLL_MS)]);
  }
  if (pid === undefined) throw new StartError(name, 'has no process', logFile, logStart);
  return { pid, ended, stop, kill };
}

/** A process did not come up; the message ends with what it printed last. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly summary: string;
  constructor(child: string, what: string, logFile: string, logStart: number) {
    const lines = readFileSync(logFile)
      .subarray(logStart)
      .toString()
      .trimEnd()
      .split('\n')
      .slice(-SHOWN_LINES);
    const summary = `${child} ${what}`;
    super(`${summary}. The end of ${logFile}:\n${lines.map((line) => `    ${line}`).join('\n')}`);
    this.summary = summary;
  }
}

function rotate(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_MAX_BYTES) renameSync(logFile, `${logFile}.1`);
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
