import { Command } from 'commander';
import { afterEach, expect, test, vi } from 'vitest';
import { instant, printOne, printRows } from './output.ts';

const log = vi.spyOn(console, 'log').mockImplementation(() => {});
afterEach(() => log.mockClear());

const printed = () => log.mock.calls.map(([line]) => String(line));
const COLUMNS = {
  id: (row: { id: number; name: string; on: boolean }) => row.id,
  name: (row: { name: string }) => row.name,
  switch: (row: { on: boolean }) => row.on,
};
const ROWS = [
  { id: 1, name: 'Kedai Roti', on: true },
  { id: 200, name: 'A', on: false },
];

function command(...flags: string[]): Command {
  return new Command().option('--json').parse(flags, { from: 'user' });
}

test('people get a table with aligned columns', () => {
  printRows(command(), ROWS, COLUMNS);
  expect(printed()).toEqual(['id   name        switch', '1    Kedai Roti  on', '200  A           off']);
});

test('machines get the rows themselves as JSON, an empty list included', () => {
  printRows(command('--json'), ROWS, COLUMNS);
  printRows(command('--json'), [], COLUMNS);
  expect(printed().map((text): unknown => JSON.parse(text))).toEqual([ROWS, []]);
});

test('a name from outside cannot steer the terminal', () => {
  printOne(command(), { id: 1, name: 'x\u001b[2Jy\n', on: true }, COLUMNS);
  expect(printed()).toEqual(['id      1', 'name    x?[2Jy?', 'switch  on']);
});

test('instants are shown in UTC to the second', () => {
  expect(instant(Date.UTC(2026, 10, 21, 4, 5, 6, 789))).toBe('2026-11-21 04:05:06Z');
  expect(instant(null)).toBe('');
});
