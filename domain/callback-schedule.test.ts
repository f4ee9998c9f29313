import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  businessStart,
  type FrozenSchedule,
  freezeSchedule,
  isScheduleName,
  judgeStatus,
  nextAttempt,
  PUNCTUAL_MS,
  planOf,
  SCHEDULES,
  type ScheduleName,
} from './callback-schedule.ts';

const NAMES = Object.keys(SCHEDULES) as ScheduleName[];
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST_MS = Date.UTC(2026, 10, 23, 2);

const noJitter = (): number => 0;
const exact = (name: ScheduleName): FrozenSchedule => freezeSchedule(name, noJitter);

/** Business starts of a run in which attempt n is observed `lateMs[n - 1]` after it was due. */
function run(schedule: FrozenSchedule, lateMs: readonly number[] = []): number[] {
  const starts: number[] = [];
  for (;;) {
    const next = nextAttempt(schedule, FIRST_MS, starts);
    if (!next) return starts;
    const observedMs = next.dueMs + (lateMs[next.number - 1] ?? 0);
    starts.push(businessStart({ dueMs: next.dueMs, observedMs }));
  }
}

const pending = (name: ScheduleName) => ({
  status: 'pending' as const,
  schedule: exact(name),
  firstDueMs: FIRST_MS,
});

const offsets = (starts: readonly number[]): number[] => starts.map((start) => start - FIRST_MS);

test.each<[ScheduleName, number[]]>([
  ['billplz', [0, 15 * MINUTE, 45 * MINUTE, 90 * MINUTE, 90 * MINUTE + DAY]],
  ['billplz-2019', [0, 15 * MINUTE, 30 * MINUTE, 45 * MINUTE, 45 * MINUTE + DAY]],
  [
    'billplz-2021',
    [0, 15 * SECOND, 15 * MINUTE + 15 * SECOND, 30 * MINUTE + 15 * SECOND, DAY + 30 * MINUTE + 15 * SECOND],
  ],
  ['payment-order', [0, HOUR]],
  [
    'standard',
    [
      0,
      5 * SECOND,
      5 * MINUTE + 5 * SECOND,
      35 * MINUTE + 5 * SECOND,
      2 * HOUR + 35 * MINUTE + 5 * SECOND,
      7 * HOUR + 35 * MINUTE + 5 * SECOND,
      17 * HOUR + 35 * MINUTE + 5 * SECOND,
      27 * HOUR + 35 * MINUTE + 5 * SECOND,
    ],
  ],
])('%s: a punctual run keeps the offsets exactly, then nothing is left', (name, expected) => {
  expect(offsets(run(exact(name)))).toEqual(expected);
});

test('billplz in minutes: 0, 15, 45, 90, 1530; billplz-2019: 0, 15, 30, 45, 1485', () => {
  expect(offsets(run(exact('billplz'))).map((ms) => ms / MINUTE)).toEqual([0, 15, 45, 90, 1_530]);
  expect(offsets(run(exact('billplz-2019'))).map((ms) => ms / MINUTE)).toEqual([0, 15, 30, 45, 1_485]);
});

test('attempts that start under 2 s late do not move the later ones', () => {
  const late = [1_999, 1_500, 1, 1_999, 700];
  expect(run(exact('billplz'), late)).toEqual(run(exact('billplz')));
});

test.each([
  [0, 0],
  [1, 0],
  [PUNCTUAL_MS - 1, 0],
  [PUNCTUAL_MS, PUNCTUAL_MS],
  [PUNCTUAL_MS + 1, PUNCTUAL_MS + 1],
  [2 * HOUR, 2 * HOUR],
  [-5, 0],
])('an attempt observed %d ms after it was due counts from %d ms after', (observed, counted) => {
  expect(businessStart({ dueMs: FIRST_MS, observedMs: FIRST_MS + observed })).toBe(FIRST_MS + counted);
});

test('an outage of two hours before the second attempt never makes later ones bunch up', () => {
  // The second is 2 h late: the third is 30 min after it, though its offset is long past.
  const starts = run(exact('billplz'), [0, 2 * HOUR]);
  expect(offsets(starts).map((ms) => ms / MINUTE)).toEqual([0, 135, 165, 210, 1_650]);
});

test('whatever was late, no gap is ever shorter than the schedule says, and no attempt is early', () => {
  const lateness = fc.array(fc.integer({ min: 0, max: 3 * DAY }), { maxLength: 8 });
  const jitter = fc.array(fc.integer({ min: 0, max: 300_000 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), lateness, jitter, (name, lateMs, drawn) => {
      const draws = [...drawn];
      const schedule = freezeSchedule(name, () => draws.pop() ?? 0);
      const starts = run(schedule, lateMs);
      expect(starts).toHaveLength(schedule.offsetsMs.length);
      starts.forEach((start, n) => {
        expect(start - FIRST_MS).toBeGreaterThanOrEqual(schedule.offsetsMs[n] ?? Number.NaN);
        if (n === 0) return;
        const gap = (schedule.offsetsMs[n] ?? 0) - (schedule.offsetsMs[n - 1] ?? 0);
        expect(start - (starts[n - 1] ?? 0)).toBeGreaterThanOrEqual(gap);
      });
    }),
  );
});

test.each<ScheduleName>(['billplz', 'billplz-2019', 'billplz-2021'])(
  '%s: the fifth attempt stays 24 h after the fourth, however late that one was',
  (name) => {
    const starts = run(exact(name), [0, 0, 10 * HOUR, 5 * HOUR]);
    expect((starts[4] ?? 0) - (starts[3] ?? 0)).toBe(DAY);
  },
);

test('a first attempt that is late moves the whole schedule: offsets count from its business start', () => {
  const starts = run(exact('billplz'), [3 * HOUR]);
  expect(offsets(starts).map((ms) => ms / MINUTE)).toEqual([180, 195, 225, 270, 1_710]);
});

test('jitter of billplz-2021 is drawn once for each later attempt, within 0 to 300 s', () => {
  const asked: number[] = [];
  const drawn = [0, 300_000, 1, 299_999];
  const schedule = freezeSchedule('billplz-2021', (maxMs) => {
    asked.push(maxMs);
    return drawn[asked.length - 1] ?? 0;
  });
  expect(asked).toEqual([300_000, 300_000, 300_000, 300_000]);
  expect(schedule.offsetsMs).toEqual([0, 15_000, 1_215_000, 1_815_001, 88_215_000 + 299_999]);
});

test.each(NAMES.filter((name) => name !== 'billplz-2021'))('%s draws no jitter', (name) => {
  const draw = (): never => {
    throw new Error('drawn');
  };
  expect(freezeSchedule(name, draw).offsetsMs).toEqual(SCHEDULES[name].offsetsS.map((s) => s * SECOND));
});

test.each([-1, 300_001, 0.5, Number.NaN])('a draw of %d ms is refused', (ms) => {
  expect(() => freezeSchedule('billplz-2021', () => ms)).toThrow(RangeError);
});

test.each(NAMES)('%s: a frozen schedule survives JSON unchanged', (name) => {
  const schedule = freezeSchedule(name, (max) => max);
  expect(JSON.parse(JSON.stringify(schedule))).toEqual(schedule);
});

test('Retry-After may delay the next attempt of standard, never hasten it', () => {
  const starts = [FIRST_MS];
  const due = (retryAfterMs?: number) =>
    nextAttempt(exact('standard'), FIRST_MS, starts, retryAfterMs)?.dueMs;
  expect(due()).toBe(FIRST_MS + 5 * SECOND);
  expect(due(1)).toBe(FIRST_MS + 5 * SECOND);
  expect(due(-HOUR)).toBe(FIRST_MS + 5 * SECOND);
  expect(due(HOUR)).toBe(FIRST_MS + HOUR);
});

test('no Retry-After keeps a callback waiting for more than a day', () => {
  expect(nextAttempt(exact('standard'), FIRST_MS, [FIRST_MS], 1e15)?.dueMs).toBe(FIRST_MS + DAY);
});

test('after a Retry-After the later attempts keep their gaps', () => {
  const plan = planOf({ ...pending('standard'), starts: [FIRST_MS], retryAfterMs: HOUR });
  expect(plan.slice(0, 4).map(({ atMs }) => atMs - FIRST_MS)).toEqual([
    0,
    HOUR,
    HOUR + 5 * MINUTE,
    HOUR + 35 * MINUTE,
  ]);
});

test.each<ScheduleName>(['billplz', 'billplz-2019', 'billplz-2021', 'payment-order'])(
  '%s does not heed Retry-After: its instants are exact',
  (name) => {
    const schedule = exact(name);
    expect(nextAttempt(schedule, FIRST_MS, [FIRST_MS], 20 * HOUR)).toEqual(
      nextAttempt(schedule, FIRST_MS, [FIRST_MS]),
    );
  },
);

test('nothing follows the last attempt', () => {
  const schedule = exact('payment-order');
  expect(nextAttempt(schedule, FIRST_MS, [FIRST_MS, FIRST_MS + HOUR])).toBeNull();
  expect(nextAttempt(schedule, FIRST_MS, [FIRST_MS, FIRST_MS + HOUR, FIRST_MS + DAY])).toBeNull();
});

test('the plan lists what was made, then what is coming', () => {
  const secondMs = FIRST_MS + 3 * HOUR;
  expect(planOf({ ...pending('billplz'), starts: [FIRST_MS, secondMs] })).toEqual([
    { number: 1, kind: 'made', atMs: FIRST_MS },
    { number: 2, kind: 'made', atMs: secondMs },
    { number: 3, kind: 'coming', atMs: secondMs + 30 * MINUTE },
    { number: 4, kind: 'coming', atMs: secondMs + 75 * MINUTE },
    { number: 5, kind: 'coming', atMs: secondMs + 75 * MINUTE + DAY },
  ]);
});

test('the plan of a callback not yet tried is the whole schedule', () => {
  for (const name of NAMES) {
    const plan = planOf({ ...pending(name), starts: [] });
    expect(plan.map(({ atMs }) => atMs)).toEqual(run(exact(name)));
    expect(plan.every(({ kind }) => kind === 'coming')).toBe(true);
  }
});

test.each(['delivered', 'dropped', 'cancelled'] as const)('nothing is coming for a %s callback', (status) => {
  expect(planOf({ ...pending('billplz'), starts: [FIRST_MS], status })).toEqual([
    { number: 1, kind: 'made', atMs: FIRST_MS },
  ]);
});

test.each<[ScheduleName, number, ReturnType<typeof judgeStatus>]>([
  ['billplz', 200, 'success'],
  ['billplz', 201, 'failure'],
  ['billplz', 204, 'failure'],
  ['billplz', 301, 'failure'],
  ['billplz', 410, 'failure'],
  ['billplz', 500, 'failure'],
  ['payment-order', 202, 'failure'],
  ['standard', 200, 'success'],
  ['standard', 204, 'success'],
  ['standard', 299, 'success'],
  ['standard', 199, 'failure'],
  ['standard', 300, 'failure'],
  ['standard', 302, 'failure'],
  ['standard', 410, 'gone'],
  ['standard', 429, 'failure'],
])('%s: status %d is a %s', (name, status, verdict) => {
  expect(judgeStatus(exact(name), status)).toBe(verdict);
});

test('only the five names are schedules', () => {
  expect(NAMES.filter(isScheduleName)).toEqual(NAMES);
  expect(['', 'toString', '__proto__', 'Billplz'].filter(isScheduleName)).toEqual([]);
});
