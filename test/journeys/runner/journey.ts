import type { Scene } from './scene';

/** Qui agit dans un parcours. `exploitant` : celui qui tient les machines. */
export type Actor = 'commune' | 'service' | 'préfecture' | 'opérateur' | 'exploitant';

/** Un événement de la vie d'un acte, et l'état où il mène (transmission ou publication). */
export interface Happening {
  readonly evenement: string;
  readonly etat: string;
}

/** Une étape : qui, quoi, et ce que le journal d'audit doit en dire après. */
export interface Step {
  readonly actor: Actor;
  /** Ce qui se passe, en une phrase : elle entre dans la documentation. */
  readonly does: string;
  readonly act?: (scene: Scene) => Promise<void>;
  /** Les événements qui suivent, dans cet ordre et sans rien entre eux. */
  readonly then?: readonly Happening[];
  /** Événements qui peuvent précéder `then` sans qu'on y puisse rien : une course que le service gagne dans les deux sens. */
  readonly maybe?: readonly string[];
  /** Ce que deviennent les retours de la préfecture. */
  readonly retours?: readonly string[];
  /** Ce qui se vérifie de plus, chaque phrase avec sa preuve. */
  readonly checks?: Readonly<Record<string, (scene: Scene) => Promise<void>>>;
}

/** Une vie de délibération, racontée : la même donnée se joue, se documente et se dessine. */
export interface Journey {
  readonly title: string;
  readonly prose: string;
  readonly numeroInterne: string;
  readonly steps: readonly Step[];
}

/** Des parcours joués sur les mêmes processus, avec ces réglages. */
export interface JourneyBook {
  readonly settings: Readonly<Record<string, string>>;
  readonly journeys: readonly Journey[];
}
