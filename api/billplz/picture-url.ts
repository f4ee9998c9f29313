import type { Ctx } from '#services/context.ts';
import { picturePath } from '#services/picture/read.ts';

/** Address of a picture by its id, computed when it is read; null where there is none. Source: billplz-api.md 1, "URLs". */
export function pictureUrl(ctx: Ctx, id: string | undefined): string | null {
  const path = picturePath(id);
  return path === null ? null : `${ctx.publicUrl}${path}`;
}
