import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '#db/migrate.ts';
import { freePorts } from '#stack/ports.ts';
import { startPostgres } from '#stack/postgres.ts';
import { startTemporal } from '#stack/temporal.ts';
import { ensureTemporal } from '#stack/temporal-binaries.ts';
import { workflowBundle } from '#worker/workflow-bundle.ts';
import { cacheDirectory } from '../../tools/cache-directory.mjs';

export const TEMPLATE = 'kekal_template';

/** What every test file of a run shares. */
export interface Engine {
  readonly postgres: { readonly port: number; readonly user: string; readonly password: string };
  readonly temporalAddress: string;
  readonly bundleDirectory: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    engine: Engine;
  }
}

/** One Postgres, one Temporal and one bundle for the whole run; everything lies in one temporary directory. */
export default async function startEngine(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'kekal-test-'));
  const log = (line: string) => process.stderr.write(`engine: ${line}\n`);
  const program = await ensureTemporal({ cacheDir: cacheDirectory(process.env), env: process.env, log });
  const [postgresPort = 0, temporalPort = 0] = await freePorts(2);
  const postgres = await startPostgres({
    directory: join(home, 'postgres'),
    port: postgresPort,
    durable: false,
    databases: ['kekal', TEMPLATE, 'temporal', 'temporal_visibility'],
    logFile: join(home, 'postgres.log'),
    log,
  });
  await migrate(postgres.url(TEMPLATE));
  const temporal = await startTemporal({
    program,
    postgres: program.kind === 'server' ? postgres : null,
    directory: join(home, 'temporal'),
    port: temporalPort,
    logFile: join(home, 'temporal.log'),
  });
  const bundleDirectory = resolve(import.meta.dirname, '../../.kekal/bundle');
  await workflowBundle(bundleDirectory);
  const { port, user, password } = postgres;
  project.provide('engine', {
    postgres: { port, user, password },
    temporalAddress: temporal.address,
    bundleDirectory,
  });
  return async () => {
    await temporal.stop();
    await postgres.stop();
    await rm(postgres.place, { recursive: true, force: true }); // elsewhere, where root starts it
    await rm(home, { recursive: true, force: true });
  };
}
