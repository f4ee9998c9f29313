import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const PidFile = z.object({ pid: z.int().positive(), commandLine: z.string().min(1) });
const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 50;

/** The command line of a living process, words joined by blanks; empty when there is none. */
export function commandLineOf(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** Ends the process if it still runs `marker`; politely first. A process id that was given away again is left alone. */
export async function endProcess(
  pid: number,
  marker: string,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  const isIt = () => commandLineOf(pid).includes(marker);
  if (!isIt()) return;
  process.kill(pid, signal);
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isIt()) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await delay(POLL_MS);
  }
}

/**
 * Ends what an earlier run that was killed has left running, by the pid files that `startChild` wrote into
 * `directory`. Gives the names of what was ended.
 */
export async function endLeftovers(directory: string): Promise<string[]> {
  if (!existsSync(directory)) return [];
  const ended: string[] = [];
  // Postgres before last: who works on it may finish first.
  const files = readdirSync(directory).filter((entry) => entry.endsWith('.pid'));
  for (const file of files.toSorted().toReversed()) {
    const parsed = PidFile.safeParse(parseJson(readFileSync(join(directory, file), 'utf8')));
    if (parsed.success && commandLineOf(parsed.data.pid).includes(parsed.data.commandLine)) {
      // SIGINT: Postgres stops at once instead of waiting for its clients; the others take it as a SIGTERM.
      await endProcess(parsed.data.pid, parsed.data.commandLine, 'SIGINT');
      ended.push(file.replace(/\.pid$/, ''));
    }
    rmSync(join(directory, file), { force: true });
  }
  return ended;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // half a file: its writer was killed
  }
}
