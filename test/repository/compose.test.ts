import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SETTINGS } from '#worker/config.ts';
import { readText, repositoryFiles } from './repository.ts';

const Service = z.object({
  image: z.string(),
  build: z.object({ context: z.literal('.'), target: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  restart: z.string(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .transform((text) => Number(text.slice(0, -1)))
    .optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});

const COMPOSE = readText('docker-compose.yml');
const compose: unknown = parse(COMPOSE, { merge: true });
const { services } = z.object({ services: z.record(z.string(), Service) }).parse(compose);
const dockerfile = readText('Dockerfile').replace(/\\\n/g, ' ');
const files = repositoryFiles();

/** What an image or program of others reads; the rest of the environment is ours. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  postgres: ['POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD', 'POSTGRES_INITDB_ARGS', 'TZ'],
  temporal: ['SQL_HOST', 'SQL_PORT', 'SQL_USER', 'SQL_PASSWORD'],
  'temporal-schema': ['SQL_HOST', 'SQL_PORT', 'SQL_USER', 'SQL_PASSWORD'],
};
/** Above the 40 s after which a worker gives its activities up. */
const WORKER_FORCE_S = 40;

function composeProblems(document: unknown): string[] {
  const schema = JSON.parse(readText('test/repository/compose-spec/schema.json')) as object;
  const validate = new Ajv({ strict: false, allErrors: true }).compile({
    ...schema,
    $schema: 'http://json-schema.org/draft-07/schema#',
  });
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('docker-compose.yml is what the Compose Specification allows', () => {
  expect(composeProblems(compose)).toEqual([]);
});

test('that check sees a misspelt key and a wrong type', () => {
  const wrong = { services: { api: { image: 'kekal', enviroment: {}, ports: 'all' } } };
  expect(composeProblems(wrong)).toEqual([
    '/services/api must NOT have additional properties',
    '/services/api/ports must be array',
  ]);
});

test('every image that is built has its target in the Dockerfile', () => {
  const stages = new Set([...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, name = '']) => name));
  const targets = Object.values(services).flatMap(({ build }) => (build ? [build.target] : []));

  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((target) => !stages.has(target))).toEqual([]);
});

test.each(Object.entries(services))('%s is given only settings that it knows', (name, { environment }) => {
  const known = new Set(OTHERS[name] ?? SETTINGS.map((setting) => setting.name));
  expect(Object.keys(environment).filter((variable) => !known.has(variable))).toEqual([]);
});

test('every variable of .env.example is used, and what has no default stands in it', () => {
  const offered = [...readText('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const used = [...COMPOSE.matchAll(/\$\{([A-Z_]+)(:[-?])/g)].map(([, name = '', kind]) => ({ name, kind }));
  const required = used.filter(({ kind }) => kind === ':?').map(({ name }) => name);

  expect(offered.filter((name) => !used.some((use) => use.name === name))).toEqual([]);
  expect([...new Set(required)].filter((name) => !offered.includes(name))).toEqual([]);
  expect(COMPOSE).not.toMatch(/\$\{[A-Z_]+\}/); // without a default and without a demand
});

test('everything that the Dockerfile copies from the checkout is there', () => {
  expect(copied().length).toBeGreaterThan(0);
  expect(copied().filter((path) => !isThere(path))).toEqual([]);
});

test('the image holds every folder that the product imports from', () => {
  const { imports } = z
    .object({ imports: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readText('package.json')));
  const folders = Object.values(imports).map((path) => path.replace(/^\.\/|\/\*$/g, ''));
  const product = folders.filter((folder) => !['stack', 'test'].includes(folder));

  expect(product.filter((folder) => !copied().includes(folder))).toEqual([]);
});

test('the image holds every file of this project that its files import', () => {
  const held = copied().filter((path) => path !== '.');
  const isHeld = (path: string) => held.some((each) => path === each || path.startsWith(`${each}/`));
  const sources = files.filter((path) => isHeld(path) && /(?<!\.test)\.m?ts$/.test(path));
  const missing = sources.flatMap((path) =>
    [...readText(path).matchAll(/\bfrom '(\.\.?\/[^']+)'/g)]
      .map(([, target = '']) => join(dirname(path), target))
      .filter((target) => !isHeld(target))
      .map((target) => `${path}: ${target}`),
  );

  expect(sources.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

test('secrets never enter an image', () => {
  const ignored = readText('.dockerignore').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.env', '.env.*', '.kekal', '.git']));
  expect(readText('.gitignore').split('\n')).toContain('.env');
});

test('api and worker run unprivileged, are watched by /ready and get the time to stop', () => {
  const stage = dockerfile.split(/^FROM /m).find((text) => text.includes('AS kekal\n'));
  expect(stage).toContain('\nUSER node\n');
  for (const name of ['api', 'worker']) {
    const service = services[name];
    expect(service).toMatchObject({
      build: { target: 'kekal' },
      read_only: true,
      cap_drop: ['ALL'],
      restart: 'unless-stopped',
      depends_on: { setup: { condition: 'service_completed_successfully' } },
    });
    expect(service?.healthcheck?.test.join(' ')).toContain('/ready');
    expect(service?.stop_grace_period).toBeGreaterThan(WORKER_FORCE_S);
  }
});

test('what has no authentication is not published, and nothing is published beyond the loopback address', () => {
  expect(services['postgres']?.ports).toEqual([]);
  expect(services['temporal']?.ports).toEqual([]);
  const published = Object.values(services).flatMap(({ ports }) => ports);
  expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test('nobody starts workflows, ends them or changes them in the Temporal UI', () => {
  expect(parse(readText('tools/compose/temporal-ui.yaml'))).toMatchObject({ disableWriteActions: true });
});

/** Sources of COPY and ADD lines that come from the checkout, not from another stage. */
function copied(): string[] {
  return [...dockerfile.matchAll(/^(?:COPY|ADD) (?!--from)(.+)$/gm)].flatMap(([, words = '']) =>
    words.trim().split(/\s+/).slice(0, -1),
  );
}

function isThere(path: string): boolean {
  return path === '.' || files.includes(path) || files.some((file) => file.startsWith(`${path}/`));
}
