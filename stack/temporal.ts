import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { setupTemporal } from '#worker/setup-temporal.ts';
import { type Child, startChild } from './child.ts';
import { freePorts, isPortFree, LOOPBACK } from './ports.ts';
import type { TemporalProgram } from './temporal-binaries.ts';

const run = promisify(execFile);

export const TEMPORAL_DATABASES = { main: 'temporal', visibility: 'temporal_visibility' } as const;
export const DYNAMIC_CONFIG_FILE = resolve(import.meta.dirname, 'temporal-dynamic-config.yaml');

/** For ever: Temporal cannot change it later. */
const SHARDS = 4;
const READY_TIMEOUT_MS = 60_000;
// A server that is stopped while it comes up may wait for itself; its state is in Postgres, killing loses nothing.
const STOP_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** Membership of the frontend; traffic and membership of history, matching and worker. */
export const TEMPORAL_INTERNAL_PORTS = 7;

export interface TemporalOptions {
  readonly program: TemporalProgram;
  /** Has the databases `temporal` and `temporal_visibility`. The command's development server needs none. */
  readonly postgres: { readonly port: number; readonly user: string; readonly password: string } | null;
  /** For its configuration, or the file of the development server. */
  readonly directory: string;
  /** gRPC, on the loopback address: the server has no authentication. */
  readonly port: number;
  /** Seven more; free ones when not given. Give the same again on a restart: members find each other at once. */
  readonly internalPorts?: readonly number[];
  /** The development server's own UI. */
  readonly uiPort?: number | undefined;
  readonly logFile: string;
  readonly pidFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Temporal extends Child {
  /** `127.0.0.1:7233`, without a scheme. */
  readonly address: string;
}

/**
 * Makes or updates the schemas, starts the server and sets up namespaces and search attributes: when this resolves,
 * workflows can start in `live` and `sandbox`. Starting again, after a crash too, is the same call.
 */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const { program, postgres } = options;
  mkdirSync(options.directory, { recursive: true });
  if (program.kind === 'server' && postgres === null)
    throw new Error('The Temporal server needs a Postgres.');
  if (program.kind === 'server' && postgres) await updateSchemas(program.sqlTool, postgres);
  const { command, args } =
    program.kind === 'cli' ? developmentServer(program.cli, options) : await server(options, program.server);

  const address = `${LOOPBACK}:${options.port}`;
  const child = await startChild({
    name: 'Temporal',
    command,
    args,
    cwd: options.directory,
    logFile: options.logFile,
    pidFile: options.pidFile,
    signal: options.signal,
    isReady: () => isServing(address, options.port),
    readyTimeoutMs: READY_TIMEOUT_MS,
    stopTimeoutMs: STOP_TIMEOUT_MS,
  });
  try {
    await setupTemporal({ address });
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { ...child, address };
}

type Sql = NonNullable<TemporalOptions['postgres']>;

/** Each step is harmless where it was done before. Source: temporal.md, section 1, row 2. */
async function updateSchemas(sqlTool: string, { port, user, password }: Sql): Promise<void> {
  const update = async (database: string, schema: string) => {
    const flags = [
      '--plugin',
      'postgres12',
      '--ep',
      LOOPBACK,
      '-p',
      String(port),
      '-u',
      user,
      '--db',
      database,
    ];
    const env = { SQL_PASSWORD: password }; // not as an argument: everybody sees those
    for (const step of [
      ['setup-schema', '-v', '0.0'],
      ['update-schema', '--schema-name', `postgresql/v12/${schema}`],
    ]) {
      await run(sqlTool, [...flags, ...step], { env }).catch((error: unknown) => {
        const told = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
        const why = /"error": "([^"]+)"/.exec(told)?.[1] ?? told.trim();
        throw new Error(`Temporal's tables in ${database} could not be made (${step[0]}): ${why}.`, {
          cause: error,
        });
      });
    }
  };
  await Promise.all([
    update(TEMPORAL_DATABASES.main, 'temporal'),
    update(TEMPORAL_DATABASES.visibility, 'visibility'),
  ]);
}

async function server(
  options: TemporalOptions,
  command: string,
): Promise<{ command: string; args: string[] }> {
  const file = join(options.directory, 'server.yaml');
  const internal =
    options.internalPorts ?? (await freePorts(TEMPORAL_INTERNAL_PORTS, new Set([options.port])));
  writeFileSync(file, JSON.stringify(serverConfig(options, internal), null, 2), { mode: 0o600 }); // JSON is YAML
  return { command, args: ['--config-file', file, '--allow-no-auth', 'start'] };
}

function serverConfig({ port, postgres }: TemporalOptions, internal: readonly number[]): object {
  // Each of the four services opens its own pools.
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${LOOPBACK}:${postgres?.port}`,
      connectProtocol: 'tcp',
      user: postgres?.user,
      password: postgres?.password,
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: SHARDS,
      datastores: {
        main: store(TEMPORAL_DATABASES.main, 12),
        visibility: store(TEMPORAL_DATABASES.visibility, 4),
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: LOOPBACK } },
    services: {
      frontend: service(port, internal[0]),
      history: service(internal[1], internal[2]),
      matching: service(internal[3], internal[4]),
      worker: service(internal[5], internal[6]),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `${LOOPBACK}:${port}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: DYNAMIC_CONFIG_FILE, pollInterval: '60s' },
  };
}

function service(grpcPort: number | undefined, membershipPort: number | undefined): object {
  return { rpc: { grpcPort, membershipPort, bindOnIP: LOOPBACK } };
}

/**
 * The fallback without Go. Its values hold for every namespace, so unlike the server it would also skip time in `live`.
 */
function developmentServer(command: string, options: TemporalOptions): { command: string; args: string[] } {
  const values = {
    'frontend.WorkflowTimeSkippingEnabled': 'true',
    'history.workflowIdReuseMinimalInterval': '"0s"',
    'history.timerProcessorMaxTimeShift': '"10ms"',
    'matching.priorityLevels': '11',
    'matching.enableFairness': 'true',
    'matching.numTaskqueueReadPartitions': '1',
    'matching.numTaskqueueWritePartitions': '1',
  };
  const args = [
    'server start-dev --namespace live --namespace sandbox --ip'.split(' '),
    [LOOPBACK, '--port', String(options.port), '--db-filename', join(options.directory, 'development.db')],
    options.uiPort ? ['--ui-port', String(options.uiPort)] : ['--headless'],
    Object.entries(values).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
  ].flat();
  return { command, args };
}

async function isServing(address: string, port: number): Promise<boolean> {
  if (await isPortFree(port)) return false; // a failed gRPC connect would pause for a second
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT_MS });
  await connection.close();
  return true;
}
