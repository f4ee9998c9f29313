interface Scheme {
  readonly name: string;
  /** First and last prefix of a range; both have the same number of digits. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly lengths: readonly number[];
}

const FROM_14 = [14, 15, 16, 17, 18, 19];
const FROM_16 = [16, 17, 18, 19];

/** Source: gateways.md 5, point 2. */
const SCHEMES: readonly Scheme[] = [
  { name: 'Visa', ranges: [[4, 4]], lengths: [13, 16, 19] },
  {
    name: 'Mastercard',
    ranges: [
      [51, 55],
      [2221, 2720],
    ],
    lengths: [16],
  },
  {
    name: 'American Express',
    ranges: [
      [34, 34],
      [37, 37],
    ],
    lengths: [15],
  },
  {
    name: 'Diners Club',
    ranges: [
      [36, 36],
      [38, 38],
      [300, 305],
    ],
    lengths: FROM_14,
  },
  {
    name: 'Discover',
    ranges: [
      [6011, 6011],
      [644, 649],
      [65, 65],
    ],
    lengths: FROM_16,
  },
  { name: 'JCB', ranges: [[3528, 3589]], lengths: FROM_16 },
  { name: 'UnionPay', ranges: [[62, 62]], lengths: FROM_16 },
];

const SHORTEST = 13;
const LONGEST = 19;
const LONGEST_PREFIX = 4;

/** What people put between groups besides space and hyphen: spaces of any width, other dashes, a soft hyphen. */
const OTHER_FILLERS = /[\t\u00a0\u2000-\u200b\u202f\u3000\u00ad\u2010-\u2015\u2212\ufeff]/;

/**
 * Whether a text holds a card number: 13 to 19 digits with a scheme's prefix and length that pass Luhn, spaces and
 * hyphens between them ignored. A number begins and ends where a group of digits does, so `4111 1111 1111 1111 12/26`
 * is found, and a longer unbroken run of digits is not searched inside. Each character costs at most a fixed number of
 * steps. Source: gateways.md 5, point 2.
 */
export function holdsCardNumber(text: string): boolean {
  return !cardNumbersIn(text).next().done;
}

/** The text with each card number replaced by `[card]`, for logs. Source: gateways.md 5, point 3. */
export function redactCardNumbers(text: string): string {
  let clean = '';
  let from = 0;
  for (const { start, end } of cardNumbersIn(text)) {
    // Of two numbers that share digits, what is left of the second goes too.
    if (start >= from) clean += `${text.slice(from, start)}[card]`;
    from = Math.max(from, end);
  }
  return from === 0 ? text : clean + text.slice(from);
}

/** Where card numbers stand, in the order of their ends; of several that end together the longest. */
function* cardNumbersIn(text: string): Generator<{ start: number; end: number }> {
  let run: Digit[] = [];
  for (let i = 0; i < text.length; ) {
    if (digitAt(text, i) === null) {
      if (!isFiller(text, i)) run = [];
      i += 1;
      continue;
    }
    const groupAt = i;
    for (let value = digitAt(text, i); value !== null; value = digitAt(text, i)) {
      run.push({ value, at: i, opensGroup: i === groupAt });
      i += 1;
    }
    if (i - groupAt > LONGEST) run = [];
    const start = longestEndingIn(run);
    if (start !== null) yield { start, end: i };
  }
}

interface Digit {
  readonly value: number;
  /** Its index in the text. */
  readonly at: number;
  readonly opensGroup: boolean;
}

/** Reads back from the last digit, at most 19, with a running Luhn sum. Gives the index in the text. */
function longestEndingIn(run: readonly Digit[]): number | null {
  let found: number | null = null;
  let luhn = 0;
  for (let length = 1; length <= LONGEST; length += 1) {
    const digit = run[run.length - length];
    if (!digit) break;
    const weighed = length % 2 === 1 ? digit.value : digit.value * 2;
    luhn += weighed > 9 ? weighed - 9 : weighed;
    if (length < SHORTEST || !digit.opensGroup || luhn % 10 !== 0) continue;
    if (isOfScheme(run.slice(run.length - length, run.length - length + LONGEST_PREFIX), length))
      found = digit.at;
  }
  return found;
}

function isOfScheme(firstDigits: readonly Digit[], length: number): boolean {
  const prefix = firstDigits.reduce((all, { value }) => all * 10 + value, 0);
  return SCHEMES.some(
    ({ ranges, lengths }) =>
      lengths.includes(length) &&
      ranges.some(([from, to]) => {
        const own = Math.floor(prefix / 10 ** (LONGEST_PREFIX - String(from).length));
        return own >= from && own <= to;
      }),
  );
}

/** The value of a digit, also of a full-width one. */
function digitAt(text: string, index: number): number | null {
  const code = text.charCodeAt(index);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0xff10 && code <= 0xff19) return code - 0xff10;
  return null;
}

function isFiller(text: string, index: number): boolean {
  const char = text.charAt(index);
  return char === ' ' || char === '-' || OTHER_FILLERS.test(char);
}
