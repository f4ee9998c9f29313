import type { Delivery } from './deliver-callbacks.ts';
import type { Comparison } from './in-turns.ts';
import type { Rate } from './measure.ts';

interface Memory {
  readonly name: string;
  readonly megabytes: number;
}

export interface Results {
  readonly memory: readonly Memory[];
  readonly memoryAfter: readonly Memory[];
  readonly bills: Comparison;
  readonly reads: Comparison;
  readonly delivery: Delivery;
}

/** The report as Markdown tables. */
export function describeResults({ memory, memoryAfter, bills, reads, delivery }: Results): string {
  const after = (name: string) => memoryAfter.find((each) => each.name === name)?.megabytes ?? Number.NaN;
  const ours = memory.filter(({ name }) => ['api', 'worker'].includes(name));
  const sum = (of: (name: string) => number) =>
    ours
      .map(({ name }) => of(name))
      .reduce((a, b) => a + b, 0)
      .toFixed(0);
  const before = (name: string) => memory.find((each) => each.name === name)?.megabytes ?? Number.NaN;
  return [
    ...comparison('Create a bill', bills, ['bare Hono + pg insert', 'Kekal, `POST /api/v3/bills`']),
    ...comparison('Read a bill', reads, ['bare Hono + pg select', 'Kekal, `GET /api/v3/bills/{id}`']),
    `Callbacks (${delivery.bills} bills, one receiver, one worker process):`,
    '',
    ...table(
      ['what', 'value'],
      [
        ['paid and told at the same time, per second', delivery.perSecond.toFixed(0)],
        ['delay from paid to told, p50', `${delivery.delayP50Ms.toFixed(0)} ms`],
        ['delay from paid to told, p99', `${delivery.delayP99Ms.toFixed(0)} ms`],
        ['from a backlog, per second', delivery.backlogPerSecond.toFixed(0)],
        ...delivery.cpuMs.map(({ name, perBill }) => [
          `${name}, CPU for one bill`,
          `${perBill.toFixed(0)} ms`,
        ]),
        ['told twice', String(delivery.duplicates)],
      ],
    ),
    '',
    'Resident memory, MB:',
    '',
    ...table(
      ['process', 'at rest', 'after the load'],
      [
        ...memory.map(({ name, megabytes }) => [name, megabytes.toFixed(0), after(name).toFixed(0)]),
        ['api + worker', sum(before), sum(after)],
      ],
    ),
    '',
  ].join('\n');
}

function comparison(
  what: string,
  { kekal, bare, connections }: Comparison,
  [bareName, kekalName]: readonly [string, string],
): string[] {
  const cpu = (of: Rate) => of.serverCpuMs + of.postgresCpuMs;
  return [
    `${what} (${connections} connections, medians of interleaved rounds):`,
    '',
    ...table(
      ['server', 'per second', 'p50 ms', 'p99 ms', 'server CPU ms', 'Postgres CPU ms'],
      [row(bareName, bare), row(kekalName, kekal)],
    ),
    '',
    `Ratio of the rates: ${(kekal.perSecond / bare.perSecond).toFixed(2)}; of the processor times of server and ` +
      `Postgres: ${(cpu(bare) / cpu(kekal)).toFixed(2)}.`,
    '',
  ];
}

function row(name: string, of: Rate): string[] {
  return [
    name,
    of.perSecond.toFixed(0),
    of.p50Ms.toFixed(0),
    of.p99Ms.toFixed(0),
    of.serverCpuMs.toFixed(2),
    of.postgresCpuMs.toFixed(2),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
