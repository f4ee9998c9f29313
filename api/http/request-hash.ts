import { createHash } from 'node:crypto';
import { isUploadedFile, type Param, type Params } from './params.ts';

/**
 * SHA-256 of what a request says, whatever its encoding: names in any order, numbers as their text, blanks as absent,
 * files by content. Two requests with one hash are one request to an `Idempotency-Key`.
 */
export async function requestHash(params: Params): Promise<Buffer> {
  return createHash('sha256')
    .update(JSON.stringify(await canonical(params)) ?? '')
    .digest();
}

async function canonical(value: Param): Promise<unknown> {
  if (isUploadedFile(value)) {
    const content = Buffer.from(await value.file.arrayBuffer());
    return { file: createHash('sha256').update(content).digest('hex') };
  }
  if (Array.isArray(value)) return Promise.all((value as readonly Param[]).map(canonical));
  if (typeof value !== 'object' || value === null) return scalar(value);
  const entries = Object.entries(value as Params)
    .filter(([, item]) => !isBlank(item))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { fields: await Promise.all(entries.map(async ([name, item]) => [name, await canonical(item)])) };
}

function scalar(value: string | number | boolean | null): string {
  return value === null ? '' : String(value);
}

function isBlank(value: Param): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}
