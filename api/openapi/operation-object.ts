import { errorResponses, headerRefs } from './error-answers.ts';
import type { Operation, Sample } from './operation.ts';
import { PARAMETER_TEXTS } from './parameter-texts.ts';
import { isFile, type JsonSchema, requestSchema, withoutFiles } from './schemas.ts';

const ID = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };

/** One operation as OpenAPI says it; its answer's schema is a component of the document. */
export function operationObject(operation: Operation): object {
  const { id, method, tag, summary, description, answer, anyKey, mayMiss, samples } = operation;
  const isRead = method === 'GET';
  const names = pathParameters(operation.path);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(anyKey && { security: [{ basic: [] }, { bearer: [] }] }),
    parameters: [
      ...names.map((name) => parameter('path', name, ID, true, exampleOf(samples, name))),
      ...(isRead ? queryParameters(operation) : []),
      ...(anyKey ? [parameter('query', 'profile_id', { type: 'integer', minimum: 1 })] : []),
      ...(isRead ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }]),
    ],
    ...(!isRead && operation.form && { requestBody: requestBody(requestSchema(operation.form), samples) }),
    responses: {
      200: {
        description: 'Done',
        headers: isRead ? headerRefs() : headerRefs('Idempotent-Replayed'),
        content: {
          'application/json': {
            schema: { $ref: `#/components/schemas/${answer[0]}` },
            examples: examplesOf(samples, (sample) => sample.answer),
          },
        },
      },
      ...errorResponses({ missing: names.length > 0 || mayMiss === true, limited: isRead }),
    },
  };
}

/** `COLLECTION_ID` of `/api/v3/collections/{COLLECTION_ID}`. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function exampleOf(samples: readonly Sample[], name: string): string | undefined {
  return samples[0]?.path?.[name];
}

function queryParameters({ form, samples }: Operation): object[] {
  const { properties = {}, required = [] } = form ? requestSchema(form) : {};
  return Object.entries(properties).map(([name, schema]) => {
    const value = samples.map(({ params }) => params?.[name]).find((sent) => sent !== undefined);
    const sentAs = schema.type === 'array' ? `${name}[]` : name;
    return parameter('query', sentAs, schema, required.includes(name), value);
  });
}

function parameter(
  place: 'path' | 'query',
  name: string,
  { description: _told, ...schema }: JsonSchema,
  required = false,
  example?: unknown,
): object {
  return {
    name,
    in: place,
    description: PARAMETER_TEXTS[name.replace('[]', '')],
    ...(required && { required }),
    schema,
    ...(example !== undefined && { example }),
  };
}

/** Everything may also stand in the query, says the document's description. */
function requestBody(schema: JsonSchema, samples: readonly Sample[]): object {
  const plain = withoutFiles(schema);
  const kept = (sample: Sample) =>
    Object.fromEntries(
      Object.entries(sample.params ?? {}).filter(([name]) => !isFile(schema.properties?.[name] ?? {})),
    );
  const nested = Object.entries(plain.properties ?? {}).filter(
    ([, { type }]) => type === 'object' || type === 'array',
  );
  const encoding =
    nested.length === 0
      ? {}
      : {
          encoding: Object.fromEntries(
            nested.map(([name]) => [name, { style: 'deepObject', explode: true }]),
          ),
        };
  return {
    required: (schema.required ?? []).length > 0,
    content: {
      'application/x-www-form-urlencoded': {
        schema: plain,
        ...encoding,
        examples: examplesOf(samples, kept),
      },
      'multipart/form-data': {
        schema,
        ...encoding,
        examples: examplesOf(samples, ({ params = {} }) => params),
      },
      'application/json': { schema: plain, examples: examplesOf(samples, kept) },
    },
  };
}

function examplesOf(samples: readonly Sample[], valueOf: (sample: Sample) => unknown): object {
  return Object.fromEntries(
    samples.map((sample) => [sample.name, { summary: sample.summary, value: valueOf(sample) }]),
  );
}
