import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Demo } from '#stack/demo.ts';
import { runStack } from '#stack/run-stack.ts';
import { createSupervisor } from '#stack/supervisor.ts';
import { processEnvironment, readStackConfig } from '#worker/config.ts';
import { workflowBundle } from '#worker/workflow-bundle.ts';

export interface BenchStack {
  readonly demo: Demo;
  /** The process id of `api`, `worker`, `temporal`, `temporal-ui` or `postgres`. */
  pid(name: string): Promise<number>;
  stop(): Promise<void>;
}

/**
 * What `npm start` brings up, with durable Postgres and the real processes, on ports and in a folder of its own; nothing
 * of it is left after `stop`. The workflow bundle is made first: a worker that bundles is no worker at rest.
 */
export async function startBenchStack(log: (line: string) => void): Promise<BenchStack> {
  const home = await mkdtemp(join(tmpdir(), 'kekal-bench-'));
  await chmod(home, 0o755); // root's Postgres runs as somebody else, who must get in
  await workflowBundle(join(home, 'bundle'));
  const config = readStackConfig({
    ...processEnvironment(),
    KEKAL_HOME: home,
    DATABASE_URL: undefined,
    TEMPORAL_ADDRESS: undefined,
  });
  const supervisor = createSupervisor({ log });
  const stop = async () => {
    await supervisor.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    const { demo } = await runStack({ config, supervisor, log });
    return {
      demo,
      stop,
      pid: async (name) => {
        const file = await readFile(join(home, 'run', `${name}.pid`), 'utf8');
        return z.object({ pid: z.int() }).parse(JSON.parse(file)).pid;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
