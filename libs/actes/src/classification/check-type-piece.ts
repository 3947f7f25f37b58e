import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { NatureAbregee } from '../nomenclature/natures';
import type { NomenclatureRecue } from './nomenclature-recue';
import { typesPieceAdmis } from './nomenclature-recue';
import { isKnownTypePiece } from '../nomenclature/types-piece';

/**
 * Vérifie qu'un type de pièce existe et que la nature de l'acte l'admet. À l'émission seulement : des codes hors liste
 * (`75_PL`, `CO_DE`) existent dans les messages reçus et s'y portent sans refus.
 * @param recue la nomenclature de la préfecture : ses types par nature l'emportent sur les nationaux.
 * @returns le code, ou le refus `type-piece/unknown` ou `type-piece/not-allowed` ; `facts.autorises` donne les codes admis.
 * @example checkTypePiece('99_DE', 'DE')
 */
export function checkTypePiece(
  code: string,
  nature: NatureAbregee,
  recue: NomenclatureRecue | null = null,
): Result<string> {
  const autorises = typesPieceAdmis(nature, recue);
  if (autorises.includes(code)) return ok(code);
  const allowed = `Types admis pour la nature ${nature} : ${autorises.join(', ')}.`;
  if (isKnownTypePiece(code)) {
    return refuse({
      code: 'type-piece/not-allowed',
      detail: `Le type de pièce « ${code} » n'est pas admis pour un acte de nature ${nature}. ${allowed}`,
      facts: { autorises },
    });
  }
  return refuse({
    code: 'type-piece/unknown',
    detail: `Le type de pièce « ${code} » n'existe pas dans la typologie. ${allowed}`,
    facts: { autorises },
  });
}
