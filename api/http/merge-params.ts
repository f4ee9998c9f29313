import {
  checkedText,
  emptyParams,
  isUploadedFile,
  PARAM_LIMITS,
  type Param,
  type ParamLimits,
  type Params,
  ParamsError,
} from './params.ts';

/**
 * One tree of what a request carries: query, then body, then what its path says; a later one replaces a whole
 * parameter of an earlier one. Throws ParamsError `too_large` when all together are more than the limit.
 * Source: billplz-api.md 1, "Merge".
 */
export function mergeParams(
  { query, body, path = {} }: { query: Params; body: Params; path?: Readonly<Record<string, string>> },
  limits: ParamLimits = PARAM_LIMITS,
): Params {
  if (leavesOf(query) + leavesOf(body) > limits.parameters) throw new ParamsError('too_large');
  const merged = emptyParams();
  for (const part of [query, body, path]) {
    for (const name of Object.keys(part)) merged[name] = part[name] ?? null;
  }
  return merged;
}

/** Values and empty containers: what a form would need one pair each for. */
function leavesOf(params: Params): number {
  return Object.values(params).reduce<number>((sum, item) => sum + leavesIn(item), 0);
}

function leavesIn(item: Param): number {
  if (typeof item !== 'object' || item === null || isUploadedFile(item)) return 1;
  return Object.values(item).reduce<number>((sum, inner) => sum + leavesIn(inner), 0) || 1;
}

/**
 * Reads a JSON body into the tree that a form gives: numbers stay numbers, save those with more digits than a number
 * keeps, which stay the text that was sent. Nothing at all, or white space, is no parameters. Throws ParamsError:
 * `not_utf8`, `unparseable` (no JSON, or no object), `too_large`. Source: billplz-api.md 1, "Bodies in", "Limits".
 */
export function parseJsonBody(bytes: Uint8Array, limits: ParamLimits = PARAM_LIMITS): Params {
  const text = decode(bytes);
  if (text.trim() === '') return emptyParams();
  assertShallow(text, limits.depth);
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ParamsError('unparseable');
  let left = limits.parameters;
  return objectFrom(value);

  function objectFrom(object: object): Params {
    const params = emptyParams();
    for (const [name, item] of Object.entries(object)) params[checkedText(name)] = paramFrom(item);
    return params;
  }

  function paramFrom(item: unknown): Param {
    const container = typeof item === 'object' && item !== null;
    if (!container || Object.keys(item).length === 0) {
      if (left === 0) throw new ParamsError('too_large');
      left -= 1;
    }
    if (Array.isArray(item)) return item.map(paramFrom);
    if (container) return objectFrom(item);
    return typeof item === 'string' ? checkedText(item) : (item as number | boolean | null);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ParamsError('not_utf8');
  }
}

/** Refuses deep nesting in one pass over the text, before a parser meets it. */
function assertShallow(text: string, depthMax: number): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') {
      inString = true;
    } else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > depthMax) throw new ParamsError('too_large');
    } else if (char === '}' || char === ']') {
      depth -= 1;
    }
  }
}

/** An account number written as a JSON number must not lose its last digits. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits);
  } catch {
    throw new ParamsError('unparseable');
  }
}

const keepDigits = (_name: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const source = context?.source;
  return typeof value === 'number' &&
    source !== undefined &&
    /^-?\d{16,}$/.test(source) &&
    String(value) !== source
    ? source
    : value;
};
