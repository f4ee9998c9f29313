import { spawn } from 'node:child_process';

export interface ToolRun {
  /** Path of the tool's script, relative to the repository. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Shows the output while it comes, for what takes minutes. */
  readonly live?: boolean;
  /** A safety net: a tool that hangs is ended and counts as failed. */
  readonly timeoutMs: number;
}

export interface ToolResult {
  readonly ok: boolean;
  /** Standard output and error in the order they came; empty when shown live. */
  readonly output: string;
}

const KILL_AFTER_MS = 20_000;

/** Runs a script under this very Node, in the current folder, without standard input. */
export function runTool({ script, args, env, live = false, timeoutMs }: ToolRun): Promise<ToolResult> {
  return new Promise((resolve) => {
    const sink = live ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', sink, sink],
      env: { ...process.env, TZ: 'UTC', NO_COLOR: '1', ...env },
    });
    const parts: Buffer[] = [];
    child.stdout?.on('data', (part: Buffer) => parts.push(part));
    child.stderr?.on('data', (part: Buffer) => parts.push(part));

    const terminate = () => child.kill('SIGTERM');
    process.on('SIGTERM', terminate);
    const notes: string[] = [];
    const netTimer = setTimeout(() => {
      notes.push(`ended after ${timeoutMs / 1000} s without a result`);
      terminate();
    }, timeoutMs);
    const killTimer = setTimeout(() => child.kill('SIGKILL'), timeoutMs + KILL_AFTER_MS);

    const finish = (ok: boolean) => {
      clearTimeout(netTimer);
      clearTimeout(killTimer);
      process.off('SIGTERM', terminate);
      const text = Buffer.concat(parts).toString('utf8').trimEnd();
      resolve({ ok, output: [text, ...notes].filter((line) => line !== '').join('\n') });
    };
    child.on('error', (error) => {
      notes.push(error.message);
      finish(false);
    });
    child.on('close', (code, signal) => {
      if (signal) notes.push(`ended by ${signal}`);
      finish(code === 0);
    });
  });
}
