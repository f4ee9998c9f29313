import { expect, test } from 'vitest';
import { requestIdOf } from './request-id.ts';

test('a short and plain request id of the caller is kept', () => {
  expect(requestIdOf('trace-1.2_3:4')).toBe('trace-1.2_3:4');
});

test.each([undefined, '', 'a b', 'a\nb', 'é', 'x'.repeat(65), '4111111111111111', 'a-4111-1111-1111-1111'])(
  '%j is replaced by one of ours',
  (header) => {
    expect(requestIdOf(header)).toMatch(/^req_[\w-]{12}$/);
  },
);
