import type { Registre } from '../ledger/registre';
import { drawConsigne } from '../scenarios/draw-consigne';
import { isAfter, isBefore } from '../scenarios/scenario';
import type { Consigne, ConsignesArchive } from '../scenarios/scenario';

/** Un formulaire aperçu dans l'archive, assez pour savoir si une consigne le vise. */
export interface FormulaireVise {
  readonly formulaire: string;
  readonly flux: string;
  /** Les clés qui le désignent, la plus précise d'abord. */
  readonly cles: readonly string[];
}

/** La consigne d'une clé, si le pilotage en a posé une et que ses pannes ne sont pas épuisées. */
export function consigneOf(registre: Registre, cle: string): Consigne | undefined {
  const posee = registre.scenarios.get(cle);
  if (!posee) return undefined;
  const isSpent = isBefore(posee.consigne.scenario) && posee.pannes >= (posee.consigne.fois ?? Infinity);
  return isSpent ? undefined : posee.consigne;
}

/** Arrête les consignes d'une archive. L'identifiant de l'acte prime sur son numéro, qui prime sur le nom de l'archive. */
export function resolveConsignes(
  registre: Registre,
  graine: number,
  nomArchive: string,
  vises: readonly FormulaireVise[],
): ConsignesArchive {
  const { defaut } = registre;
  const parDefaut =
    defaut.scenario === 'hasard'
      ? drawConsigne(defaut, graine, nomArchive, registre.presentationsOf(nomArchive) + 1)
      : defaut;
  const posee = consigneOf(registre, nomArchive);
  const archive = posee ?? parDefaut;
  const visees = vises.flatMap(({ formulaire, flux, cles }) => {
    for (const cle of cles) {
      const consigne = consigneOf(registre, cle);
      if (consigne && (consigne.flux ?? flux) === flux) return [{ formulaire, cle, consigne }];
    }
    return [];
  });
  const panne = visees.find(({ consigne }) => isBefore(consigne.scenario) || isAfter(consigne.scenario));
  return {
    archive,
    actes: Object.fromEntries(visees.map(({ formulaire, consigne }) => [formulaire, consigne])),
    transport: panne?.consigne ?? archive,
    cle: panne?.cle ?? (posee ? nomArchive : undefined),
  };
}
