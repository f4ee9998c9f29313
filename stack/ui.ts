import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { LOOPBACK } from './ports.ts';

const READY_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 5_000;

/** Starts the Temporal UI on the loopback address; `directory` takes its configuration. */
export async function startUi(options: {
  readonly command: string;
  readonly temporalAddress: string;
  readonly port: number;
  readonly directory: string;
  readonly logFile: string;
  readonly pidFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}): Promise<Child & { readonly url: string }> {
  const url = `http://${LOOPBACK}:${options.port}`;
  mkdirSync(options.directory, { recursive: true });
  const config = {
    temporalGrpcAddress: options.temporalAddress,
    host: LOOPBACK,
    port: options.port,
    enableUi: true,
    publicPath: '',
    defaultNamespace: 'sandbox',
    disableNewsFetch: true,
    cors: { allowOrigins: [url], cookieInsecure: true },
  };
  writeFileSync(join(options.directory, 'kekal.yaml'), JSON.stringify(config, null, 2)); // JSON is YAML
  const child = await startChild({
    name: 'Temporal UI',
    command: options.command,
    args: ['--root', options.directory, '--config', '.', '--env', 'kekal', 'start'],
    cwd: options.directory,
    logFile: options.logFile,
    pidFile: options.pidFile,
    signal: options.signal,
    isReady: async () => (await fetch(url)).ok,
    readyTimeoutMs: READY_TIMEOUT_MS,
    stopTimeoutMs: STOP_TIMEOUT_MS,
  });
  return { ...child, url };
}
