import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type ChildOptions, StartError, startChild } from './child.ts';
import { commandLineOf, endLeftovers } from './processes.ts';
import { createSupervisor } from './supervisor.ts';

function workshop() {
  const directory = mkdtempSync(join(tmpdir(), 'kekal-supervisor-'));
  const lines: string[] = [];
  const supervisor = createSupervisor({ log: (line) => lines.push(line) });
  onTestFinished(async () => {
    await supervisor.stop();
    rmSync(directory, { recursive: true });
  });
  /** A process that says "up", writes `name` to a common file when it is asked to stop, then ends. */
  const options = (name: string, script = polite(join(directory, 'stopped'), name)): ChildOptions => {
    const logFile = join(directory, `${name}.log`);
    return {
      name,
      command: process.execPath,
      args: ['-e', script],
      logFile,
      pidFile: join(directory, `${name}.pid`),
      isReady: async () => readFileSync(logFile, 'utf8').includes('up'),
      readyTimeoutMs: 20_000,
      stopTimeoutMs: 10_000,
    };
  };
  return {
    directory,
    lines,
    supervisor,
    options,
    stopped: () => readFileSync(join(directory, 'stopped'), 'utf8'),
  };
}

function polite(file: string, name: string): string {
  return `
    process.on('SIGTERM', () => { require('node:fs').appendFileSync('${file}', '${name} '); process.exit(0); });
    console.log('up'); setInterval(() => {}, 1000);`;
}

function isAlive(pid: number): boolean {
  return commandLineOf(pid) !== '';
}

test('a child killed with -9 comes back; its neighbour keeps running', async () => {
  const { supervisor, options, lines } = workshop();
  const pids: number[] = [];
  const launch = (name: string) => async () => {
    const child = await startChild(options(name));
    pids.push(child.pid);
    return child;
  };
  const victim = await supervisor.start('victim', launch('victim'));
  const neighbour = await supervisor.start('neighbour', launch('neighbour'));

  process.kill(victim.pid, 'SIGKILL');
  await vi.waitFor(() => expect(lines).toContain(`victim is back (process ${pids[2]})`), 20_000);

  expect(lines[0]).toBe('victim ended (signal SIGKILL); starting it again');
  expect(isAlive(neighbour.pid)).toBe(true);
});

test('a child that cannot come back at first is tried again', async () => {
  const { supervisor, options, lines } = workshop();
  let launches = 0;
  const child = await supervisor.start('shy', () => {
    launches += 1;
    return launches === 2 ? Promise.reject(new Error('not yet')) : startChild(options('shy'));
  });
  process.kill(child.pid, 'SIGKILL');
  await vi.waitFor(() => expect(launches).toBe(3), 20_000);
  expect(lines).toContain('not yet; trying again in 0.25 s');
});

test('everything is stopped politely, last started first', async () => {
  const { supervisor, options, stopped } = workshop();
  for (const name of ['first', 'second', 'third']) {
    await supervisor.start(name, () => startChild(options(name)));
  }
  await supervisor.stop();
  expect(stopped()).toBe('third second first ');
});

test('a stop while a child is starting gives that start up', async () => {
  const { supervisor, options, directory } = workshop();
  const never = { ...options('slow'), isReady: () => Promise.resolve(false) };
  const starting = supervisor.start('slow', (signal) => startChild({ ...never, signal }));
  const outcome = starting.then(() => 'started', String);
  await vi.waitFor(() => readFileSync(join(directory, 'slow.pid')), 20_000);
  const { pid } = JSON.parse(readFileSync(join(directory, 'slow.pid'), 'utf8')) as { pid: number };
  await supervisor.stop();
  expect(await outcome).toContain('slow was stopped');
  expect(isAlive(pid)).toBe(false);
});

test('kill ends at once what does not listen', async () => {
  const { supervisor, options } = workshop();
  const deaf = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000);";
  const child = await supervisor.start('deaf', () => startChild(options('deaf', deaf)));
  supervisor.kill();
  expect(await child.ended).toBe('signal SIGKILL');
});

test('a child that does not stop in its time is killed', async () => {
  const { options } = workshop();
  const deaf = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000);";
  const child = await startChild({ ...options('deaf', deaf), stopTimeoutMs: 50 });
  await child.stop();
  expect(await child.ended).toBe('signal SIGKILL');
});

test('a child that fails to come up is told with the last lines it printed', async () => {
  const { options } = workshop();
  const failing = startChild(options('broken', "console.error('no such table'); process.exit(3);"));
  await expect(failing).rejects.toThrow(/broken ended with exit code 3\. The end of .*\n {4}no such table/);
});

test('a command that does not exist is told, and nothing hangs', async () => {
  const { options } = workshop();
  await expect(startChild({ ...options('absent'), command: '/nowhere/at-all' })).rejects.toThrow(StartError);
});

test('what a killed run left running is ended; a process id given to somebody else is left alone', async () => {
  const { options, directory } = workshop();
  const child = await startChild(options('orphan'));
  writeFileSync(
    join(directory, 'reused.pid'),
    JSON.stringify({ pid: process.pid, commandLine: '/bin/postgres -D x' }),
  );
  writeFileSync(join(directory, 'half.pid'), '{"pid": 12');

  expect(await endLeftovers(directory)).toEqual(['orphan']);
  expect(isAlive(child.pid)).toBe(false);
  expect(isAlive(process.pid)).toBe(true);
  expect(await endLeftovers(directory)).toEqual([]);
});
