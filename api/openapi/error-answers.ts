import {
  ACCESS_DENIED,
  BUG,
  type ErrorAnswer,
  HTTPS_REQUIRED,
  invalid,
  NOT_FOUND,
  TOO_LARGE,
  TOO_MANY_REQUESTS,
  UNAVAILABLE,
} from '../billplz/errors.ts';

interface ErrorCase {
  /** Name of its component. */
  readonly name: string;
  readonly description: string;
  readonly answer: ErrorAnswer;
}

/** Every error of this API with one answer of its kind. Source: billplz-api.md 1, "Errors". */
export const ERROR_CASES: readonly ErrorCase[] = [
  {
    name: 'Unauthorized',
    description: 'No key, or one that opens no profile or several',
    answer: ACCESS_DENIED,
  },
  { name: 'HttpsRequired', description: 'Plain HTTP', answer: HTTPS_REQUIRED },
  { name: 'NotFound', description: 'Unknown, or of another profile', answer: NOT_FOUND },
  { name: 'TooLarge', description: 'Over a limit of size, number or depth', answer: TOO_LARGE },
  {
    name: 'Unprocessable',
    description: 'One sentence for each parameter that is not accepted; nothing happened',
    answer: invalid("Name can't be blank", 'Amount must be greater than 0'),
  },
  { name: 'TooManyRequests', description: 'Over the rate limit', answer: TOO_MANY_REQUESTS },
  { name: 'InternalServerError', description: 'Our mistake', answer: BUG },
  { name: 'ServiceUnavailable', description: 'Try again after Retry-After seconds', answer: UNAVAILABLE },
];

const RATE_LIMIT = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

/** References to the headers that every answer carries, and those named. */
export function headerRefs(...more: readonly string[]): object {
  return Object.fromEntries(
    [...RATE_LIMIT, 'X-Request-Id', ...more].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
}

/** The error answers as components of the document. */
export function errorComponents(): object {
  return Object.fromEntries(
    ERROR_CASES.map(({ name, description, answer }) => [
      name,
      {
        description,
        headers: headerRefs(...ownHeaders(answer)),
        content: {
          'application/json': {
            schema: errorSchema(answer),
            example: { error: { type: answer.type, message: answer.message } },
          },
        },
      },
    ]),
  );
}

/** `401` to `503` as references, less those that cannot be. */
export function errorResponses({ missing, limited }: { missing: boolean; limited: boolean }): object {
  return Object.fromEntries(
    ERROR_CASES.filter(
      ({ answer }) => (answer.status !== 404 || missing) && (answer.status !== 429 || limited),
    ).map(({ name, answer }) => [answer.status, { $ref: `#/components/responses/${name}` }]),
  );
}

function ownHeaders({ status, headers = {} }: ErrorAnswer): readonly string[] {
  const named = ['WWW-Authenticate', 'Retry-After'].filter((name) => Object.hasOwn(headers, name));
  return status === 429 ? ['Retry-After'] : named;
}

/** Only what parameters are told varies. */
function errorSchema({ status, type, message }: ErrorAnswer): object {
  const said =
    status === 422 ? { type: 'array', items: { type: 'string' }, minItems: 1 } : { const: message };
  return {
    type: 'object',
    properties: {
      error: {
        type: 'object',
        properties: { type: { const: type }, message: said },
        required: ['type', 'message'],
        additionalProperties: false,
      },
    },
    required: ['error'],
    additionalProperties: false,
  };
}
