import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { cacheDirectory } from '../tools/cache-directory.mjs';

type Env = Readonly<Record<string, string | undefined>>;

/** One setting: how it is called, what holds when it is not set (`null`: nothing), and what it means. */
export interface Setting {
  readonly name: string;
  readonly default: string | null;
  readonly meaning: string;
}

interface Field<T> extends Setting {
  readonly schema: z.ZodType<T, string>;
}

/** A setting is missing or malformed; the message has one sentence a line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const TRUE = ['1', 'true', 'yes', 'on'];
const FALSE = ['0', 'false', 'no', 'off'];
const SECRET_KEY_BYTES = 32;
const TIMEOUT_MAX_MS = 600_000;

const text = z.string();
const path = z.string().transform((value) => resolve(value));
const flag = z
  .string()
  .toLowerCase()
  .refine((value) => TRUE.includes(value) || FALSE.includes(value), 'must be true or false')
  .transform((value) => TRUE.includes(value));
const port = wholeNumber(1, 65_535, 'a port');
const count = wholeNumber(1, 1_000, 'a count');
const timeout = wholeNumber(1, TIMEOUT_MAX_MS, 'a number of milliseconds');
const address = z.string().regex(/^[^\s:/]+:\d{1,5}$/, 'must be HOST:PORT');
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/\S+$/, 'must be a postgres:// URL');
const httpUrl = z
  .string()
  .refine((value) => ['http:', 'https:'].includes(protocolOf(value)), 'must be an http:// or https:// URL')
  .transform((value) => value.replace(/\/+$/, ''));
const secretKey = z
  .string()
  .transform((value): Buffer => Buffer.from(value, 'base64'))
  .refine((key) => key.length === SECRET_KEY_BYTES, `must be ${SECRET_KEY_BYTES} bytes in base64`);
const cidrs = z
  .string()
  .transform((value) => listOf(value))
  .refine((list) => list.every(isCidr), 'must be networks such as 10.1.0.0/16, separated by commas');
const smtpUrl = z
  .string()
  .refine((value) => ['smtp:', 'smtps:'].includes(protocolOf(value)), 'must be an smtp:// or smtps:// URL');
const mailAddress = z.email('must be an e-mail address');
const mailAddresses = z
  .string()
  .transform((value) => listOf(value))
  .refine(
    (list) => list.every((each) => mailAddress.safeParse(each).success),
    'must be e-mail addresses, separated by commas',
  );
const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be fatal, error, warn, info, debug, trace or silent',
});
const queuePrefix = z
  .string()
  .regex(/^[\w.-]{0,64}$/, 'must be at most 64 letters, digits, dots, dashes or underscores');

const FIELDS = {
  home: field('KEKAL_HOME', '.kekal', 'Where `npm start` keeps its data, logs and `demo.json`', path),
  host: field('KEKAL_HOST', '127.0.0.1', 'Address that api and worker listen on', text),
  port: field('KEKAL_PORT', '3000', 'Port of the api: REST, bill pages, portal', port),
  workerPort: field('KEKAL_WORKER_PORT', '3100', "Port of the worker's `/ready` and `/metrics`", port),
  publicUrl: optional(
    'KEKAL_PUBLIC_URL',
    'Address that payers and receivers see; else the one that listens',
    httpUrl,
  ),
  trustProxy: field('KEKAL_TRUST_PROXY', 'false', 'Whether forwarded headers of a reverse proxy count', flag),
  databaseUrl: optional('DATABASE_URL', 'Postgres of the product; replaces the embedded one', postgresUrl),
  databasePoolMax: field('KEKAL_DATABASE_POOL_MAX', '20', 'Most database connections of one process', count),
  temporalAddress: optional(
    'TEMPORAL_ADDRESS',
    'HOST:PORT of a Temporal cluster; replaces the embedded one',
    address,
  ),
  temporalTls: field('TEMPORAL_TLS', 'false', 'Whether the Temporal cluster is reached over TLS', flag),
  temporalTlsCaFile: optional('TEMPORAL_TLS_CA_FILE', 'CA certificate of the Temporal cluster (PEM)', path),
  temporalTlsCertFile: optional(
    'TEMPORAL_TLS_CERT_FILE',
    'Client certificate for the Temporal cluster (PEM)',
    path,
  ),
  temporalTlsKeyFile: optional('TEMPORAL_TLS_KEY_FILE', 'Key of that client certificate (PEM)', path),
  temporalApiKey: optional('TEMPORAL_API_KEY', 'API key for the Temporal cluster', text),
  secretKey: optional('KEKAL_SECRET_KEY', 'Encrypts stored secrets: 32 bytes in base64', secretKey),
  callbackAllowCidrs: field(
    'KEKAL_CALLBACK_ALLOW_CIDRS',
    '',
    'Private networks that callbacks may reach, separated by commas; `npm start` allows loopback',
    cidrs,
  ),
  databaseStepTimeoutMs: field(
    'KEKAL_DATABASE_STEP_TIMEOUT_MS',
    '10000',
    'Limit of one database step',
    timeout,
  ),
  attemptTimeoutMs: field(
    'KEKAL_ATTEMPT_TIMEOUT_MS',
    '25000',
    'Limit of one callback attempt as an activity',
    timeout,
  ),
  exchangeTimeoutMs: field(
    'KEKAL_EXCHANGE_TIMEOUT_MS',
    '20000',
    'Limit of the HTTP exchange of an attempt',
    timeout,
  ),
  gatewayTimeoutMs: field(
    'KEKAL_GATEWAY_TIMEOUT_MS',
    '45000',
    'Limit of one gateway call as an activity',
    timeout,
  ),
  taskQueuePrefix: field(
    'KEKAL_TASK_QUEUE_PREFIX',
    '',
    'Put before the name of every task queue',
    queuePrefix,
  ),
  smtpUrl: optional(
    'KEKAL_SMTP_URL',
    'Mail server, such as smtp://user:password@mail.example.com:587 or smtps://; without one no mail is sent',
    smtpUrl,
  ),
  smtpTls: field(
    'KEKAL_SMTP_TLS',
    'true',
    'Whether a mail server without TLS is refused; loopback is exempt',
    flag,
  ),
  mailFrom: field('KEKAL_MAIL_FROM', 'no-reply@kekal.local', 'Address that our mails come from', mailAddress),
  alertMail: field(
    'KEKAL_ALERT_MAIL',
    '',
    'Administrators of the installation, who are mailed its alerts, separated by commas',
    mailAddresses,
  ),
  devMail: field(
    'KEKAL_DEV_MAIL',
    'false',
    'Whether the api takes mail itself and shows it to everybody under `/dev/mail`; `npm start` does',
    flag,
  ),
  devMailPort: field('KEKAL_DEV_MAIL_PORT', '1025', 'Port on which the api then takes mail', port),
  workerBuildId: optional('WORKER_BUILD_ID', 'Turns on worker versioning under this build id', text),
  logLevel: field('KEKAL_LOG_LEVEL', 'info', 'Least severe log lines that are written', logLevel),
  chromePath: optional('KEKAL_CHROME', 'Chrome to render with, where the bundled one does not run', path),
  temporalUiUrl: optional('KEKAL_TEMPORAL_UI_URL', 'Address of the Temporal UI, for links to it', httpUrl),
  temporalServer: optional(
    'KEKAL_TEMPORAL_SERVER',
    'Temporal server (with `temporal-sql-tool` beside it) or `temporal` command to use instead of building one',
    path,
  ),
  temporalPort: field('KEKAL_TEMPORAL_PORT', '7233', 'Port of the embedded Temporal server', port),
  temporalUiPort: field('KEKAL_UI_PORT', '8233', 'Port of the Temporal UI', port),
  postgresPort: field('KEKAL_POSTGRES_PORT', '15432', 'Port of the embedded Postgres', port),
};

type Values = {
  readonly [K in keyof typeof FIELDS]: (typeof FIELDS)[K] extends Field<infer T> ? T : never;
};
type TimeoutName = 'databaseStepTimeoutMs' | 'attemptTimeoutMs' | 'exchangeTimeoutMs' | 'gatewayTimeoutMs';

/** Milliseconds; the limits of temporal.md, section 7. Tests set short ones. */
export interface Timeouts {
  readonly databaseStepMs: number;
  readonly attemptMs: number;
  readonly exchangeMs: number;
  readonly gatewayMs: number;
}

/** Every setting but those that a running process cannot do without: what `npm start` begins with. */
export interface StackConfig extends Omit<Values, TimeoutName> {
  readonly timeouts: Timeouts;
  /** Where Node, Temporal and the like are kept once for a user. */
  readonly cacheDir: string;
  /** Scheme, host and port of the Temporal UI, the only origin that may ask the codec; nothing without a UI. */
  readonly temporalUiOrigin: string | undefined;
}

/** What api, worker and the command run with. */
export interface Config extends StackConfig {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly secretKey: Buffer;
}

/** All settings, for the list in the README. */
export const SETTINGS: readonly Setting[] = Object.values(FIELDS).map(
  ({ name, default: value, meaning }) => ({
    name,
    default: value,
    meaning,
  }),
);

/** Everything that is set, for the processes that we start. */
export function processEnvironment(): Env {
  return process.env;
}

/** Reads the settings of a process that needs database and Temporal. Throws ConfigError with all that is wrong. */
export function readConfig(env: Env = process.env): Config {
  const { databaseUrl, temporalAddress, secretKey: key, ...rest } = readStackConfig(env);
  if (databaseUrl === undefined || temporalAddress === undefined || key === undefined) {
    const missing = [FIELDS.databaseUrl, FIELDS.temporalAddress, FIELDS.secretKey].filter(
      ({ name }) => !env[name],
    );
    throw new ConfigError(missing.map(({ name, meaning }) => `${name} is not set (${meaning}).`).join('\n'));
  }
  return { ...rest, databaseUrl, temporalAddress, secretKey: key };
}

/** As `readConfig`, where DATABASE_URL, TEMPORAL_ADDRESS and KEKAL_SECRET_KEY may be missing: `npm start` adds them. */
export function readStackConfig(env: Env = process.env): StackConfig {
  const problems: string[] = [];
  const values = Object.fromEntries(
    Object.entries<Field<unknown>>(FIELDS).map(([key, { name, default: otherwise, schema }]) => {
      const given = env[name] || otherwise; // set to nothing is not set
      if (given === null) return [key, undefined];
      const parsed = schema.safeParse(given);
      if (!parsed.success)
        problems.push(`${name} ${parsed.error.issues[0]?.message}, not ${shown(name, given)}.`);
      return [key, parsed.data];
    }),
  ) as Values;
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  const { databaseStepTimeoutMs, attemptTimeoutMs, exchangeTimeoutMs, gatewayTimeoutMs, ...rest } = values;
  if (exchangeTimeoutMs >= attemptTimeoutMs) {
    throw new ConfigError(
      'KEKAL_EXCHANGE_TIMEOUT_MS must be less than KEKAL_ATTEMPT_TIMEOUT_MS, which includes it.',
    );
  }
  return {
    ...rest,
    timeouts: {
      databaseStepMs: databaseStepTimeoutMs,
      attemptMs: attemptTimeoutMs,
      exchangeMs: exchangeTimeoutMs,
      gatewayMs: gatewayTimeoutMs,
    },
    cacheDir: cacheDirectory(env),
    temporalUiOrigin: values.temporalUiUrl && new URL(values.temporalUiUrl).origin,
  };
}

/** The file in KEKAL_HOME where `npm start` tells other commands how to reach what it runs. */
export function runningSettingsFile(home: string): string {
  return join(home, 'settings.json');
}

/**
 * `env` completed by the settings of the stack that `npm start` runs in the same KEKAL_HOME, so that the command finds
 * it without any setting. What is set stays; with its own DATABASE_URL nothing is taken.
 */
export function withRunningStack(env: Env = process.env): Env {
  if (env.DATABASE_URL) return env;
  try {
    const written = readFileSync(runningSettingsFile(readStackConfig(env).home), 'utf8');
    const running = z.record(z.string(), z.string()).parse(JSON.parse(written));
    return { ...running, ...Object.fromEntries(Object.entries(env).filter(([, value]) => value)) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return env;
    throw error;
  }
}

function field<T>(name: string, otherwise: string, meaning: string, schema: z.ZodType<T, string>): Field<T> {
  return { name, default: otherwise, meaning, schema };
}

function optional<T>(name: string, meaning: string, schema: z.ZodType<T, string>): Field<T | undefined> {
  return { name, default: null, meaning, schema };
}

function wholeNumber(least: number, most: number, what: string) {
  return z
    .string()
    .regex(/^\d+$/, `must be ${what} from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be ${what} from ${least} to ${most}`);
}

function isCidr(value: string): boolean {
  return z.union([z.cidrv4(), z.cidrv6()]).safeParse(value).success;
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

/** Passwords and keys never reach a log, not even wrong ones. */
function shown(name: string, value: string): string {
  return /KEY|(?:DATABASE|SMTP)_URL/.test(name) ? 'what is set' : `"${value}"`;
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
