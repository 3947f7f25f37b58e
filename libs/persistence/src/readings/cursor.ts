import { readJson } from '@teletransmission/kernel';

/** Un curseur opaque : la clé de la dernière ligne rendue. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @returns la clé, ou `null` quand le texte n'est pas un curseur de ce nombre de clés. */
export function decodeCursor(text: string, length: number): readonly (string | number)[] | null {
  const read = readJson(Buffer.from(text, 'base64url'), 'Le curseur');
  if (!read.ok || !Array.isArray(read.value) || read.value.length !== length) return null;
  const key: readonly unknown[] = read.value;
  return key.every((part): part is string | number => typeof part === 'string' || typeof part === 'number')
    ? key
    : null;
}
