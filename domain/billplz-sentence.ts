/** Where a parameter stands: names from the outside in; positions in lists are left out of sentences. */
export type ParamPath = readonly PropertyKey[];

/**
 * What is wrong with a parameter, as the rest of its sentence. Source: billplz-api.md 1, "Sentences".
 */
export const PREDICATE = {
  blank: "can't be blank",
  notANumber: 'is not a number',
  notAnInteger: 'must be an integer',
  notPositive: 'must be greater than 0',
  notIncluded: 'is not included in the list',
  invalid: 'is invalid',
  taken: 'has already been taken',
  tooLong: (maximum: number) => `is too long (maximum is ${maximum} characters)`,
  tooGreat: (maximum: number) => `must be less than or equal to ${maximum}`,
} as const;

/**
 * The name of a parameter in a sentence: parent first, `_` as space, a trailing `_id` dropped, first letter upper:
 * `collection_id` is `Collection`, `split_payments[0][email]` is `Split payments email`.
 * Source: billplz-api.md 1, "Sentences".
 */
export function subjectOf(path: ParamPath): string {
  const words = path
    .filter((name) => typeof name === 'string')
    .map((name) => (/._id$/.test(name) ? name.slice(0, -3) : name).replaceAll('_', ' '))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `Email can't be blank`. */
export function sentenceOf(path: ParamPath, predicate: string): string {
  return `${subjectOf(path)} ${predicate}`;
}
