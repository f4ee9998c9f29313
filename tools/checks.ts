import { performance } from 'node:perf_hooks';
import { type Counts, formatCounts, NONE, ONE_FAILED, ONE_PASSED, sumCounts } from './checks/counts.ts';
import { inLanes } from './checks/in-lanes.ts';
import { runTool } from './checks/run-tool.ts';
import { runVitest, type VitestRun } from './checks/run-vitest.ts';

interface Check {
  readonly name: string;
  run(): Promise<{ readonly counts: Counts; readonly output: string }>;
}

const MINUTE_MS = 60_000;
const ENGINE_PROJECTS = ['db', 'workflow', 'replay', 'e2e'];

const VERIFY: readonly Check[] = [
  tool('lint', 'node_modules/oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']),
  tests('unit tests', { projects: ['unit'], timeoutMs: 10 * MINUTE_MS }),
  tool('arrows', 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', [
    '.',
    '--output-type',
    'err-long',
  ]),
  tool('types', 'node_modules/typescript7/bin/tsc', ['--noEmit']),
  tool('unused code', 'node_modules/knip/bin/knip.js', ['--no-progress', '--treat-config-hints-as-errors']),
  tool('format', 'node_modules/@biomejs/biome/bin/biome', ['format', '.']),
];

/** The stages of a command run one after the other, the checks of a stage two at a time. */
const COMMANDS: Readonly<Record<string, readonly (readonly Check[])[]>> = {
  verify: [VERIFY],
  test: [
    VERIFY,
    [tests('on the engine', { projects: ENGINE_PROJECTS, live: true, timeoutMs: 60 * MINUTE_MS })],
  ],
  'test:long': [
    [
      tests('on the engine, long', {
        projects: ENGINE_PROJECTS,
        env: { KEKAL_LONG: '1' },
        live: true,
        timeoutMs: 240 * MINUTE_MS,
      }),
    ],
  ],
  format: [[tool('format', 'node_modules/@biomejs/biome/bin/biome', ['format', '--write', '.'])]],
  'histories:record': [
    [tests('record histories', { projects: ['record'], live: true, timeoutMs: 60 * MINUTE_MS })],
  ],
};

function tool(name: string, script: string, args: readonly string[]): Check {
  return {
    name,
    async run() {
      const { ok, output } = await runTool({ script, args, timeoutMs: 5 * MINUTE_MS });
      return { counts: ok ? ONE_PASSED : ONE_FAILED, output };
    },
  };
}

function tests(name: string, run: VitestRun): Check {
  return { name, run: () => runVitest(run) };
}

let interrupted = false;

async function runCheck(check: Check): Promise<Counts> {
  if (interrupted) return NONE;
  const startedAt = performance.now();
  const { counts, output } = await check.run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const failed = counts.failed > 0;
  console.log(`${failed ? 'FAILED' : 'ok    '}  ${check.name.padEnd(20)} ${seconds.padStart(7)} s`);
  if (failed && output !== '') console.log(`\n${output.replace(/^/gm, '    ')}\n`);
  return counts;
}

async function main(name: string | undefined): Promise<number> {
  const stages = COMMANDS[name ?? ''];
  if (!stages) {
    console.error(`Usage: node tools/run.mjs tools/checks.ts ${Object.keys(COMMANDS).join('|')}`);
    return 2;
  }
  // The tools hear Ctrl-C themselves and clean up; the result is told after the last of them has ended.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      interrupted = true;
    });
  }
  const counts: Counts[] = [];
  for (const stage of stages) {
    counts.push(
      ...(await inLanes(
        2,
        stage.map((check) => () => runCheck(check)),
      )),
    );
  }
  if (interrupted) counts.push(ONE_FAILED);
  const total = sumCounts(counts);
  console.log(formatCounts(total));
  return total.failed > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv[2]);
