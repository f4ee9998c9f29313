import type { TestProject } from 'vitest/node';
import startEngine from './global-setup.ts';

type Teardown = () => Promise<void>;

const KEY = Symbol.for('kekal.test-engine');
const shared = globalThis as { [KEY]?: Promise<Teardown> };

/**
 * Starts the engine for the first project of a run that needs it and ends it once; what it provides goes to the root
 * project, so every project's tests may inject it. Without this, vitest would start one engine per project.
 */
export default async function sharedSetup(project: TestProject): Promise<Teardown> {
  shared[KEY] ??= startEngine(project.vitest.getRootProject());
  await shared[KEY];
  return async () => {
    const started = shared[KEY];
    delete shared[KEY];
    await (await started)?.();
  };
}
