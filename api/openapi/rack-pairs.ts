/** Pairs by Rack's rules: `a[b]` for objects, `a[]` for lists, `a[][b]` for lists of objects; null is left out. */
export function rackPairs(params: Readonly<Record<string, unknown>>): [name: string, value: string][] {
  return Object.entries(params).flatMap(([name, value]) => pairsOf(name, value));
}

function pairsOf(name: string, value: unknown): [string, string][] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => pairsOf(`${name}[]`, item));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, item]) => pairsOf(`${name}[${key}]`, item));
  return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
}
