/** A file part of a multipart form, as the platform gives it. */
export interface UploadedFile {
  readonly file: Blob;
}

/**
 * What a request carries, from any encoding: text from forms and queries; numbers and booleans as well from JSON;
 * null for a name without `=`. Objects have no prototype, so `__proto__` is a name like any other.
 */
export type Param = string | number | boolean | null | UploadedFile | readonly Param[] | Params;

export interface Params {
  readonly [name: string]: Param;
}

/** Source: billplz-api.md 1, "Limits". Depth counts containers from the outermost: `a[b]=1` and `{"a":{"b":1}}` have 2. */
export const PARAM_LIMITS = { parameters: 1_000, depth: 8 };

export type ParamLimits = typeof PARAM_LIMITS;

/**
 * `too_large`: over a limit; `malformed`: names that make different shapes of one parameter; `not_utf8`: invalid UTF-8
 * or NUL; `unparseable`: a body that is not what its content type says.
 */
export type ParamsErrorCode = 'too_large' | 'malformed' | 'not_utf8' | 'unparseable';

/** Why the parameters of a request cannot be read at all. Nothing else is thrown for any input. */
export class ParamsError extends Error {
  readonly code: ParamsErrorCode;

  constructor(code: ParamsErrorCode) {
    super(code);
    this.name = 'ParamsError';
    this.code = code;
  }
}

/** An object without prototype: whatever a caller names, nothing inherited answers. */
export function emptyParams(): Record<string, Param> {
  return Object.create(null) as Record<string, Param>;
}

export function isUploadedFile(value: unknown): value is UploadedFile {
  return typeof value === 'object' && value !== null && (value as { file?: unknown }).file instanceof Blob;
}

/** Throws `not_utf8` for text that no UTF-8 encodes, or that Postgres cannot keep. */
export function checkedText(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) throw new ParamsError('not_utf8');
  return text;
}
