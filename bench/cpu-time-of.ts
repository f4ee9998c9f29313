import { readdir, readFile } from 'node:fs/promises';

/** The kernel counts in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds of processor time that a process and its children have used; not a number where there is no /proc. */
export async function cpuTimeOf(pid: number): Promise<number> {
  const entries = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(
    entries
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  );
  const used = stats.map(parse).filter((stat) => stat.pid === pid || stat.parent === pid);
  return used.length === 0 ? Number.NaN : used.reduce((sum, stat) => sum + stat.ticks, 0) * TICK_MS;
}

/** `1234 (name, which may hold spaces) S 1 ...`: parent is the 4th field, user and system time the 14th and 15th. */
function parse(stat: string): { pid: number; parent: number; ticks: number } {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid: Number.parseInt(stat),
    parent: Number(fields[1]),
    ticks: Number(fields[11]) + Number(fields[12]),
  };
}
