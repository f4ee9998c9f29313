import type { Command } from 'commander';

/** One column of a table, or one line of a single thing. */
export type Columns<T> = Readonly<Record<string, (row: T) => unknown>>;

/** Prints rows as a table; with `--json` the rows themselves. */
export function printRows<T>(command: Command, rows: readonly T[], columns: Columns<T>): void {
  if (isJson(command)) return printJson(rows);
  if (rows.length === 0) return console.log('none');
  const titles = Object.keys(columns);
  const cells = rows.map((row) => Object.values(columns).map((of) => shown(of(row))));
  const widths = titles.map((title, index) =>
    Math.max(title.length, ...cells.map((line) => (line[index] ?? '').length)),
  );
  for (const line of [titles, ...cells]) {
    console.log(
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

/** Prints one thing as lines of name and value; with `--json` the thing itself. */
export function printOne<T>(command: Command, thing: T, columns: Columns<T>): void {
  if (isJson(command)) return printJson(thing);
  const width = Math.max(...Object.keys(columns).map((title) => title.length));
  for (const [title, of] of Object.entries(columns)) {
    console.log(`${title.padEnd(width)}  ${shown(of(thing))}`.trimEnd());
  }
}

/** Prints a sentence; with `--json` the thing that it is about. */
export function printDone(command: Command, thing: unknown, sentence: string): void {
  if (isJson(command)) printJson(thing);
  else console.log(sentence);
}

export function isJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true;
}

function printJson(thing: unknown): void {
  console.log(JSON.stringify(thing, null, 2));
}

/** An instant, epoch ms, in UTC to the second. */
export function instant(ms: number | null): string {
  return ms === null
    ? ''
    : new Date(ms)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z');
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.map(shown).join(', ');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\p{Cc}/gu, '?'); // a name from outside must not steer the operator's terminal
}
