import { z } from 'zod';
import { PREDICATE } from '#domain/billplz-sentence.ts';
import { PICTURE_MAX_BYTES, type RenderedPicture, renderPicture } from '#services/picture/render.ts';
import { isUploadedFile, type Params } from '../http/params.ts';
import type { Scalar } from '../http/scalars.ts';

/** A file part, or nothing. That its content is a picture has been found out before, by `withPicture`. */
export function picture(): Scalar<unknown> {
  const reader = z.unknown().refine((sent) => isUploadedFile(sent) || isBlank(sent), {
    params: { predicate: PREDICATE.invalid },
  });
  return z.optional(reader).meta({ type: 'string', format: 'binary' });
}

const UNREADABLE = 'no picture';

/**
 * Draws the picture of a request, if there is one. A file that is none becomes a text, which the form then refuses at
 * its place among the other parameters. Source: billplz-api.md 2.1, "logo".
 */
export async function withPicture(
  params: Params,
  name: string,
  kind: Parameters<typeof renderPicture>[1],
): Promise<{ params: Params; rendered: RenderedPicture | null }> {
  const sent = params[name];
  if (!isUploadedFile(sent)) return { params, rendered: null };
  const fits = sent.file.size <= PICTURE_MAX_BYTES;
  const rendered = fits ? await renderPicture(new Uint8Array(await sent.file.arrayBuffer()), kind) : null;
  return { rendered, params: rendered ? params : { ...params, [name]: UNREADABLE } };
}

function isBlank(sent: unknown): boolean {
  return sent === null || sent === undefined || (typeof sent === 'string' && sent.trim() === '');
}
