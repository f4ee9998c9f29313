import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findTemporal } from './find-temporal.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CLI_132 = 'temporal version 1.7.0 (Server 1.32.2, UI 2.54.1)';
const GO_126 = 'go version go1.26.8 linux/amd64';

/** A machine with these programs on its PATH; each prints its text whatever it is asked. */
function machine(programs: Record<string, string>) {
  const directory = mkdtempSync(join(tmpdir(), 'kekal-machine-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  for (const [name, answer] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho '${answer}'\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const cache = join(directory, 'cache');
  const find = (env: Record<string, string> = {}) =>
    findTemporal({ root: ROOT, cache, env: { PATH: [bin, '/usr/bin', '/bin'].join(delimiter), ...env } });
  return { bin, cache, find };
}

test('with Go the server is built, even where the temporal command is there', () => {
  const { find, cache } = machine({ go: GO_126, temporal: CLI_132 });
  const found = find();
  expect(found).toMatchObject({ kind: 'build' });
  expect(found).toHaveProperty('directory', expect.stringContaining(join(cache, 'temporal-')));
});

test('what was built is used without asking for Go again', () => {
  const first = machine({ go: GO_126 });
  const found = first.find();
  if (found.kind !== 'build') throw new Error(found.kind);
  mkdirSync(found.directory, { recursive: true });
  rmSync(join(first.bin, 'go'));
  expect(first.find()).toEqual({ ...found, kind: 'built' });
});

test('without Go, or with one that is too old, the temporal command serves if its server is 1.32 or newer', () => {
  const { find, bin } = machine({ go: 'go version go1.20.14 linux/amd64', temporal: CLI_132 });
  expect(find()).toEqual({ kind: 'cli', cli: join(bin, 'temporal'), version: '1.32.2' });
});

test.each([
  [{}, 'found no Go on the PATH'],
  [{ go: 'go version go1.19 linux/amd64' }, 'found Go 1.19 on the PATH'],
  [
    { temporal: 'temporal version 1.3.0 (Server 1.27.1, UI 2.36.0)' },
    'a temporal command with server 1.27.1',
  ],
])('with nothing that serves, one sentence names what was found and the ways on: %j', (programs, found) => {
  const { find } = machine(programs);
  expect(find).toThrow(found);
  expect(find).toThrow(/install Go, or .*`temporal` command.*KEKAL_TEMPORAL_SERVER.*TEMPORAL_ADDRESS/);
});

test('KEKAL_TEMPORAL_SERVER may be a server with its schema tool beside it', () => {
  const { find, bin } = machine({
    'temporal-server': 'temporal version 1.32.2',
    'temporal-sql-tool': '',
    go: GO_126,
  });
  expect(find({ KEKAL_TEMPORAL_SERVER: join(bin, 'temporal-server') })).toEqual({
    kind: 'server',
    server: join(bin, 'temporal-server'),
    sqlTool: join(bin, 'temporal-sql-tool'),
    ui: null,
    version: '1.32.2',
  });
});

test('KEKAL_TEMPORAL_SERVER may be the temporal command', () => {
  const { find, bin } = machine({ temporal: CLI_132, go: GO_126 });
  expect(find({ KEKAL_TEMPORAL_SERVER: join(bin, 'temporal') })).toMatchObject({ kind: 'cli' });
});

test.each([
  ['absent', 'no file that can be executed'],
  ['silent', 'tells no version'],
  ['old', 'server 1.31.0; Kekal needs server 1.32 or newer'],
  ['lonely', 'temporal-sql-tool'],
])('a KEKAL_TEMPORAL_SERVER that is %s is refused with one sentence', (name, sentence) => {
  const { find, bin } = machine({
    silent: '',
    old: 'temporal version 1.31.0',
    lonely: 'temporal version 1.32.2',
    go: GO_126,
  });
  const finding = () => find({ KEKAL_TEMPORAL_SERVER: join(bin, name), PATH: bin });
  expect(finding).toThrow(sentence);
});
