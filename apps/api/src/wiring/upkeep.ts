import type { Dependency } from '@teletransmission/observability';
import type { AlerteGenre, ConsultAlertes } from '@teletransmission/teletransmission';

/** Ce qui manque derrière l'API, et dont elle se passe. */
class UpkeepMissing extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'UpkeepMissing';
  }
}

/**
 * Ce qui fait avancer les actes une fois déposés. Les dépôts se gardent en base sans eux, files comprises : leur absence dégrade le
 * service, elle ne l'arrête pas.
 */
export function upkeepOf(alertes: Pick<ConsultAlertes, 'observed'>): readonly Dependency[] {
  const present = (nom: string, genre: AlerteGenre): Dependency => ({
    nom,
    isEssential: false,
    check: async () => {
      const observed = await alertes.observed();
      if (observed.some((alerte) => alerte.genre === genre)) throw new UpkeepMissing(`alerte/${genre}`);
    },
  });
  return [present('travailleurs', 'travailleurs-absents'), present('surveillance', 'balayage-absent')];
}
