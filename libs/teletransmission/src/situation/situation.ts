import { droitPhrase } from './droit.fr';
import type { Faits } from './faits';
import { publicationPhrase } from './publication.fr';
import type { NextStep } from './suite.fr';
import { suiteOf } from './suite.fr';
import { transmissionPhrase } from './transmission.fr';

/** Tout ce qui se dit d'un acte : ses deux vies, le droit, et la suite. */
export interface Situation {
  readonly transmission: string;
  readonly publication: string;
  /** S'il est exécutoire, depuis quand et pourquoi, ou ce qui lui manque. */
  readonly droit: string;
  readonly suite: NextStep;
}

/**
 * Ce qui se dit d'un acte, à partir de ses seuls faits : le bureau, la console, l'API et le démarrage n'ont pas d'autres phrases.
 * La table de toutes est dans `docs/situations.md`.
 */
export function situationOf(faits: Faits): Situation {
  return {
    transmission: transmissionPhrase(faits),
    publication: publicationPhrase(faits),
    droit: droitPhrase(faits),
    suite: suiteOf(faits),
  };
}
