const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Vrai si le texte a la forme de nos identifiants : une autre forme ne va pas jusqu'à la base. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
