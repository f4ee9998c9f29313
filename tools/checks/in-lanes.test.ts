import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inLanes } from './in-lanes.ts';

test('never more tasks at once than lanes, every task once, results in the order of the list', async () => {
  let running = 0;
  let mostAtOnce = 0;
  const tasks = [3, 1, 2, 0, 2].map((turns, index) => async () => {
    mostAtOnce = Math.max(mostAtOnce, ++running);
    for (let turn = 0; turn < turns; turn++) await setImmediate();
    running--;
    return index;
  });

  expect(await inLanes(2, tasks)).toEqual([0, 1, 2, 3, 4]);
  expect(mostAtOnce).toBe(2);
});
