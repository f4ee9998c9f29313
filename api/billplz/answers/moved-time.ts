import { z } from 'zod';

/** `now` is the object's virtual time in the profile's zone. Source: billplz-api.md 2.17. */
export const MovedTime = z.strictObject({
  object: z.string(),
  now: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}$/),
});
