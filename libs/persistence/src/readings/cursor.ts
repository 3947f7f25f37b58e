/** Un curseur opaque : la clé de la dernière ligne rendue. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @returns la clé, ou `null` quand le texte n'est pas un curseur de ce nombre de clés. */
export function decodeCursor(text: string, length: number): readonly (string | number)[] | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(key) || key.length !== length) return null;
    return key.every((part): part is string | number => typeof part === 'string' || typeof part === 'number')
      ? key
      : null;
  } catch {
    return null;
  }
}
