import type { Departement } from '@teletransmission/actes';

/** Une place d'envoi vers une préfecture, tenue tant que l'envoi dure. */
export interface SendingPlace {
  /** Rendue deux fois, elle ne l'est qu'une. */
  leave(): void;
}

/** Les envois de front vers une même préfecture : qu'elle se fige, et elle ne tient que les siennes. */
export interface SendingPlaces {
  /** @returns `null` quand aucune ne s'est libérée le temps d'une brève attente : l'acte reviendra. */
  take(departement: Departement): Promise<SendingPlace | null>;
}
