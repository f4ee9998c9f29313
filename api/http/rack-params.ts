import {
  checkedText,
  emptyParams,
  PARAM_LIMITS,
  type Param,
  type ParamLimits,
  type Params,
  ParamsError,
  type UploadedFile,
} from './params.ts';

/** A decoded name and its value; null when the name stood without `=`. */
export type RackPair = readonly [name: string, value: string | UploadedFile | null];

/** Counts the work done, for the test that it grows with the input and no faster. */
export interface StepMeter {
  steps: number;
}

/** A name within brackets, or the empty brackets of a list. */
type Segment = string | typeof LIST;
const LIST = Symbol('[]');

/** While reading; containers are told apart by their class. */
type Node = string | UploadedFile | null | NodeList | NodeMap;
class NodeList {
  readonly items: Node[] = [];
}
class NodeMap {
  readonly fields = new Map<string, Node>();
}

/**
 * Nests pairs by Rack's rules: `a[b]=1` object, `a[]=1` list, `a[][x]=1&a[][y]=2&a[][x]=3` list of objects in which a
 * new element starts when the last one has that key already. Beyond Rack `a[0][x]=1` is a list by index. A repeated
 * scalar: the last wins. Throws ParamsError `malformed` when one name makes two shapes (Rack lets a later scalar win),
 * `too_large`, `not_utf8`. Source: billplz-api.md 1, "Nesting".
 */
export function parseRackPairs(
  pairs: Iterable<RackPair>,
  limits: ParamLimits = PARAM_LIMITS,
  meter: StepMeter = { steps: 0 },
): Params {
  const root = new NodeMap();
  let count = 0;
  for (const [name, value] of pairs) {
    count += 1;
    if (count > limits.parameters) throw new ParamsError('too_large');
    const path = segmentsOf(checkedText(name), limits.depth);
    if (typeof value === 'string') checkedText(value);
    if (path[0] !== '') setIn(root, path, 0, value);
  }
  return finishedMap(root);

  function setIn(map: NodeMap, path: readonly Segment[], at: number, value: Node): void {
    meter.steps += 1;
    const name = path[at] as string;
    const known = map.fields.get(name);
    if (at === path.length - 1) {
      if (known instanceof NodeList || known instanceof NodeMap) throw new ParamsError('malformed');
      map.fields.set(name, value);
    } else if (path[at + 1] === LIST) {
      const list = known === undefined ? new NodeList() : known;
      if (!(list instanceof NodeList)) throw new ParamsError('malformed');
      map.fields.set(name, list);
      addTo(list, path, at + 2, value);
    } else {
      const child = known === undefined ? new NodeMap() : known;
      if (!(child instanceof NodeMap)) throw new ParamsError('malformed');
      map.fields.set(name, child);
      setIn(child, path, at + 1, value);
    }
  }

  function addTo(list: NodeList, path: readonly Segment[], at: number, value: Node): void {
    meter.steps += 1;
    if (at === path.length) {
      list.items.push(value);
    } else if (path[at] === LIST) {
      const inner = new NodeList();
      list.items.push(inner);
      addTo(inner, path, at + 1, value);
    } else {
      const last = list.items.at(-1);
      const element = last instanceof NodeMap && !has(last, path, at) ? last : new NodeMap();
      if (element !== last) list.items.push(element);
      setIn(element, path, at, value);
    }
  }

  /** A list inside an element always takes one more, so it never begins the next element. */
  function has(map: NodeMap, path: readonly Segment[], from: number): boolean {
    let node: Node | undefined = map;
    for (let at = from; at < path.length; at += 1) {
      meter.steps += 1;
      const segment = path[at];
      if (typeof segment !== 'string' || !(node instanceof NodeMap) || !node.fields.has(segment))
        return false;
      node = node.fields.get(segment);
    }
    return path.indexOf(LIST, from) === -1;
  }

  function finished(node: Node): Param {
    meter.steps += 1;
    if (node instanceof NodeList) return node.items.map(finished);
    if (!(node instanceof NodeMap)) return node;
    const names = [...node.fields.keys()];
    if (names.length === 0 || !names.every(isIndex)) return finishedMap(node);
    return names.sort((a, b) => Number(a) - Number(b)).map((name) => finished(node.fields.get(name) ?? null));
  }

  function finishedMap(map: NodeMap): Params {
    const params = emptyParams();
    for (const [name, node] of map.fields) params[name] = finished(node);
    return params;
  }
}

function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d{0,8})$/.test(name);
}

/**
 * `a[b][][c]` as `a`, `b`, LIST, `c`. As in Rack, brackets at the very start belong to the name, one that is not closed
 * to the text before it, and text after a closing bracket is one more name.
 */
function segmentsOf(name: string, depthMax: number): Segment[] {
  let open = name.indexOf('[', 1);
  if (open === -1 || open === name.length - 1) return [name];
  const segments: Segment[] = [name.slice(0, open)];
  while (open < name.length) {
    if (segments.length >= depthMax) throw new ParamsError('too_large');
    const close = name.startsWith('[', open) ? name.indexOf(']', open) : -1;
    if (close === -1) {
      segments.push(name.slice(open));
      break;
    }
    segments.push(close === open + 1 ? LIST : name.slice(open + 1, close));
    open = close + 1;
  }
  return segments;
}

/**
 * Reads `application/x-www-form-urlencoded` bytes: `+` and `%20` are spaces. Throws ParamsError: `not_utf8` for names
 * or values that decode to invalid UTF-8 or hold NUL, `unparseable` for a `%` without two hexadecimal digits, and what
 * `parseRackPairs` throws. Source: billplz-api.md 1, "Nesting", "Charset", "Limits".
 */
export function parseUrlEncoded(
  bytes: Uint8Array,
  limits: ParamLimits = PARAM_LIMITS,
  meter?: StepMeter,
): Params {
  return parseRackPairs(pairsOf(bytes, limits), limits, meter);
}

/** The query of a URL, without its `?`. */
export function parseQuery(query: string, limits: ParamLimits = PARAM_LIMITS): Params {
  return parseUrlEncoded(new TextEncoder().encode(query), limits);
}

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const PERCENT = 0x25;
const SPACE = 0x20;

function* pairsOf(bytes: Uint8Array, limits: ParamLimits): Generator<RackPair> {
  let seen = 0;
  for (let from = 0; from < bytes.length; ) {
    const next = bytes.indexOf(AMPERSAND, from);
    const end = next === -1 ? bytes.length : next;
    if (end > from) {
      seen += 1;
      // Before anything of it is decoded.
      if (seen > limits.parameters) throw new ParamsError('too_large');
      const piece = bytes.subarray(from, end);
      const equals = piece.indexOf(EQUALS);
      yield equals === -1
        ? [decoded(piece), null]
        : [decoded(piece.subarray(0, equals)), decoded(piece.subarray(equals + 1))];
    }
    from = end + 1;
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded(encoded: Uint8Array): string {
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let i = 0; i < encoded.length; i += 1) {
    const byte = encoded[i] ?? 0;
    if (byte === PERCENT) {
      bytes[length] = hexDigit(encoded[i + 1]) * 16 + hexDigit(encoded[i + 2]);
      i += 2;
    } else {
      bytes[length] = byte === PLUS ? SPACE : byte;
    }
    length += 1;
  }
  try {
    return UTF8.decode(bytes.subarray(0, length));
  } catch {
    throw new ParamsError('not_utf8');
  }
}

function hexDigit(byte: number | undefined): number {
  if (byte !== undefined) {
    if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
    const letter = byte & 0xdf;
    if (letter >= 0x41 && letter <= 0x46) return letter - 0x37;
  }
  throw new ParamsError('unparseable');
}
