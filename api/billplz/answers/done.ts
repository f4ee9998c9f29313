import { z } from 'zod';

/** What actions answer: `{}`. Source: billplz-api.md 1, "Success". */
export const Done = z.strictObject({});
