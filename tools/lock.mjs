import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

const BEAT_MS = 3_000;
const DEAD_AFTER_MS = 30_000;
const POLL_MS = 200;

/**
 * Runs `work` while no other process of this user holds the lock file `path`; waits for the holder, and calls `onWait`
 * once if it has to. A holder that died loses the lock: at once on this host, elsewhere when its heartbeat stops.
 */
export async function withLock(path, work, onWait = () => {}) {
  let held = tryLock(path);
  if (!held.release) onWait(held.holder);
  while (!held.release) {
    await new Promise((done) => setTimeout(done, POLL_MS));
    held = tryLock(path);
  }
  try {
    return await work();
  } finally {
    held.release();
  }
}

/** `{ release }` when the lock is ours now, `{ holder: { pid, host } }` when a living process has it. */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${randomUUID()}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, host: hostname() }));
  try {
    for (;;) {
      // A link appears with its content, or fails when the name exists: no half-written lock is ever seen.
      if (succeeds(() => linkSync(own, path))) return { release: keep(path, readFileSync(own, 'utf8')) };
      const seen = read(path);
      if (seen && isAlive(seen)) return { holder: seen.holder };
      if (seen) breakLock(path, seen.text, own);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function keep(path, text) {
  const beat = setInterval(() => {
    const now = new Date();
    succeeds(() => utimesSync(path, now, now));
  }, BEAT_MS).unref();
  return () => {
    clearInterval(beat);
    if (read(path)?.text === text) rmSync(path, { force: true });
  };
}

function read(path) {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, holder: JSON.parse(text), beatAtMs: statSync(path).mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive({ holder, beatAtMs }) {
  if (Date.now() - beatAtMs > DEAD_AFTER_MS) return false;
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two waiters may find the same dead lock: who moves a living one away by mistake puts it back. */
function breakLock(path, deadText, own) {
  const aside = `${own}.dead`;
  if (!succeeds(() => renameSync(path, aside))) return;
  if (readFileSync(aside, 'utf8') !== deadText) succeeds(() => linkSync(aside, path));
  rmSync(aside, { force: true });
}

function succeeds(step) {
  try {
    step();
    return true;
  } catch (error) {
    if (error.code === 'EEXIST' || error.code === 'ENOENT') return false;
    throw error;
  }
}
