import { matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_FILES } from '../../vitest.config.ts';
import { repositoryFiles } from './repository.ts';

function projectsOf(path: string): string[] {
  const matches = (globs: readonly string[]) => globs.some((glob) => matchesGlob(path, glob));
  return Object.entries(PROJECT_FILES)
    .filter(([, { include, exclude }]) => matches(include) && !matches(exclude))
    .map(([project]) => project);
}

test.each([
  ['domain/money.test.ts', ['unit']],
  ['web/src/lib/format.test.tsx', ['unit']],
  ['test/repository/arrows.test.ts', ['unit']],
  ['services/bill/create.db.test.ts', ['db']],
  ['test/integration/outbox.db.test.ts', ['db']],
  ['workflows/callback/callback.workflow.test.ts', ['workflow']],
  ['test/replay/replay.test.ts', ['replay']],
  ['test/replay/callback/callback.record.ts', ['record']],
  ['test/e2e/main-job.test.ts', ['e2e']],
  ['test/chaos/kill.test.ts', ['e2e']],
  ['domain/money.ts', []],
])('%s runs in %j', (path, projects) => {
  expect(projectsOf(path)).toEqual(projects);
});

test('every file that looks like a test runs in exactly one project', () => {
  const tests = repositoryFiles().filter((path) => /[._-](?:test|spec|record)\.\w+$/.test(path));

  const misplaced = tests.filter((path) => projectsOf(path).length !== 1);

  expect(tests).not.toEqual([]);
  expect(misplaced).toEqual([]);
});
