import type { Brand, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';

/** Un département sur trois caractères, comme dans `actes:Departement` : `034`, `02A`, `974`. */
export type Departement = Brand<string, 'Departement'>;

const METROPOLE = Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(3, '0')).filter(
  (code) => code !== '020',
);
const OUTRE_MER = ['971', '972', '973', '974', '975', '976', '987', '988'];

/** Tous les départements et collectivités d'outre-mer que la plate-forme connaît, dans l'ordre des codes. */
export const DEPARTEMENTS: readonly Departement[] = [
  ...METROPOLE,
  '02A',
  '02B',
  ...OUTRE_MER,
].sort() as Departement[];

const KNOWN: ReadonlySet<string> = new Set(DEPARTEMENTS);

/** La même chose sur trois caractères quand elle est écrite sur deux (`34`, `2A`) ; sinon le texte tel quel. */
export function padDepartement(text: string): string {
  return /^[0-9][0-9AB]$/.test(text) ? `0${text}` : text;
}

/**
 * Lit un département sur exactement trois caractères. La Corse est `02A` ou `02B`, jamais `020`.
 * @returns le département, ou le refus `departement/malformed` (qui propose la forme juste) ou `departement/unknown`.
 * @example parseDepartement('02A')
 */
export function parseDepartement(text: string): Result<Departement> {
  if (KNOWN.has(text)) return ok(text as Departement);
  const proposal = padDepartement(text.trim().toUpperCase());
  if (proposal !== text && KNOWN.has(proposal)) {
    return refuse({
      code: 'departement/malformed',
      detail: `« ${text} » n'est pas un département sur trois caractères : écrivez « ${proposal} ».`,
      facts: { proposition: proposal },
    });
  }
  if (!/^[0-9]{2}[0-9AB]$/.test(text)) {
    return refuse({
      code: 'departement/malformed',
      detail: `« ${text} » n'est pas un département sur trois caractères, comme « 034 », « 02A » ou « 974 ».`,
    });
  }
  return refuse({
    code: 'departement/unknown',
    detail: `Le département « ${text} » n'existe pas : attendu de 001 à 095, 02A, 02B, de 971 à 976, 987 ou 988.`,
  });
}
