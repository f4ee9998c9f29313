import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { withLock } from '../tools/lock.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const PACKS = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
const UNPACK_LIMIT_MS = 180_000;

export interface Chromium {
  readonly executable: string;
  /** Environment of the process: where its libraries and fonts are. */
  readonly env: Readonly<Record<string, string>>;
  /** Our own arguments: those of the package would run everything in one process, which one bad page then kills. */
  readonly args: readonly string[];
}

const ARGS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--hide-scrollbars',
  '--font-render-hinting=none',
];

/**
 * The bundled Chromium, unpacked once into the user's cache: whole or not at all, by one process. Linux x64 only;
 * elsewhere `chromePath` names an installed Chrome.
 */
export async function ensureChromium(options: {
  cacheDir: string;
  chromePath?: string | undefined;
}): Promise<Chromium> {
  // Root has no user namespace sandbox to drop into.
  const args = process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;
  if (options.chromePath) return { executable: options.chromePath, env: {}, args };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`No Chromium is bundled for ${process.platform}-${process.arch}: set KEKAL_CHROME.`);
  }
  const entry = require.resolve('@sparticuz/chromium');
  const packs = join(dirname(dirname(entry)), 'bin');
  const directory = join(options.cacheDir, `chromium-${versionOf(entry)}`);
  if (!existsSync(directory)) {
    mkdirSync(options.cacheDir, { recursive: true });
    await withLock(`${directory}.lock`, () => unpack(entry, packs, directory));
  }
  return {
    executable: join(directory, 'chromium'),
    env: { LD_LIBRARY_PATH: join(directory, 'al2023', 'lib'), FONTCONFIG_PATH: join(directory, 'fonts') },
    args,
  };
}

/** The package unpacks into the temporary directory: a child has one of its own, which then becomes the cache. */
async function unpack(entry: string, packs: string, directory: string): Promise<void> {
  if (existsSync(directory)) return;
  const fresh = `${directory}.unpacking`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  const script = `import { inflate } from ${JSON.stringify(entry)};
    for (const pack of ${JSON.stringify(PACKS)}) await inflate(${JSON.stringify(`${packs}/`)} + pack);`;
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { PATH: dirname(process.execPath), TMPDIR: fresh },
    timeout: UNPACK_LIMIT_MS,
  });
  writeFileSync(join(fresh, 'fonts', 'fonts.conf'), fontsConf(directory));
  renameSync(fresh, directory);
}

/** The packed one looks where a cloud function keeps its fonts. */
function fontsConf(directory: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(directory, 'fonts', 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(directory, 'fonts', 'cache')}</cachedir>
</fontconfig>
`;
}

function versionOf(entry: string): string {
  const manifest: unknown = require(join(dirname(dirname(entry)), 'package.json'));
  return z.object({ version: z.string() }).parse(manifest).version;
}
