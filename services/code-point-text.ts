import { z } from 'zod';

/** Text of 1 to `max` code points, which is how Postgres and the API count. */
export function codePointText(max: number) {
  return z
    .string()
    .min(1)
    .refine((text) => text.length <= max || Array.from(text).length <= max);
}
