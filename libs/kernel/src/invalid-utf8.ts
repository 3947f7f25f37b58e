/** Longueur d'une séquence UTF-8 d'après son premier octet, et bornes de son deuxième ; `undefined` s'il n'en ouvre aucune. */
function sequenceOf(first: number): readonly [length: number, low: number, high: number] | undefined {
  if (first < 0x80) return [1, 0, 0];
  if (first >= 0xc2 && first <= 0xdf) return [2, 0x80, 0xbf];
  if (first === 0xe0) return [3, 0xa0, 0xbf];
  if (first === 0xed) return [3, 0x80, 0x9f];
  if (first >= 0xe1 && first <= 0xef) return [3, 0x80, 0xbf];
  if (first === 0xf0) return [4, 0x90, 0xbf];
  if (first >= 0xf1 && first <= 0xf3) return [4, 0x80, 0xbf];
  return first === 0xf4 ? [4, 0x80, 0x8f] : undefined;
}

/** Le rang du premier octet qui rompt l'UTF-8, ou -1 : les décodeurs de la plate-forme disent qu'il y en a un, pas où. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.byteLength) {
    const sequence = sequenceOf(bytes[at] ?? 0);
    if (!sequence) return at;
    const [length, low, high] = sequence;
    for (let next = 1; next < length; next += 1) {
      const byte = bytes[at + next];
      const [min, max] = next === 1 ? [low, high] : [0x80, 0xbf];
      if (byte === undefined || byte < min || byte > max) return at;
    }
    at += length;
  }
  return -1;
}

/** Vrai quand la séquence qui s'ouvre à `at` est juste, mais que le texte s'arrête avant elle : il a été coupé. */
export function isCutUtf8(bytes: Uint8Array, at: number): boolean {
  const [length] = sequenceOf(bytes[at] ?? 0) ?? [0];
  return (
    at + length > bytes.byteLength && bytes.subarray(at + 1).every((byte) => byte >= 0x80 && byte <= 0xbf)
  );
}
