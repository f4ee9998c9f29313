/**
 * Orders two texts by code point, which is the order of their UTF-8 bytes. Plain `<` compares UTF-16 units and puts
 * U+FF5E after U+1F600. No locale takes part.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return byCodePoint(x) - byCodePoint(y);
  }
  return a.length - b.length;
}

/** Moves surrogates above the rest of the basic plane: they begin characters beyond it. */
function byCodePoint(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
