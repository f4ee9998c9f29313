import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runWithProgress } from '../tools/run-with-progress.mjs';

const OUTPUT = 'dist';

/** Builds the portal (`web/` to `web/dist/`) when a source is newer than the build. Without a portal it does nothing. */
export async function buildPortal(root: string, log: (line: string) => void): Promise<void> {
  const web = join(root, 'web');
  if (!existsSync(join(web, 'vite.config.ts')) || isBuilt(web)) return;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', join(web, 'vite.config.ts'), '--logLevel', 'warn'];
  await runWithProgress(process.execPath, args, { what: 'Building the portal', log, cwd: web }).catch(
    (error: unknown) => {
      const output = error instanceof Error && 'output' in error ? String(error.output).trim() : '';
      throw new Error(`The portal could not be built:\n${output}`, { cause: error });
    },
  );
}

/** Whether the build is newer than every source, and than each folder of them: a deletion counts too. */
export function isBuilt(web: string): boolean {
  const built = statSync(join(web, OUTPUT, 'index.html'), { throwIfNoEntry: false })?.mtimeMs;
  return built !== undefined && newestSourceMs(web) <= built;
}

function newestSourceMs(web: string): number {
  const entries = readdirSync(web, { withFileTypes: true, recursive: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(web, OUTPUT)));
  return Math.max(...entries.map((path) => statSync(path).mtimeMs));
}
