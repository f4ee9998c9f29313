import type { ErrorAnswer } from './errors.ts';

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** 200 with the keys in the order in which they are written. */
export function success(body: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, { headers: { ...JSON_TYPE, ...headers } });
}

export function failure({ status, type, message, headers }: ErrorAnswer): Response {
  return new Response(JSON.stringify({ error: { type, message } }), {
    status,
    headers: { ...JSON_TYPE, ...headers },
  });
}
