import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from './ports.ts';
import { startTemporal } from './temporal.ts';

test('the development server of the command is asked for both namespaces, a database file and loopback only', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kekal-temporal-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const standIn = join(directory, 'temporal');
  const recorded = join(directory, 'arguments');
  writeFileSync(standIn, `#!/bin/sh\nprintf '%s\\n' "$@" > '${recorded}'\nexit 9\n`);
  chmodSync(standIn, 0o755);
  const [port = 0, uiPort = 0] = await freePorts(2);

  const starting = startTemporal({
    program: { kind: 'cli', cli: standIn },
    postgres: null,
    directory: join(directory, 'data'),
    port,
    uiPort,
    logFile: join(directory, 'temporal.log'),
  });

  await expect(starting).rejects.toThrow('Temporal ended with exit code 9');
  const values = [
    'frontend.WorkflowTimeSkippingEnabled=true',
    'history.workflowIdReuseMinimalInterval="0s"',
    'history.timerProcessorMaxTimeShift="10ms"',
    'matching.priorityLevels=11',
    'matching.enableFairness=true',
    'matching.numTaskqueueReadPartitions=1',
    'matching.numTaskqueueWritePartitions=1',
  ];
  const expected = [
    'server start-dev --namespace live --namespace sandbox --ip 127.0.0.1'.split(' '),
    ['--port', String(port), '--db-filename', join(directory, 'data', 'development.db')],
    ['--ui-port', String(uiPort)],
    values.flatMap((value) => ['--dynamic-config-value', value]),
  ];
  expect(readFileSync(recorded, 'utf8').trim().split('\n')).toEqual(expected.flat());
});
