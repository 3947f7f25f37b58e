import type { Guichet } from '../../liaison/guichet';

/** Une place d'envoi à un guichet, tenue tant que l'envoi dure. */
export interface SendingPlace {
  /** Rendue deux fois, elle ne l'est qu'une. */
  leave(): void;
}

/** Les envois de front à un même guichet : qu'il se fige, et il ne tient que les siennes. */
export interface SendingPlaces {
  /** @returns `null` quand aucune ne s'est libérée le temps d'une brève attente : l'acte reviendra. */
  take(guichet: Guichet): Promise<SendingPlace | null>;
}
