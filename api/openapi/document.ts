import { errorComponents } from './error-answers.ts';
import { TAGS } from './operation.ts';
import { operationObject } from './operation-object.ts';
import { OPERATIONS } from './operations.ts';
import { answerSchema } from './schemas.ts';

const DESCRIPTION = `Billing over HTTP, compatible with the Billplz API: a client written for it works by changing its
base URL.

Amounts are integers in sen. Parameters may stand in the query, in a form (urlencoded or multipart, nested by Rack's
rules: \`split_payment[email]\`, \`split_payments[][email]\`) or in a JSON object; the body wins over the query. A blank
parameter is as if it were absent; unknown ones are ignored. Every success is 200, and an error means that nothing
happened.`;

/** The Billplz-compatible API in OpenAPI 3.1, made from the schemas that its code reads and writes by. */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Kekal', version: '1.0.0', description: DESCRIPTION },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/', description: 'This installation; live or sandbox follows from the key' }],
    security: [{ basic: [] }],
    tags: TAGS.map((name) => ({ name })),
    paths: paths(),
    components: {
      schemas: Object.fromEntries(
        OPERATIONS.map(({ answer: [name, schema] }) => [name, answerSchema(schema)]),
      ),
      responses: errorComponents(),
      headers: HEADERS,
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description:
            'The same request under the same key, within 30 days, gets the first answer again and writes nothing.',
          schema: { type: 'string', pattern: '^[ -~]{1,255}$' },
        },
      },
      securitySchemes: {
        basic: {
          type: 'http',
          scheme: 'basic',
          description: 'The API key as user name; any password, or none.',
        },
        bearer: { type: 'http', scheme: 'bearer', description: 'The API key.' },
      },
    },
  };
}

function paths(): object {
  const byPath: Record<string, Record<string, object>> = {};
  for (const operation of OPERATIONS) {
    const item = (byPath[operation.path] ??= {});
    item[operation.method.toLowerCase()] = operationObject(operation);
  }
  return byPath;
}

const COUNT = { oneOf: [{ type: 'integer', minimum: 0 }, { const: 'unlimited' }] };

const HEADERS = {
  'RateLimit-Limit': { description: 'Reads allowed in 300 s; `unlimited` at that level.', schema: COUNT },
  'RateLimit-Remaining': { description: 'Reads left.', schema: COUNT },
  'RateLimit-Reset': { description: 'Seconds until the window ends.', schema: COUNT },
  'X-Request-Id': { description: 'Of the request, or a new one.', schema: { type: 'string' } },
  'Idempotent-Replayed': {
    description: 'There, and true, when this is the first answer once more.',
    schema: { const: 'true' },
  },
  'WWW-Authenticate': { schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 0 } },
};
