import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { type Counts, NONE, ONE_FAILED, ONE_PASSED, sumCounts } from './counts.ts';

/** The variable that names the file for the report. */
export const REPORT_FILE = 'KEKAL_TEST_REPORT';

export interface TestReport {
  /** Only projects with at least one test or one broken file. */
  readonly projects: Readonly<Record<string, Counts>>;
  readonly unhandledErrors: number;
}

/** A vitest reporter that writes how many tests of each project passed, failed or were skipped. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env[REPORT_FILE];
    if (!file) throw new Error(`${REPORT_FILE} names no file`);
    const projects: Record<string, Counts> = {};
    for (const module of modules) {
      const { name } = module.project;
      const counts = countModule(module);
      projects[name] = sumCounts([projects[name] ?? NONE, counts]);
    }
    const report: TestReport = { projects, unhandledErrors: unhandled.length };
    writeFileSync(file, JSON.stringify(report));
  }
}

function countModule(module: TestModule): Counts {
  const tests = [...module.children.allTests()].map((each) => countState(each.result().state));
  const counts = sumCounts(tests);
  // A file that cannot be loaded, or whose hooks fail, has no failed test of its own.
  const brokenFile = counts.failed === 0 && !module.ok();
  return brokenFile ? sumCounts([counts, ONE_FAILED]) : counts;
}

function countState(state: 'passed' | 'failed' | 'skipped' | 'pending'): Counts {
  if (state === 'passed') return ONE_PASSED;
  return state === 'skipped' ? { ...NONE, skipped: 1 } : ONE_FAILED;
}
