const HOUR_MS = 3_600_000;

/** Whoever asks for nothing this long is signed out. */
export const IDLE_MS = 8 * HOUR_MS;
/** However busy, a session ends this long after the sign-in. */
export const ABSOLUTE_MS = 7 * 24 * HOUR_MS;
/** A later end is written only when it is at least this much later: not every request writes. */
const EXTEND_STEP_MS = 5 * 60_000;

/** When (epoch ms) a session ends that is used at `nowMs`. */
export function sessionEndMs(createdAtMs: number, nowMs: number): number {
  return Math.min(nowMs + IDLE_MS, createdAtMs + ABSOLUTE_MS);
}

/** The end to write, or null when the stored one is near enough. */
export function laterEndMs(
  session: { readonly createdAtMs: number; readonly expiresAtMs: number },
  nowMs: number,
): number | null {
  const endMs = sessionEndMs(session.createdAtMs, nowMs);
  return endMs - session.expiresAtMs >= EXTEND_STEP_MS ? endMs : null;
}
