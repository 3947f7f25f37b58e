/** Les champs d'un filtre, tels qu'ils sont dans l'adresse : l'adresse est la vue. */
export type AddressFilter<Field extends string> = Readonly<Partial<Record<Field, string>>>;

/** Lit les champs connus d'une adresse. Un champ vide ou répété à tort ne filtre pas. */
export function readFilter<Field extends string>(
  fields: readonly Field[],
  query: Readonly<Record<string, unknown>>,
): AddressFilter<Field> {
  const filter: Partial<Record<Field, string>> = {};
  for (const field of fields) {
    const value = query[field];
    if (typeof value === 'string' && value.trim() !== '') filter[field] = value.trim();
  }
  return filter;
}

/** L'adresse de cette vue, ses champs dans leur ordre, à partir de la page que donne le curseur `apres`. */
export function addressOf<Field extends string>(
  path: string,
  fields: readonly Field[],
  filter: AddressFilter<Field>,
  apres: string | null,
): string {
  const query = new URLSearchParams();
  for (const field of fields) {
    const value = filter[field];
    if (value !== undefined) query.append(field, value);
  }
  if (apres !== null) query.append('apres', apres);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
