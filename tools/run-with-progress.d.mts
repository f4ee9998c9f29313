import type { SpawnOptions } from 'node:child_process';

export interface Progress extends SpawnOptions {
  readonly what: string;
  readonly log: (line: string) => void;
  readonly detail?: (lines: number) => string;
}
export function runWithProgress(command: string, args: readonly string[], options: Progress): Promise<string>;
