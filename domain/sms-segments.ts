/** GSM 03.38: what fits into seven bits; the second set takes two places. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
  'abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_EXTENDED = '\f^{}\\[~]|€';

const SINGLE = { gsm: 160, unicode: 70 };
const JOINED = { gsm: 153, unicode: 67 };

/** How many messages a text is charged as: 160 places of the GSM alphabet, or 70 UTF-16 units of any other. */
export function smsSegments(text: string): number {
  const gsm = gsmLength(text);
  const [length, kind] = gsm === null ? ([text.length, 'unicode'] as const) : ([gsm, 'gsm'] as const);
  return length <= SINGLE[kind] ? 1 : Math.ceil(length / JOINED[kind]);
}

function gsmLength(text: string): number | null {
  let length = 0;
  for (const char of text) {
    if (GSM.includes(char)) length += 1;
    else if (GSM_EXTENDED.includes(char)) length += 2;
    else return null;
  }
  return length;
}
