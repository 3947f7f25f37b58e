import type { Brand, CivilDate } from '@teletransmission/kernel';
import { compactCivilDate } from '@teletransmission/kernel';
import type { NatureAbregee } from '../nomenclature/natures';
import type { Departement } from './departement';
import type { NumeroInterne } from './numero-interne';
import type { Siren } from './siren';

/** L'identifiant unique d'un acte (`actes:IDActe`) : `034-213402761-20221020-2022-10-062-DE`. */
export type IdentifiantActe = Brand<string, 'IdentifiantActe'>;

export interface IdentifiantActeParts {
  readonly departement: Departement;
  readonly siren: Siren;
  /** Le jour de la décision, jamais celui de l'envoi. */
  readonly dateDecision: CivilDate;
  readonly numeroInterne: NumeroInterne;
  readonly nature: NatureAbregee;
}

/**
 * Compose l'identifiant d'un acte. C'est le seul endroit qui en assemble un.
 * @example buildIdentifiantActe({ departement, siren, dateDecision, numeroInterne, nature: 'DE' })
 */
export function buildIdentifiantActe(parts: IdentifiantActeParts): IdentifiantActe {
  const { departement, siren, dateDecision, numeroInterne, nature } = parts;
  return [departement, siren, compactCivilDate(dateDecision), numeroInterne, nature].join(
    '-',
  ) as IdentifiantActe;
}

/** Le motif du schéma officiel pour `actes:IDActe`. Les numéros à tirets, courants dans les accusés réels, n'y entrent pas. */
export const IDENTIFIANT_ACTE_OFFICIEL =
  /^[0|9][0-9][A|B|0-9]-[0-9]{9}-[0-9]{8}-[a-zA-Z0-9_]{1,15}-\p{Lu}{2}$/u;
