import { z } from 'zod';
import { PREDICATE, sentenceOf } from '#domain/billplz-sentence.ts';
import type { Params } from './params.ts';

/** The parameters of one request did not pass: answered 422 with these sentences. */
export class InvalidForm extends Error {
  /** One per bad parameter, in the order of the form. */
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join('; '));
    this.name = 'InvalidForm';
    this.sentences = sentences;
  }
}

type Shape = Readonly<Record<string, z.ZodType>>;
type Values<S extends Shape> = { [K in keyof S]: z.output<S[K]> };

/**
 * A rule over several parameters. It is asked even when others failed; one that failed holds something that is not
 * null and not what its type says, so only absence may be judged.
 */
export interface FormRule<V> {
  readonly path: readonly [keyof V & string];
  readonly predicate: string;
  readonly holds: (values: V) => boolean;
}

export interface BillplzForm<V> {
  /** For OpenAPI, by `jsonSchemaOf`. */
  readonly schema: z.ZodType<V>;
  /** Throws InvalidForm. Unknown parameters are ignored. */
  parse(params: Params): V;
}

/**
 * A form of the Billplz-compatible API: parameters in the order of its table, which is the order of its sentences.
 * Source: billplz-api.md 1, "Errors".
 */
export function billplzForm<S extends Shape>(
  shape: S,
  ...rules: readonly FormRule<Values<S>>[]
): BillplzForm<Values<S>> {
  const schema = fieldsOf(shape, rules);
  const order = Object.keys(shape);
  return {
    schema,
    parse(params) {
      const result = schema.safeParse(params, { error: sentenceOfIssue });
      if (result.success) return result.data;
      throw new InvalidForm(sentencesOf(result.error.issues, order));
    },
  };
}

/** Parameters under one name: `split_payment[email]`. Missing or blank is read as if each of them were absent. */
export function group<S extends Shape>(
  shape: S,
  ...rules: readonly FormRule<Values<S>>[]
): z.ZodType<Values<S>> {
  return z.optional(fieldsOf(shape, rules)) as unknown as z.ZodType<Values<S>>;
}

function fieldsOf<S extends Shape>(shape: S, rules: readonly FormRule<Values<S>>[]): z.ZodType<Values<S>> {
  const names = Object.keys(shape);
  const fields = rules.reduce<z.ZodType<Values<S>>>(
    (all, { path, predicate, holds }) =>
      all.refine(holds, { path: [...path], params: { predicate }, when: ({ value }) => isObject(value) }),
    z.object(shape) as unknown as z.ZodType<Values<S>>,
  );
  return z.preprocess((raw) => pick(raw, names), fields);
}

/** A list of such groups: `split_payments[][email]`. Missing or blank is no rows; more than `max` is too long. */
export function rows<S extends Shape>(
  shape: S,
  { max, of }: { readonly max: number; readonly of: string },
  ...rules: readonly FormRule<Values<S>>[]
): z.ZodType<Values<S>[]> {
  const predicate = `is too long (maximum is ${max} ${of})`;
  const list = z
    .array(fieldsOf(shape, rules))
    .refine((items) => items.length <= max, {
      params: { predicate },
      when: ({ value }) => Array.isArray(value),
    })
    .meta({ maxItems: max });
  return z.optional(z.preprocess((raw) => (isBlank(raw) ? [] : raw), list)) as unknown as z.ZodType<
    Values<S>[]
  >;
}

/** What a form or a reader takes, as JSON Schema: the same schema that validates. */
export function jsonSchemaOf(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      // Left out by zod where a transformation follows; here both are of what is sent.
      const { default: absent, examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (absent !== undefined) jsonSchema.default = absent as typeof jsonSchema.default;
      if (Array.isArray(examples)) jsonSchema.examples = examples;
    },
  });
}

/** Every name of the shape, null where nothing was sent; only own names, whatever the object inherits. */
function pick(raw: unknown, names: readonly string[]): unknown {
  if (!isObject(raw) && !isBlank(raw)) return raw;
  const sent = isObject(raw) ? raw : {};
  return Object.fromEntries(names.map((name) => [name, Object.hasOwn(sent, name) ? sent[name] : null]));
}

function isObject(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function isBlank(raw: unknown): boolean {
  return raw === null || raw === undefined || (typeof raw === 'string' && raw.trim() === '');
}

/** An issue that no reader raised is a wrong shape. */
function sentenceOfIssue(issue: { readonly path?: readonly PropertyKey[] | undefined }): string {
  const { params } = issue as { readonly params?: { readonly predicate?: string } };
  return sentenceOf(issue.path ?? [], params?.predicate ?? PREDICATE.invalid);
}

function sentencesOf(issues: readonly z.core.$ZodIssue[], order: readonly string[]): string[] {
  const firstOf = new Map<string, { readonly place: number; readonly sentence: string }>();
  for (const { path, message } of issues) {
    const key = JSON.stringify(path);
    if (!firstOf.has(key)) firstOf.set(key, { place: order.indexOf(String(path[0])), sentence: message });
  }
  const inOrder = [...firstOf.values()].sort((a, b) => a.place - b.place).map(({ sentence }) => sentence);
  return [...new Set(inOrder)];
}
