import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { migrate } from '#db/migrate.ts';
import { processEnvironment, readConfig, runningSettingsFile, type StackConfig } from '#worker/config.ts';
import { setupTemporal } from '#worker/setup-temporal.ts';
import { temporalConnection } from '#worker/temporal-connection.ts';
import { type Child, startChild } from './child.ts';
import { type Demo, writeDemo, writePrivately } from './demo.ts';
import { buildPortal } from './portal.ts';
import { choosePort, freePorts, isPortFree, LOOPBACK } from './ports.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { endLeftovers } from './processes.ts';
import { developmentSecretKey } from './secret-key.ts';
import { seedDemo } from './seed.ts';
import type { Supervisor } from './supervisor.ts';
import { startTemporal, TEMPORAL_DATABASES, TEMPORAL_INTERNAL_PORTS } from './temporal.ts';
import { ensureTemporal, type TemporalProgram } from './temporal-binaries.ts';
import { startUi } from './ui.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DATABASE = 'kekal';
const LOOPBACK_CIDRS = '127.0.0.0/8,::1/128';
const READY_TIMEOUT_MS = 60_000;
const WORKER_STOP_TIMEOUT_MS = 45_000; // its own grace is 40 s
const API_STOP_TIMEOUT_MS = 20_000;

interface Context {
  readonly config: StackConfig;
  readonly supervisor: Supervisor;
  readonly log: (line: string) => void;
}

/**
 * Brings everything up in the order of temporal.md, section 1, each part ready before the next, and writes `demo.json`.
 * Data of an earlier run is taken up again. DATABASE_URL and TEMPORAL_ADDRESS replace the embedded parts.
 */
export async function runStack({
  config,
  supervisor,
  log,
}: Context): Promise<{ demo: Demo; demoFile: string }> {
  const { home } = config;
  const leftovers = await endLeftovers(join(home, 'run'));
  if (leftovers.length > 0)
    log(`An earlier run was killed; what it had left running is ended: ${leftovers.join(', ')}`);
  const files = (name: string) => ({
    logFile: join(home, 'logs', `${name}.log`),
    pidFile: join(home, 'run', `${name}.pid`),
  });
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAtMs = performance.now();
    const result = await work();
    log(`${name.padEnd(18)} ready in ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s`);
    return result;
  };

  const ports = await choosePorts(config, log);
  const program = config.temporalAddress
    ? null
    : await ensureTemporal({ cacheDir: config.cacheDir, env: processEnvironment(), log });
  const portal = buildPortal(ROOT, log); // beside all that follows: only the api needs it
  portal.catch(() => {}); // told where it is awaited

  const databases = [
    ...(config.databaseUrl ? [] : [DATABASE]),
    ...(program?.kind === 'server' ? Object.values(TEMPORAL_DATABASES) : []),
  ];
  const postgres =
    databases.length === 0
      ? null
      : await step('Postgres', () =>
          supervisor.start('Postgres', (signal) =>
            startPostgres({
              directory: join(home, 'postgres'),
              port: ports.postgres,
              durable: true,
              databases,
              signal,
              log,
              ...files('postgres'),
            }),
          ),
        );
  const databaseUrl = config.databaseUrl ?? embeddedUrl(postgres);
  await step('Database schema', () => migrate(databaseUrl));

  const temporalAddress = await step('Temporal', async () => {
    if (!program) {
      const temporalAddress = config.temporalAddress ?? '';
      await setupTemporal(temporalConnection({ ...config, temporalAddress }));
      return temporalAddress;
    }
    const internalPorts = await rememberedPorts(join(home, 'ports.json'), ports.taken);
    const { address } = await supervisor.start('Temporal', (signal) =>
      startTemporal({
        program,
        postgres,
        directory: join(home, 'temporal'),
        port: ports.temporal,
        internalPorts,
        uiPort: ports.ui,
        signal,
        ...files('temporal'),
      }),
    );
    return address;
  });
  const uiUrl = program ? uiAddress(program, ports.ui) : (config.temporalUiUrl ?? null);

  const ownsMail = config.smtpUrl === undefined; // a mail server that is given gets the mails
  const settings = {
    KEKAL_HOME: home,
    KEKAL_HOST: config.host,
    KEKAL_PORT: String(ports.api),
    KEKAL_WORKER_PORT: String(ports.worker),
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    KEKAL_SECRET_KEY: config.secretKey?.toString('base64') ?? developmentSecretKey(home),
    KEKAL_CALLBACK_ALLOW_CIDRS: config.callbackAllowCidrs.join(',') || LOOPBACK_CIDRS,
    ...(uiUrl && { KEKAL_TEMPORAL_UI_URL: uiUrl }),
    ...(ownsMail && {
      KEKAL_DEV_MAIL: 'true',
      KEKAL_DEV_MAIL_PORT: String(ports.mail),
      KEKAL_SMTP_URL: `smtp://${LOOPBACK}:${ports.mail}`,
    }),
  };
  const env = { ...processEnvironment(), ...settings, TZ: 'UTC' };
  const secrets = await step('Demo data', () => seedDemo({ databaseUrl, config: readConfig(env) }));

  const node = (name: string, script: string, readyUrl: string, stopTimeoutMs: number) =>
    step(name, () =>
      supervisor.start(name, (signal) =>
        startChild({
          name,
          command: process.execPath,
          args: [join(ROOT, script)],
          cwd: ROOT,
          env,
          signal,
          isReady: () => isReady(readyUrl),
          readyTimeoutMs: READY_TIMEOUT_MS,
          stopTimeoutMs,
          ...files(name),
        }),
      ),
    );
  const host = ['0.0.0.0', '::'].includes(config.host) ? LOOPBACK : config.host;
  const url = `http://${host}:${ports.api}`;
  await node('worker', 'worker/main.ts', `http://${host}:${ports.worker}/ready`, WORKER_STOP_TIMEOUT_MS);
  await portal;
  await node('api', 'worker/api-main.ts', `${url}/ready`, API_STOP_TIMEOUT_MS);
  if (program?.kind === 'server' && program.ui !== null) {
    const command = program.ui;
    await step('Temporal UI', () =>
      supervisor.start<Child>('Temporal UI', (signal) =>
        startUi({
          command,
          temporalAddress,
          port: ports.ui,
          directory: join(home, 'temporal-ui'),
          signal,
          ...files('temporal-ui'),
        }),
      ),
    );
  }

  writePrivately(runningSettingsFile(home), settings);
  const demo = {
    url: config.publicUrl ?? url,
    temporal_ui: uiUrl,
    mail: ownsMail || config.devMail ? `${config.publicUrl ?? url}/dev/mail` : null,
    database_url: databaseUrl,
    ...secrets,
  };
  return { demo, demoFile: writeDemo(home, demo) };
}

/** After a stop nothing is there for the command to find. `demo.json` stays: its keys hold for the next run. */
export function forgetRunning(home: string): void {
  rmSync(runningSettingsFile(home), { force: true });
}

interface Ports {
  readonly api: number;
  readonly worker: number;
  readonly postgres: number;
  readonly temporal: number;
  readonly ui: number;
  readonly mail: number;
  readonly taken: Set<number>;
}

async function choosePorts(config: StackConfig, log: (line: string) => void): Promise<Ports> {
  const taken = new Set<number>();
  const choose = (who: string, wanted: number) =>
    choosePort(wanted, taken, (busy, instead) => log(`Port ${busy} is busy: ${who} takes ${instead}.`));
  return {
    api: await choose('the api', config.port),
    worker: await choose('the worker', config.workerPort),
    postgres: await choose('Postgres', config.postgresPort),
    temporal: await choose('Temporal', config.temporalPort),
    ui: await choose('the Temporal UI', config.temporalUiPort),
    mail: await choose('the mail inbox', config.devMailPort),
    taken,
  };
}

/** Temporal keeps its members' addresses in the database: with the same ports it need not wait for dead ones. */
async function rememberedPorts(file: string, taken: Set<number>): Promise<number[]> {
  const remembered = existsSync(file) ? z.array(z.int()).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
  const areFree = await Promise.all(
    remembered.map(async (port) => !taken.has(port) && (await isPortFree(port))),
  );
  if (remembered.length === TEMPORAL_INTERNAL_PORTS && areFree.every(Boolean)) return remembered;
  const ports = await freePorts(TEMPORAL_INTERNAL_PORTS, taken);
  writePrivately(file, ports);
  return ports;
}

function embeddedUrl(postgres: Postgres | null): string {
  if (!postgres) throw new Error('There is neither DATABASE_URL nor an embedded Postgres.');
  return postgres.url(DATABASE);
}

function uiAddress(program: TemporalProgram, port: number): string | null {
  return program.kind === 'cli' || program.ui !== null ? `http://${LOOPBACK}:${port}` : null;
}

async function isReady(url: string): Promise<boolean> {
  return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
}

/** Makes the home; what it holds is for its owner, but others may pass through to what is opened to them. */
export function makeHome(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o755 });
}
