import { z } from 'zod';

/** What a person may choose: long enough against guessing, bounded because hashing takes time with length. */
export const Password = z.string().min(12).max(200);
