import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { type FoundTemporal, findTemporal } from '../tools/find-temporal.mjs';
import { withLock } from '../tools/lock.mjs';
import { Refusal } from '../tools/refusal.mjs';
import { runWithProgress } from '../tools/run-with-progress.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const SHOWN_LINES = 15;

/** How Temporal is run: a server with its schema tool and perhaps a UI, or the development server of the command. */
export type TemporalProgram =
  | { readonly kind: 'server'; readonly server: string; readonly sqlTool: string; readonly ui: string | null }
  | { readonly kind: 'cli'; readonly cli: string };

type Env = Readonly<Record<string, string | undefined>>;

const TARGETS = [
  {
    what: 'the Temporal server',
    module: 'temporal',
    path: 'go.temporal.io/server/cmd/server',
    file: 'temporal-server',
  },
  {
    what: "Temporal's schema tool",
    module: 'temporal',
    path: 'go.temporal.io/server/cmd/tools/sql',
    file: 'temporal-sql-tool',
  },
  {
    what: 'the Temporal UI',
    module: 'temporal-ui',
    path: 'github.com/temporalio/ui-server/v2/cmd/server',
    file: 'temporal-ui',
  },
];

/**
 * The programs of Temporal: those in the cache, else built there from the pinned modules of tools/ (once, five to seven
 * minutes on two slow cores), else what `findTemporal` found. Two runs at once build once; an interrupted build leaves
 * nothing. Throws a Refusal with the ways on where there is no way.
 */
export async function ensureTemporal(options: {
  readonly cacheDir: string;
  readonly env: Env;
  readonly log: (line: string) => void;
}): Promise<TemporalProgram> {
  const look = () => findTemporal({ root: ROOT, cache: options.cacheDir, env: options.env });
  const found = look();
  if (found.kind !== 'build') return programOf(found);
  return withLock(
    `${found.directory}.lock`,
    async () => {
      const again = look();
      if (again.kind === 'build') await build(again.directory, options);
      return programOf(again);
    },
    ({ pid }) => options.log(`Another run (process ${pid}) is building Temporal; waiting for it.`),
  );
}

async function build(
  directory: string,
  { env, log }: { env: Env; log: (line: string) => void },
): Promise<void> {
  removeInterrupted(directory);
  const temporary = `${directory}.${randomUUID()}.tmp`;
  mkdirSync(temporary, { recursive: true });
  log('Temporal is built once and kept in the cache; the first time takes five minutes or more.');
  try {
    for (const { what, module, path, file } of TARGETS) {
      const output = join(temporary, file);
      await runWithProgress('go', ['build', '-v', '-trimpath', '-ldflags=-s -w', '-o', output, path], {
        what: `Building ${what}`,
        log,
        detail: (lines) => `, ${lines} packages`,
        cwd: join(ROOT, 'tools', module),
        env: { ...env, CGO_ENABLED: '0', GOTOOLCHAIN: 'auto', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'on' },
      }).catch((error: unknown) => {
        throw new Refusal(`${lastLines(error)}\n${what} could not be built; what Go said stands above.`);
      });
    }
    renameSync(temporary, directory);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Under the lock nobody else builds: what is half built was left by a run that was killed. */
function removeInterrupted(directory: string): void {
  const parent = dirname(directory);
  const prefix = `${basename(directory)}.`;
  for (const entry of existsSync(parent) ? readdirSync(parent) : []) {
    if (entry.startsWith(prefix) && entry.endsWith('.tmp')) rmSync(join(parent, entry), { recursive: true });
  }
}

function programOf(found: FoundTemporal): TemporalProgram {
  if (found.kind === 'cli') return { kind: 'cli', cli: found.cli };
  return { kind: 'server', server: found.server, sqlTool: found.sqlTool, ui: found.ui };
}

function lastLines(error: unknown): string {
  const output = error instanceof Error && 'output' in error ? String(error.output) : String(error);
  return output.trim().split('\n').slice(-SHOWN_LINES).join('\n');
}
