import type { Language } from './strings/language.tsx';
import type { Strings } from './strings/en.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ms: 'ms-MY' };

export interface Place {
  readonly timeZone: string;
  readonly language: Language;
}

/** `21 Nov 2026, 14:05`, with seconds where they matter. */
export function formatInstant(atMs: number, { timeZone, language }: Place, seconds = false): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(atMs);
}

/** A calendar day `YYYY-MM-DD`, which has no zone. */
export function formatDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(Date.parse(`${day}T00:00:00Z`));
}

/** How long a call took: `340 ms`, `20.0 s`. */
export function formatTook(durationMs: number, { duration }: Strings): string {
  return durationMs < 1_000 ? duration.ms(durationMs) : duration.s((durationMs / 1_000).toFixed(1));
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** The two largest parts: `1 d 3 h`, `12 min 3 s`, `8 s`. */
export function formatWait(waitMs: number, { duration }: Strings): string {
  let rest = Math.max(0, Math.ceil(waitMs / 1_000));
  const parts: string[] = [];
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0 || (unit === 's' && parts.length === 0)) parts.push(`${count} ${duration.parts[unit]}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}
