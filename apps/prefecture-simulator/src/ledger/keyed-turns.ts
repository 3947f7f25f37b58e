/** Le tour commun à tout ce qui consomme des compteurs : les jugements et les courriers ne se croisent pas. */
export const TOUR_DES_COMPTEURS = 'compteurs';

/** Fait passer les demandes d'une même clé l'une après l'autre ; celles de clés différentes ne s'attendent pas. */
export class KeyedTurns {
  private readonly tails = new Map<string, Promise<unknown>>();

  async run<T>(cle: string, tour: () => Promise<T>): Promise<T> {
    const precedent = this.tails.get(cle) ?? Promise.resolve();
    const mien = precedent.then(tour, tour);
    this.tails.set(cle, mien);
    try {
      return await mien;
    } finally {
      if (this.tails.get(cle) === mien) this.tails.delete(cle);
    }
  }
}
