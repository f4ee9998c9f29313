import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Counts, ONE_FAILED, sumCounts } from './counts.ts';
import { REPORT_FILE, type TestReport } from './counting-reporter.ts';
import { runTool } from './run-tool.ts';

export interface VitestRun {
  readonly projects: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly live?: boolean;
  readonly timeoutMs: number;
}

export interface VitestResult {
  readonly counts: Counts;
  readonly output: string;
}

/** Runs vitest projects together and counts their tests. A crash, or a project without a test, is a failure. */
export async function runVitest({ projects, env, live, timeoutMs }: VitestRun): Promise<VitestResult> {
  const folder = await mkdtemp(join(tmpdir(), 'kekal-checks-'));
  const file = join(folder, 'report.json');
  try {
    const { ok, output } = await runTool({
      script: 'node_modules/vitest/vitest.mjs',
      args: [
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=default',
        '--reporter=./tools/checks/counting-reporter.ts',
      ],
      env: { ...env, [REPORT_FILE]: file },
      ...(live === undefined ? {} : { live }),
      timeoutMs,
    });
    const report = await readReport(file);
    const { counts, complaints } = judge(projects, report, ok);
    return { counts, output: [output, ...complaints].filter((part) => part !== '').join('\n') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReport(file: string): Promise<TestReport | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as TestReport;
  } catch {
    return null;
  }
}

/** What vitest's own exit code and the report say together: the worse of the two. */
export function judge(
  projects: readonly string[],
  report: TestReport | null,
  ok: boolean,
): { readonly counts: Counts; readonly complaints: readonly string[] } {
  if (!report) return { counts: ONE_FAILED, complaints: ['vitest ended without a report'] };

  const complaints = projects
    .filter((project) => report.projects[project] === undefined)
    .map((project) => `project ${project}: no test found`);
  if (report.unhandledErrors > 0) complaints.push(`${report.unhandledErrors} errors outside of any test`);

  const counted = sumCounts(Object.values(report.projects));
  if (!ok && counted.failed === 0 && complaints.length === 0)
    complaints.push('vitest failed beside the tests');
  return { counts: sumCounts([counted, ...complaints.map(() => ONE_FAILED)]), complaints };
}
