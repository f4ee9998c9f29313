import { cpuTimeOf } from './cpu-time-of.ts';
import { type Load, measure, medians, type Rate } from './measure.ts';

const WARM_UP_S = 4;
const ROUND_S = 5;
const ROUNDS = 5;

/** The same work asked of one server. */
export interface Side {
  readonly url: string;
  readonly headers: Load['headers'];
  /** Its process, whose time counts. */
  readonly pid: number;
}

export interface Comparison {
  readonly kekal: Rate;
  readonly bare: Rate;
  readonly connections: number;
}

/** Measures the api and the bare server by turns, so that whatever else the machine does hits both. */
export async function inTurns(
  work: Pick<Load, 'method' | 'connections' | 'body'>,
  sides: { readonly kekal: Side; readonly bare: Side },
  postgresPid: number,
  log: (line: string) => void,
): Promise<Comparison> {
  const run = ({ url, headers, pid }: Side, seconds: number) =>
    measure({
      ...work,
      url,
      headers,
      seconds,
      cpu: async () => ({ server: await cpuTimeOf(pid), postgres: await cpuTimeOf(postgresPid) }),
    });
  await run(sides.kekal, WARM_UP_S);
  await run(sides.bare, WARM_UP_S);
  const rounds: { kekal: Rate; bare: Rate }[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const seen = { bare: await run(sides.bare, ROUND_S), kekal: await run(sides.kekal, ROUND_S) };
    log(
      `round ${round} of ${ROUNDS}: bare ${seen.bare.perSecond.toFixed(0)}/s, kekal ${seen.kekal.perSecond.toFixed(0)}/s`,
    );
    rounds.push(seen);
  }
  return {
    kekal: medians(rounds.map((round) => round.kekal)),
    bare: medians(rounds.map((round) => round.bare)),
    connections: work.connections,
  };
}
