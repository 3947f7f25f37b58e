import type { MatiereClassification, NatureClassificationLue } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import type { CollectiviteId } from '../ids';

/** La nomenclature qu'une préfecture a donnée à une collectivité (`RetourClassification`), gardée avec sa date. */
export interface Classification {
  readonly collectiviteId: CollectiviteId;
  readonly dateVersion: CivilDate;
  readonly natures: readonly NatureClassificationLue[];
  readonly matieres: readonly MatiereClassification[];
  readonly recueLe: Instant;
}

/**
 * Suit une matière dans l'arbre d'une préfecture : ses niveaux 3 à 5 sont locaux.
 * @returns la profondeur atteinte ; égale au nombre de niveaux quand la matière y est entière.
 */
export function depthInClassification(classification: Classification, niveaux: readonly number[]): number {
  let branches = classification.matieres;
  for (const [depth, code] of niveaux.entries()) {
    const branch = branches.find((candidate) => candidate.code === code);
    if (!branch) return depth;
    branches = branch.matieres;
  }
  return niveaux.length;
}
