import sharp from 'sharp';
import { expect, test } from 'vitest';
import { PICTURE_MAX_BYTES, renderPicture } from './render.ts';

function drawn(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: '#0b5d4a' } });
}

const sizeOf = async (bytes: Buffer | undefined) => {
  const { width, height, format } = await sharp(bytes).metadata();
  return [format, width, height];
};

test.each(['jpeg', 'png', 'gif'] as const)('a logo of %s has its two sizes', async (format) => {
  const rendered = await renderPicture(await drawn(300, 200).toFormat(format).toBuffer(), 'logo');
  const kept = format === 'jpeg' ? 'jpeg' : 'png';
  expect(Object.keys(rendered ?? {})).toEqual(['thumb', 'avatar']);
  expect(await sizeOf(rendered?.thumb?.bytes)).toEqual([kept, 180, 180]);
  expect(await sizeOf(rendered?.avatar?.bytes)).toEqual([kept, 40, 40]);
  expect(rendered?.avatar?.contentType).toBe(`image/${kept}`);
});

test('a photo is 960 high with its width in proportion, and its avatar 180x180', async () => {
  const rendered = await renderPicture(await drawn(2_000, 1_920).jpeg().toBuffer(), 'photo');
  expect(await sizeOf(rendered?.retina?.bytes)).toEqual(['jpeg', 1_000, 960]);
  expect(await sizeOf(rendered?.avatar?.bytes)).toEqual(['jpeg', 180, 180]);
});

test('a small photo is not enlarged', async () => {
  const rendered = await renderPicture(await drawn(60, 50).png().toBuffer(), 'photo');
  expect(await sizeOf(rendered?.retina?.bytes)).toEqual(['png', 60, 50]);
});

test('nothing of the metadata survives, and the picture is turned as the camera meant it', async () => {
  const told = await drawn(400, 200)
    .jpeg()
    .withExif({ IFD0: { Copyright: 'planted-secret', ImageDescription: 'planted-secret' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const rendered = await renderPicture(told, 'photo');
  const kept = rendered?.retina?.bytes;
  expect(kept?.includes('planted-secret')).toBe(false);
  expect((await sharp(kept).metadata()).exif).toBeUndefined();
  expect(await sizeOf(kept)).toEqual(['jpeg', 200, 400]);
});

test('of an animation the first frame is kept', async () => {
  const frame = await drawn(50, 50).raw().toBuffer();
  const animated = await sharp(Buffer.concat([frame, frame]), {
    raw: { width: 50, height: 100, channels: 3, pageHeight: 50 },
  })
    .gif()
    .toBuffer();
  const rendered = await renderPicture(animated, 'photo');
  expect(await sizeOf(rendered?.retina?.bytes)).toEqual(['png', 50, 50]);
});

test.each([
  ['a text', Buffer.from('I am a picture')],
  ['nothing', Buffer.alloc(0)],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['a JPEG in its first bytes only', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])],
  ['a PNG in its first bytes only', Buffer.from('89504e470d0a1a0a00', 'hex')],
])('%s is no picture', async (_name, content) => {
  expect(await renderPicture(content, 'logo')).toBeNull();
});

test('a WebP is no picture of ours, whatever its name', async () => {
  expect(await renderPicture(await drawn(9, 9).webp().toBuffer(), 'logo')).toBeNull();
});

test('a picture that was cut off is refused', async () => {
  const whole = await drawn(300, 300).png().toBuffer();
  expect(await renderPicture(whole.subarray(0, whole.length / 2), 'logo')).toBeNull();
});

test('few bytes that unpack to more pixels than we hold are refused', async () => {
  // One colour packs well: 51 million pixels in a few hundred kilobytes.
  const bomb = await drawn(30_000, 1_700).toColourspace('b-w').png({ compressionLevel: 1 }).toBuffer();
  expect(bomb.length).toBeLessThan(PICTURE_MAX_BYTES);
  expect(await renderPicture(bomb, 'logo')).toBeNull();
});

test('five megabytes are the most', async () => {
  const picture = await drawn(10, 10).jpeg().toBuffer();
  const padded = Buffer.concat([picture, Buffer.alloc(PICTURE_MAX_BYTES - picture.length)]);
  expect(await renderPicture(padded, 'logo')).not.toBeNull();
  expect(await renderPicture(Buffer.concat([padded, Buffer.alloc(1)]), 'logo')).toBeNull();
});
