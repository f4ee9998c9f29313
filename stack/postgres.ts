import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Child, startChild } from './child.ts';
import { LOOPBACK } from './ports.ts';
import { type PostgresPlace, placePostgres, type UnprivilegedUser } from './postgres-place.ts';
import { commandLineOf, endProcess } from './processes.ts';

const OWNER = 'kekal';
const READY_TIMEOUT_MS = 60_000; // recovery after a crash included
const STOP_TIMEOUT_MS = 20_000;
const CONNECTIONS_MAX = 200;

export interface PostgresOptions {
  /** Where the cluster lives; made when missing. As root under a closed home it only points to the real place. */
  readonly directory: string;
  readonly port: number;
  /** `false` trades safety against power loss for speed: tests only. */
  readonly durable: boolean;
  readonly databases: readonly string[];
  readonly logFile: string;
  readonly pidFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly log: (line: string) => void;
}

export interface Postgres extends Child {
  readonly port: number;
  /** Where the cluster really is. */
  readonly place: string;
  readonly user: string;
  readonly password: string;
  /** Connection string of one database, as the owner of everything. */
  url(database: string): string;
}

/**
 * Starts PostgreSQL on the loopback address with the given databases, and makes cluster and databases the first time.
 * Starting again after a crash is the same call. Root's Postgres runs as an unprivileged user.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const place = placePostgres(options.directory, options.log);
  const cluster = join(place.directory, 'data');
  const password = createPassword(place);
  if (!existsSync(cluster)) initialise(place, cluster, options.durable);
  await clearPidFile(cluster);
  const url = (database: string) => `postgres://${OWNER}:${password}@${LOOPBACK}:${options.port}/${database}`;

  const child = await startChild({
    name: 'Postgres',
    command: join(place.native, 'bin', 'postgres'),
    args: ['-D', cluster, ...settings(options)],
    env: environment(),
    cwd: place.directory,
    user: place.user,
    logFile: options.logFile,
    pidFile: options.pidFile,
    signal: options.signal,
    isReady: () => canConnect(url('postgres')),
    readyTimeoutMs: READY_TIMEOUT_MS,
    stopSignal: 'SIGINT', // "fast": clients are sent away, nothing is lost
    stopTimeoutMs: STOP_TIMEOUT_MS,
  });
  try {
    await createDatabases(url('postgres'), options.databases);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { ...child, port: options.port, place: place.directory, user: OWNER, password, url };
}

function settings({ port, durable }: PostgresOptions): string[] {
  const values = {
    port,
    listen_addresses: LOOPBACK,
    unix_socket_directories: '',
    max_connections: CONNECTIONS_MAX,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Lives with the cluster that it opens, wherever that was put. */
function createPassword({ directory, user }: PostgresPlace): string {
  const file = join(directory, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
    give(file, user);
  }
  return readFileSync(file, 'utf8');
}

/** The cluster appears whole, by a rename: an interrupted start leaves nothing that looks like one. */
function initialise({ directory, native, user }: PostgresPlace, cluster: string, durable: boolean): void {
  const fresh = `${cluster}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  give(fresh, user);
  const flags = [
    `--pgdata=${fresh}`,
    `--username=${OWNER}`,
    `--pwfile=${join(directory, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin', // the same order and case rules on every system
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    execFileSync(join(native, 'bin', 'initdb'), flags, {
      cwd: directory,
      env: environment(),
      stdio: 'pipe',
      ...user,
    });
  } catch (error) {
    const told = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`Postgres could not make its cluster in ${directory}: ${told}`, { cause: error });
  }
  renameSync(fresh, cluster);
}

/**
 * What a killed run left: its Postgres is stopped. Where the process id was given to somebody else since, Postgres
 * would refuse to start for ever; then the file gets the id of a process that has ended. The file itself stays: by its
 * shared memory key Postgres sees whether a child of the dead server still writes.
 */
async function clearPidFile(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(first);
  if (!Number.isSafeInteger(pid) || pid <= 0) return;
  const command = commandLineOf(pid);
  if (command.includes('postgres') && command.includes(cluster)) await endProcess(pid, cluster, 'SIGINT');
  else if (command !== '') writeFileSync(file, [endedPid(), ...rest].join('\n'));
}

function endedPid(): string {
  return execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
}

function environment(): Record<string, string> {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function give(path: string, user: UnprivilegedUser | undefined): void {
  if (user) chownSync(path, user.uid, user.gid);
}

async function canConnect(url: string): Promise<boolean> {
  await withClient(url, (client) => client.query('select 1'));
  return true;
}

async function createDatabases(url: string, names: readonly string[]): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    const present = new Set(rows.map(({ datname }) => datname));
    for (const name of names.filter((wanted) => !present.has(wanted))) {
      await client.query(`create database ${client.escapeIdentifier(name)}`);
    }
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // a lost connection also fails the query
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
