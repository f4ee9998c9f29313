import sharp, { type ResizeOptions } from 'sharp';
import type { PictureVariant } from '#db/collection.repository.ts';
import type { Picture } from '#db/picture.repository.ts';

/** The sizes of one picture that are kept. */
export type RenderedPicture = Readonly<Partial<Record<PictureVariant, Picture>>>;

type Resize = Readonly<ResizeOptions>;

/** Source: seed 004, "This image will be resized to avatar (40x40) and thumb (180x180)", "retina (Yx960)". */
export const PICTURE_SIZES = {
  logo: {
    thumb: { width: 180, height: 180, fit: 'cover' },
    avatar: { width: 40, height: 40, fit: 'cover' },
  },
  photo: {
    retina: { height: 960, withoutEnlargement: true },
    avatar: { width: 180, height: 180, fit: 'cover' },
  },
} as const satisfies Record<string, Partial<Record<PictureVariant, Resize>>>;

/** Source: billplz-api.md 2.1. */
export const PICTURE_MAX_BYTES = 5 * 1024 * 1024;
/** A few bytes may stand for a picture that fills all memory: more than this is never unpacked. */
const PIXELS_MAX = 50_000_000;
const RENDER_MAX_S = 20;

/** By content, whatever the name says: only these three readers of the library ever see a stranger's bytes. */
const FORMATS = [
  { begins: [0xff, 0xd8, 0xff], to: 'jpeg' },
  { begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], to: 'png' },
  { begins: [...Buffer.from('GIF87a')], to: 'png' },
  { begins: [...Buffer.from('GIF89a')], to: 'png' },
] as const;

/**
 * The picture in its sizes, drawn anew: nothing but pixels survives, turned as the camera meant it; of an animation the
 * first frame. Null for what is no jpg, gif or png that can be read, or is too large. Source: billplz-api.md 2.1, 2.2.
 */
export async function renderPicture(
  content: Uint8Array,
  kind: keyof typeof PICTURE_SIZES,
): Promise<RenderedPicture | null> {
  const format = FORMATS.find(({ begins }) => begins.every((byte, index) => content[index] === byte));
  if (!format || content.length > PICTURE_MAX_BYTES) return null;
  const sizes: readonly [string, Resize][] = Object.entries(PICTURE_SIZES[kind]);
  try {
    const rendered: [string, Picture][] = [];
    // One after the other: each holds the whole picture in memory.
    for (const [variant, size] of sizes) {
      rendered.push([variant, await draw(content, size, format.to)]);
    }
    return Object.fromEntries(rendered);
  } catch {
    return null;
  }
}

async function draw(content: Uint8Array, size: Resize, to: 'jpeg' | 'png'): Promise<Picture> {
  const pixels = sharp(content, { limitInputPixels: PIXELS_MAX, failOn: 'error', pages: 1 })
    .autoOrient()
    .resize(size)
    .timeout({ seconds: RENDER_MAX_S });
  const bytes = await (to === 'jpeg' ? pixels.jpeg({ quality: 85 }) : pixels.png()).toBuffer();
  return { contentType: `image/${to}`, bytes };
}
