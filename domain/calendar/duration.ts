import { Temporal } from 'temporal-polyfill/implementation';

/**
 * The instant (epoch ms) that an ISO 8601 duration leads to, days and months counted in the zone's calendar. Null: the
 * text is no duration, or leads out of the calendar.
 */
export function afterDuration(timeZone: string, fromMs: number, duration: string): number | null {
  return orNull(
    () =>
      Temporal.Instant.fromEpochMilliseconds(fromMs)
        .toZonedDateTimeISO(timeZone)
        .add(Temporal.Duration.from(duration)).epochMilliseconds,
  );
}

/** Epoch ms of an ISO 8601 instant, which names its offset: `2026-11-23T17:00:00+08:00`. Null: it is none. */
export function instantMs(text: string): number | null {
  return orNull(() => Temporal.Instant.from(text).epochMilliseconds);
}

function orNull(read: () => number): number | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
