import { isPossiblePhoneNumber } from 'libphonenumber-js/min';
import { z } from 'zod';
import { isAccountNumber, plainAccountNumber } from '#domain/account-number.ts';
import { PREDICATE } from '#domain/billplz-sentence.ts';
import { isHttpUrl, URL_MAX } from '#domain/callback-url.ts';

/**
 * A reader of one parameter from any encoding. Its issues carry a predicate in `params`, from which `billplzForm`
 * makes the sentence; its metadata are its JSON Schema, which `jsonSchemaOf` tells OpenAPI.
 */
export type Scalar<T> = z.ZodType<T, unknown>;

/** What a blank or missing parameter reads as. Without it the parameter is required: `can't be blank`. */
export interface Absent<A> {
  readonly absent?: A;
}

/** Source: billplz-api.md 1, rule `amt`. */
export const AMOUNT_MAX = 99_999_999_999;

type Read<T> = { readonly value: T } | { readonly bad: string };

interface Reader<T, A> {
  readonly read: (text: string) => Read<T>;
  /** What is said of a list or an object in this place. */
  readonly misshapen: string;
  readonly options: Absent<A>;
  readonly schema: Readonly<Record<string, unknown>>;
}

function scalar<T, A>({ read, misshapen, options, schema }: Reader<T, A>): Scalar<T | A> {
  const required = !('absent' in options);
  const reader = z.unknown().transform((raw, ctx): T | A => {
    const result = readRaw(raw);
    if ('value' in result) return result.value;
    ctx.addIssue({ code: 'custom', input: raw, params: { predicate: result.bad } });
    return z.NEVER;
  });
  if (required) return reader.meta(schema);
  return optional<T | A>(reader, options.absent === null ? schema : { ...schema, default: options.absent });

  function readRaw(raw: unknown): Read<T | A> {
    const text = asText(raw);
    if (text === null) return { bad: misshapen };
    if (text.trim() !== '') return read(text);
    return 'absent' in options ? { value: options.absent } : { bad: PREDICATE.blank };
  }
}

/** May be left out, says the JSON Schema. `billplzForm` puts null where nothing was sent, so it is always read. */
function optional<T>(reader: z.ZodType, schema: Readonly<Record<string, unknown>>): Scalar<T> {
  return z.optional(reader).meta(schema) as unknown as Scalar<T>;
}

/** JSON numbers and booleans are what they print; a container is no text. */
function asText(raw: unknown): string | null {
  if (raw === null || raw === undefined) return '';
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : null;
}

/** Text kept as sent, at most `max` code points. Rule `str N`. */
export function text<A = never>(options: Absent<A> & { readonly max: number }): Scalar<string | NoInfer<A>> {
  return scalar({
    read: (sent) =>
      hasMoreCodePoints(sent, options.max) ? { bad: PREDICATE.tooLong(options.max) } : { value: sent },
    misshapen: PREDICATE.invalid,
    options,
    schema: { type: 'string', maxLength: options.max },
  });
}

/** An id, trimmed; whether it is known is another question. */
export function id<A = never>(options: Absent<A> = {}): Scalar<string | NoInfer<A>> {
  return trimmed(options, { type: 'string' }, (sent) => ({ value: sent }));
}

/** One `@`, a dot in the domain, no white space, at most 255. Source: billplz-api.md 2.4. */
export function email<A = never>(options: Absent<A> = {}): Scalar<string | NoInfer<A>> {
  return trimmed(options, { type: 'string', format: 'email', maxLength: 255 }, (sent) =>
    !hasMoreCodePoints(sent, 255) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(sent)
      ? { value: sent }
      : { bad: PREDICATE.invalid },
  );
}

/** An absolute http or https URL. Rule `url`. */
export function url<A = never>(options: Absent<A> = {}): Scalar<string | NoInfer<A>> {
  return trimmed(options, { type: 'string', format: 'uri', maxLength: URL_MAX }, (sent) =>
    !hasMoreCodePoints(sent, URL_MAX) && isHttpUrl(sent) ? { value: sent } : { bad: PREDICATE.invalid },
  );
}

/**
 * A mobile number as `+60112223333`: separators dropped, a leading `00` is `+`, a single leading `0` is Malaysia.
 * Possible by its length is enough. Source: billplz-api.md 3.3.
 */
export function mobile<A = never>(options: Absent<A> = {}): Scalar<string | NoInfer<A>> {
  return trimmed(options, { type: 'string', examples: ['+60112223333'] }, (sent) => {
    const number = sent
      .replace(/[\s\-.()]/g, '')
      .replace(/^00/, '+')
      .replace(/^0/, '+60')
      .replace(/^(?!\+)/, '+');
    return /^\+\d{1,20}$/.test(number) && isPossiblePhoneNumber(number)
      ? { value: number }
      : { bad: PREDICATE.invalid };
  });
}

/** A bank account number without its spaces and hyphens, 5 to 20 digits. Source: billplz-api.md 2.8. */
export function accountNumber<A = never>(options: Absent<A> = {}): Scalar<string | NoInfer<A>> {
  return trimmed(options, { type: 'string', examples: ['999988887777'] }, (sent) => {
    const plain = plainAccountNumber(sent);
    return isAccountNumber(plain) ? { value: plain } : { bad: PREDICATE.invalid };
  });
}

/** IC or SSM number as text. Source: billplz-api.md 2.8. */
export function idNumber<A = never>(options: Absent<A> = {}): Scalar<string | NoInfer<A>> {
  const pattern = '^[A-Za-z0-9-]{1,30}$';
  return trimmed(options, { type: 'string', pattern }, (sent) =>
    new RegExp(pattern).test(sent) ? { value: sent } : { bad: PREDICATE.invalid },
  );
}

/** A real day of the years 1900 to 2999 as `YYYY-MM-DD`; zero padding may be left out. Source: billplz-api.md 2.4. */
export function date<A = never>(options: Absent<A> = {}): Scalar<string | NoInfer<A>> {
  return trimmed(options, { type: 'string', format: 'date' }, (sent) => {
    const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(sent) ?? [];
    const within = Number(year) >= 1900 && Number(year) <= 2999;
    return within && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month))
      ? { value: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` }
      : { bad: PREDICATE.invalid };
  });
}

/** 0 for what is no month. */
function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** A whole number from 1 to `max`. Rules NUM, POS, MAX. */
export function integer<A = never>(
  options: Absent<A> & { readonly max: number },
): Scalar<number | NoInfer<A>> {
  return scalar({
    read: (sent) => readInteger(sent.trim(), options.max),
    misshapen: PREDICATE.notANumber,
    options,
    schema: { type: 'integer', minimum: 1, maximum: options.max },
  });
}

/** Money in sen. Rule `amt`. */
export function amount<A = never>(options: Absent<A> = {}): Scalar<number | NoInfer<A>> {
  return integer({ ...options, max: AMOUNT_MAX });
}

function readInteger(sent: string, max: number): Read<number> {
  const parts = /^[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(e[+-]?\d+)?$/i.exec(sent);
  if (!parts) return { bad: PREDICATE.notANumber };
  const value = Number(sent);
  const [, fraction = '', bareFraction = '', exponent] = parts;
  // Digits decide, where `Number` would round 0.99999999999999999 to 1.
  const whole =
    exponent === undefined
      ? /^0*$/.test(fraction + bareFraction)
      : value % 1 === 0 || !Number.isFinite(value);
  if (!whole) return { bad: PREDICATE.notAnInteger };
  if (value <= 0) return { bad: PREDICATE.notPositive };
  return value > max ? { bad: PREDICATE.tooGreat(max) } : { value };
}

const TRUE = new Set(['true', 't', '1', 'on', 'yes']);
const FALSE = new Set(['false', 'f', '0', 'off', 'no']);

/** Source: billplz-api.md 1, "Scalars". */
export function bool<A = never>(options: Absent<A> = {}): Scalar<boolean | NoInfer<A>> {
  return scalar({
    read: (sent) => {
      const word = sent.trim().toLowerCase();
      if (TRUE.has(word)) return { value: true };
      return FALSE.has(word) ? { value: false } : { bad: PREDICATE.notIncluded };
    },
    misshapen: PREDICATE.notIncluded,
    options,
    schema: { type: 'boolean' },
  });
}

/** One of a list, trimmed, by exact case. */
export function oneOf<const V extends string, A = never>(
  values: readonly V[],
  options: Absent<A> = {},
): Scalar<V | NoInfer<A>> {
  return scalar({
    read: (sent) => {
      const value = values.find((known) => known === sent.trim());
      return value === undefined ? { bad: PREDICATE.notIncluded } : { value };
    },
    misshapen: PREDICATE.notIncluded,
    options,
    schema: { type: 'string', enum: values },
  });
}

/** Beyond it every list is empty, and its offset still counts in whole numbers. */
const PAGE_MAX = 1_000_000_000;

/** Page of a list from 1; what is no positive integer means 1. Source: billplz-api.md 1, "Paging". */
export function page(): Scalar<number> {
  const reader = z.unknown().transform((raw) => {
    const sent = asText(raw)?.trim() ?? '';
    return /^\d+$/.test(sent) ? Math.min(Math.max(Number(sent), 1), PAGE_MAX) : 1;
  });
  return optional<number>(reader, { type: 'integer', minimum: 1, default: 1 });
}

function trimmed<T, A>(
  options: Absent<A>,
  schema: Reader<T, A>['schema'],
  read: (text: string) => Read<T>,
): Scalar<T | A> {
  return scalar({ read: (sent) => read(sent.trim()), misshapen: PREDICATE.invalid, options, schema });
}

function hasMoreCodePoints(sent: string, max: number): boolean {
  if (sent.length <= max) return false;
  let count = 0;
  for (const _ of sent) {
    count += 1;
    if (count > max) return true;
  }
  return false;
}
