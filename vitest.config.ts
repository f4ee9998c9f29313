import { defineConfig } from 'vitest/config';

const INTEGRATION = ['**/*.db.test.{ts,tsx}', '**/*.workflow.test.{ts,tsx}'];
const OWN_PROJECTS = ['test/replay/**', 'test/e2e/**', 'test/chaos/**'];

/** Safety nets only: a test waits for a condition, never for a time. */
const TEST_TIMEOUT_MS = 60_000;
const JOURNEY_TIMEOUT_MS = 180_000;

/** What needs the engine: one Postgres, one Temporal, one bundle, for all these projects of a run together. */
const onEngine = {
  globalSetup: ['test/engine/shared-setup.ts'],
  testTimeout: TEST_TIMEOUT_MS,
  hookTimeout: TEST_TIMEOUT_MS,
};

/**
 * The projects and the files of each; no file belongs to two. `test/repository/test-projects.test.ts` holds that every
 * test file belongs to one.
 */
export const PROJECT_FILES = {
  unit: { include: ['**/*.test.{ts,tsx}'], exclude: [...INTEGRATION, ...OWN_PROJECTS] },
  db: { include: ['**/*.db.test.ts'], exclude: OWN_PROJECTS },
  workflow: { include: ['**/*.workflow.test.ts'], exclude: OWN_PROJECTS },
  replay: { include: ['test/replay/**/*.test.ts'], exclude: [] },
  e2e: { include: ['test/e2e/**/*.test.ts', 'test/chaos/**/*.test.ts'], exclude: [] },
  record: { include: ['test/replay/**/*.record.ts'], exclude: [] },
};

const NEVER = ['**/node_modules/**', '.kekal/**', 'web/dist/**'];

function files(project: keyof typeof PROJECT_FILES) {
  const { include, exclude } = PROJECT_FILES[project];
  return { name: project, include, exclude: [...NEVER, ...exclude] };
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    env: { TZ: 'UTC' },
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    teardownTimeout: TEST_TIMEOUT_MS,
    allowOnly: false,
    projects: [
      { extends: true, test: { ...files('unit') } },
      { extends: true, test: { ...files('db'), ...onEngine } },
      { extends: true, test: { ...files('workflow'), ...onEngine } },
      { extends: true, test: { ...files('replay'), ...onEngine } },
      {
        extends: true,
        test: {
          ...files('e2e'),
          ...onEngine,
          testTimeout: JOURNEY_TIMEOUT_MS,
          hookTimeout: JOURNEY_TIMEOUT_MS,
          // A journey kills processes and measures lateness: nothing else runs beside it.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { ...files('record'), ...onEngine, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
