/** Runs the tasks in order of the list, never more than `lanes` at once; gives the results in that order. */
export async function inLanes<T>(lanes: number, tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const waiting = tasks.entries();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const [index, task] of waiting) results[index] = await task();
    }),
  );
  return results;
}
