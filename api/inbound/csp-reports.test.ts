import { expect, test } from 'vitest';
import { violationsIn } from './csp-reports.ts';

test('both shapes of a report give the directive and the blocked origin, and no more', () => {
  const old = {
    'csp-report': { 'effective-directive': 'script-src', 'blocked-uri': 'https://evil.example/a?card=1' },
  };
  const api = [
    { type: 'csp-violation', body: { effectiveDirective: 'style-src-elem', blockedURL: 'inline' } },
    { type: 'deprecation', body: { id: 'x' } },
  ];
  expect(violationsIn(JSON.stringify(old))).toEqual([
    { directive: 'script-src', blocked: 'https://evil.example' },
  ]);
  expect(violationsIn(JSON.stringify(api))).toEqual([{ directive: 'style-src-elem', blocked: 'inline' }]);
});

test('nothing that a stranger writes reaches the log but letters and hyphens, and not much of it', () => {
  const body = {
    effectiveDirective: 'script-src\n4111 1111 1111 1111',
    blockedURL: `${'a'.repeat(500)}\u0007`,
  };
  const [violation] = violationsIn(JSON.stringify(Array.from({ length: 50 }, () => ({ body }))));
  expect(violation).toEqual({ directive: 'script-src', blocked: 'a'.repeat(40) });
  expect(violationsIn(JSON.stringify(Array.from({ length: 50 }, () => ({ body }))))).toHaveLength(10);
});

test.each(['', 'no json', 'null', '7', '"text"', '[null,1,{}]', '{"csp-report":7}'])(
  '%j is no report',
  (text) => {
    expect(violationsIn(text)).toEqual([]);
  },
);
