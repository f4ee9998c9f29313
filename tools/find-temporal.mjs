import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { Refusal } from './refusal.mjs';

const GO_NEEDED = [1, 21];
const SERVER_NEEDED = [1, 32];

/**
 * How this machine gets its Temporal server, without doing it yet:
 * - `built`: server, schema tool and UI are in the cache; `build`: Go will build them there
 * - `server`: a server named by KEKAL_TEMPORAL_SERVER, with `temporal-sql-tool` (and `temporal-ui`, which may be
 *   missing) beside it or on the PATH
 * - `cli`: the development server of the `temporal` command, named by KEKAL_TEMPORAL_SERVER or, where there is no Go,
 *   found on the PATH
 * Refuses with one sentence that names what was found and the ways on.
 */
export function findTemporal({ root, cache, env }) {
  if (env.KEKAL_TEMPORAL_SERVER) return given(env.KEKAL_TEMPORAL_SERVER, root, env);
  const directory = join(cache, `temporal-${key(root)}-${process.platform}-${process.arch}`);
  const programs = {
    server: join(directory, 'temporal-server'),
    sqlTool: join(directory, 'temporal-sql-tool'),
    ui: join(directory, 'temporal-ui'),
  };
  if (existsSync(directory)) return { kind: 'built', directory, ...programs };
  const go = goVersion(env);
  if (isAtLeast(go, GO_NEEDED)) return { kind: 'build', directory, ...programs };
  const cli = onPath('temporal', env);
  const cliVersion = cli ? versionOf(cli, env) : null;
  if (cliVersion?.kind === 'cli' && isAtLeast(cliVersion.version, SERVER_NEEDED)) {
    return { kind: 'cli', cli, version: cliVersion.version };
  }
  const foundGo = go ? `found Go ${go}` : 'found no Go';
  const foundCli = cliVersion ? ` and a temporal command with server ${cliVersion.version}` : '';
  throw new Refusal(
    `Kekal builds its Temporal server with Go 1.21 or newer, ${foundGo}${foundCli} on the PATH: install Go, or put a ` +
      '`temporal` command with server 1.32 or newer on the PATH, or name a Temporal server by KEKAL_TEMPORAL_SERVER, ' +
      'or use one that runs already by TEMPORAL_ADDRESS.',
  );
}

function given(path, root, env) {
  const executable = isAbsolute(path) ? path : resolve(root, path);
  if (!isExecutable(executable)) {
    throw new Refusal(`KEKAL_TEMPORAL_SERVER is ${path}, which is no file that can be executed.`);
  }
  const found = versionOf(executable, env);
  if (!found)
    throw new Refusal(`KEKAL_TEMPORAL_SERVER is ${path}, which tells no version when asked with --version.`);
  if (!isAtLeast(found.version, SERVER_NEEDED)) {
    throw new Refusal(
      `KEKAL_TEMPORAL_SERVER is ${path} with server ${found.version}; Kekal needs server 1.32 or newer.`,
    );
  }
  if (found.kind === 'cli') return { kind: 'cli', cli: executable, version: found.version };
  const beside = (name) => {
    const neighbour = join(dirname(executable), name);
    return isExecutable(neighbour) ? neighbour : onPath(name, env);
  };
  const sqlTool = beside('temporal-sql-tool');
  if (!sqlTool) {
    throw new Refusal(
      `KEKAL_TEMPORAL_SERVER is the server ${path}, but temporal-sql-tool, which makes its tables, is neither beside it nor on the PATH.`,
    );
  }
  return { kind: 'server', server: executable, sqlTool, ui: beside('temporal-ui'), version: found.version };
}

/** `temporal version 1.32.2` is a server, `temporal version 1.7.0 (Server 1.32.2, UI 2.54.1)` the command. */
function versionOf(executable, env) {
  const text = output(executable, ['--version'], env);
  const cli = /\(Server (\d+\.\d+(?:\.\d+)?)/.exec(text);
  if (cli) return { kind: 'cli', version: cli[1] };
  const server = /version (\d+\.\d+(?:\.\d+)?)/.exec(text);
  return server ? { kind: 'server', version: server[1] } : null;
}

function goVersion(env) {
  // Outside any module and with the local toolchain: the question must not download anything.
  const text = output('go', ['version'], { ...env, GOTOOLCHAIN: 'local', GO111MODULE: 'on' });
  return /go(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1] ?? null;
}

function output(command, args, env) {
  try {
    return execFileSync(command, args, {
      cwd: tmpdir(),
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    });
  } catch {
    return '';
  }
}

function onPath(name, { PATH = '' }) {
  const directory = PATH.split(delimiter).find(
    (entry) => isAbsolute(entry) && isExecutable(join(entry, name)),
  );
  return directory ? join(directory, name) : null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isAtLeast(version, [major, minor]) {
  if (!version) return false;
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

function key(root) {
  const hash = createHash('sha256');
  for (const module of ['temporal', 'temporal-ui'])
    hash.update(readFileSync(join(root, 'tools', module, 'go.sum')));
  return hash.digest('hex').slice(0, 16);
}
