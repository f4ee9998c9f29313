import { TRPCClientError } from '@trpc/client';
import type { ProblemName } from '#api/trpc/problem.ts';
import type { AppRouter } from '#api/trpc/router.ts';

export interface ShownProblem {
  /** `unreachable`: no answer of ours came. */
  readonly name: ProblemName | 'unreachable';
  readonly requestId: string | null;
}

/** What went wrong, from whatever a query or mutation threw. */
export function readProblem(error: unknown): ShownProblem {
  const data = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data : null;
  if (!data) return { name: 'unreachable', requestId: null };
  return { name: data.problem, requestId: data.requestId };
}

const WORTH_ANOTHER_TRY: readonly ShownProblem['name'][] = ['unreachable', 'unavailable'];

/** For reads only; what a refused or broken call said once it says again. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && WORTH_ANOTHER_TRY.includes(readProblem(error).name);
}
