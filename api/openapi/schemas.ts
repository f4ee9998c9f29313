import { z } from 'zod';
import { type BillplzForm, jsonSchemaOf } from '../http/billplz-form.ts';
import { PARAMETER_TEXTS } from './parameter-texts.ts';

/** JSON Schema 2020-12, as far as we write it. */
export interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** What a form takes, with a sentence for each parameter. */
export function requestSchema(form: BillplzForm<unknown>): JsonSchema {
  return described(plain(jsonSchemaOf(form.schema)));
}

/** What an answer is: these keys, in this order, and no others. */
export function answerSchema(schema: z.ZodType): JsonSchema {
  return plain(
    z.toJSONSchema(schema, { io: 'output', override: ({ jsonSchema }) => forgetSafety(jsonSchema) }),
  );
}

/** Whether a parameter is a file part, which only multipart can carry. */
export function isFile(schema: JsonSchema): boolean {
  return schema.format === 'binary';
}

/** The same without the parameters that are files. */
export function withoutFiles(schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema.properties ?? {}).filter(([, property]) => !isFile(property));
  return { ...schema, properties: Object.fromEntries(kept) };
}

/** That an integer fits a double need not be told of each. */
function forgetSafety(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** The dialect is told once, by the document. */
function plain(schema: z.core.JSONSchema.BaseSchema): JsonSchema {
  const { $schema: _dialect, ...rest } = schema;
  return rest as JsonSchema;
}

function described(schema: JsonSchema): JsonSchema {
  const { properties, items } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, named(name, described(property))]),
      ),
    }),
    ...(items && { items: described(items) }),
  };
}

function named(name: string, schema: JsonSchema): JsonSchema {
  const description = PARAMETER_TEXTS[name];
  return description === undefined ? schema : { ...schema, description };
}
