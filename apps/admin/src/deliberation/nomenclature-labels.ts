import { isNatureAbregee, NATURES, parseMatiere, typesPieceOf } from '@teletransmission/actes';

/** Le nom d'une nature d'acte, avec son abrégé : « Délibérations (DE) ». */
export function natureLabel(nature: string): string {
  const known = NATURES.find(({ abrege }) => abrege === nature);
  return known ? `${known.libelle} (${nature})` : nature;
}

/** L'intitulé national d'une matière, avec son code : « 8.1 Enseignement ». */
export function matiereLabel(code: string): string {
  const matiere = parseMatiere(code);
  return matiere.ok ? `${code} ${matiere.value.libelle}` : code;
}

/** Ce qu'est une pièce, d'après la typologie de sa nature d'acte. */
export function typePieceLabel(nature: string, code: string): string {
  const types = isNatureAbregee(nature) ? typesPieceOf(nature) : [];
  const known = types.find((type) => type.code === code);
  return known ? `${known.libelle} (${code})` : code;
}
