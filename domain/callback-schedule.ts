const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

export type ScheduleName = 'billplz' | 'billplz-2019' | 'billplz-2021' | 'payment-order' | 'standard';

/** Which statuses end a callback well. */
export type SuccessRule = 'exactly_200' | 'any_2xx';

interface Schedule {
  /** Of each attempt, from the first. */
  readonly offsetsS: readonly number[];
  /** Upper bound of what is drawn once and added to each attempt but the first. */
  readonly jitterMaxS: number;
  readonly success: SuccessRule;
  /** 410 means that nobody lives here any more: no further attempt. */
  readonly goneDisables: boolean;
  /** The longest delay that a receiver may ask for with `Retry-After`; 0: not heeded. */
  readonly retryAfterMaxS: number;
}

const EXACT = { jitterMaxS: 0, success: 'exactly_200', goneDisables: false, retryAfterMaxS: 0 } as const;

/** Source: decisions.md, "Callback schedule"; `billplz` is seed 004, "scheduled again in 15 minutes * N". */
export const SCHEDULES: Readonly<Record<ScheduleName, Schedule>> = {
  billplz: { ...EXACT, offsetsS: [0, 15, 45, 90, 90 + 24 * 60].map((minutes) => minutes * MINUTE_S) },
  'billplz-2019': { ...EXACT, offsetsS: [0, 15, 30, 45, 45 + 24 * 60].map((minutes) => minutes * MINUTE_S) },
  'billplz-2021': { ...EXACT, offsetsS: [0, 15, 915, 1_815, 1_815 + DAY_S], jitterMaxS: 300 },
  'payment-order': { ...EXACT, offsetsS: [0, HOUR_S] },
  standard: {
    offsetsS: runningSums([
      0,
      5,
      5 * MINUTE_S,
      30 * MINUTE_S,
      2 * HOUR_S,
      5 * HOUR_S,
      10 * HOUR_S,
      10 * HOUR_S,
    ]),
    jitterMaxS: 0,
    success: 'any_2xx',
    goneDisables: true,
    retryAfterMaxS: DAY_S,
  },
};

function runningSums(gaps: readonly number[]): number[] {
  let sum = 0;
  return gaps.map((gap) => {
    sum += gap;
    return sum;
  });
}

export function isScheduleName(name: string): name is ScheduleName {
  return Object.hasOwn(SCHEDULES, name);
}

/** What one callback keeps for its life: plain JSON, jitter included. Later changes of the data leave it alone. */
export interface FrozenSchedule {
  readonly name: ScheduleName;
  /** Of each attempt, from the business start of the first. */
  readonly offsetsMs: readonly number[];
  readonly success: SuccessRule;
  readonly goneDisables: boolean;
  readonly retryAfterMaxMs: number;
}

/**
 * The schedule of one callback. `drawJitterMs(maxMs)` gives a whole number from 0 to `maxMs`; it is called once for
 * each attempt that has jitter, and never for the exact schedules. Throws RangeError on a draw out of bounds.
 * Source: decisions.md, "Callback schedule" (`billplz-2021`: drawn once and recorded).
 */
export function freezeSchedule(name: ScheduleName, drawJitterMs: (maxMs: number) => number): FrozenSchedule {
  const { offsetsS, jitterMaxS, success, goneDisables, retryAfterMaxS } = SCHEDULES[name];
  const jitterMaxMs = jitterMaxS * SECOND_MS;
  const jitter = (): number => {
    const drawn = drawJitterMs(jitterMaxMs);
    if (!Number.isInteger(drawn) || drawn < 0 || drawn > jitterMaxMs) {
      throw new RangeError(`jitter of ${drawn} ms is outside 0 to ${jitterMaxMs}`);
    }
    return drawn;
  };
  const offsetsMs = offsetsS.map(
    (offset, index) => offset * SECOND_MS + (index === 0 || jitterMaxMs === 0 ? 0 : jitter()),
  );
  return { name, offsetsMs, success, goneDisables, retryAfterMaxMs: retryAfterMaxS * SECOND_MS };
}

export interface ScheduledAttempt {
  /** From 1. */
  readonly number: number;
  readonly dueMs: number;
}

/**
 * The attempt that follows those made, or null when none is left. `starts` are the business starts (epoch ms) of the
 * scheduled attempts in order, attempts by hand left out; `retryAfterMs` is what the last answer asked for.
 *
 * Attempt n is due at the later of `first + offset[n]` and `start of n-1 + gap[n]`: punctual runs keep the offsets
 * exactly, after an outage the gaps hold. `Retry-After`, where heeded, only delays. The first is due at `firstDueMs`.
 * Source: decisions.md, "Callback schedule".
 */
export function nextAttempt(
  schedule: FrozenSchedule,
  firstDueMs: number,
  starts: readonly number[],
  retryAfterMs: number | null = null,
): ScheduledAttempt | null {
  const [first] = starts;
  const last = starts.at(-1);
  if (first === undefined || last === undefined) return { number: 1, dueMs: firstDueMs };
  const offset = schedule.offsetsMs[starts.length];
  const offsetBefore = schedule.offsetsMs[starts.length - 1];
  if (offset === undefined || offsetBefore === undefined) return null;
  const askedMs = Math.min(Math.max(retryAfterMs ?? 0, 0), schedule.retryAfterMaxMs);
  return {
    number: starts.length + 1,
    dueMs: Math.max(first + offset, last + offset - offsetBefore, last + askedMs),
  };
}

/** An attempt that starts less than this late is punctual. */
export const PUNCTUAL_MS = 2_000;

/**
 * The instant that later gaps count from: the due instant when the attempt was punctual, else when it really began.
 * Source: temporal.md section 2, "under 2 s late it counts as the due instant".
 */
export function businessStart({ dueMs, observedMs }: { dueMs: number; observedMs: number }): number {
  return observedMs - dueMs < PUNCTUAL_MS ? dueMs : observedMs;
}

export interface PlannedAttempt {
  readonly number: number;
  readonly kind: 'made' | 'coming';
  /** Business start of one made; due instant of one to come, if all before it are punctual and fail. */
  readonly atMs: number;
}

/** What is known of one callback; the fields are the arguments of `nextAttempt`. */
export interface CallbackProgress {
  readonly status: 'pending' | 'delivered' | 'dropped' | 'cancelled';
  readonly schedule: FrozenSchedule;
  readonly firstDueMs: number;
  readonly starts: readonly number[];
  readonly retryAfterMs?: number | null;
}

/** All scheduled attempts: those made and, while the callback is pending, those to come. */
export function planOf({
  status,
  schedule,
  firstDueMs,
  starts,
  retryAfterMs,
}: CallbackProgress): PlannedAttempt[] {
  const plan = starts.map((atMs, index): PlannedAttempt => ({ number: index + 1, kind: 'made', atMs }));
  if (status !== 'pending') return plan;
  const supposed = [...starts];
  let asked = retryAfterMs ?? null;
  for (;;) {
    const next = nextAttempt(schedule, firstDueMs, supposed, asked);
    if (!next) return plan;
    plan.push({ number: next.number, kind: 'coming', atMs: next.dueMs });
    supposed.push(next.dueMs);
    asked = null;
  }
}

/** What an HTTP status means: delivered, failed, or failed with no further attempt. */
export type AnswerVerdict = 'success' | 'failure' | 'gone';

/** Redirects are failures in every schedule: they are never followed. Source: decisions.md, "Callback schedule". */
export function judgeStatus(schedule: FrozenSchedule, status: number): AnswerVerdict {
  const good = schedule.success === 'exactly_200' ? status === 200 : status >= 200 && status <= 299;
  if (good) return 'success';
  return schedule.goneDisables && status === 410 ? 'gone' : 'failure';
}
