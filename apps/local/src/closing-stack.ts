/** Quelque chose d'ouvert, que l'on sait fermer en ordre ou tuer sur-le-champ. */
export interface Opened {
  readonly close: () => Promise<void> | void;
  /** Sans attendre, au deuxième Ctrl-C. */
  readonly kill?: () => void;
}

/** Ce que le démarrage a ouvert, fermé dans l'ordre inverse : à tout moment, un échec ne laisse rien derrière lui. */
export class ClosingStack {
  private readonly opened: Opened[] = [];

  push(one: Opened): void {
    this.opened.push(one);
  }

  /** Ferme tout, le dernier ouvert d'abord. Une fermeture qui échoue n'empêche pas les autres ; la première erreur est rendue à la fin. */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (let one = this.opened.at(-1); one; one = this.opened.at(-1)) {
      try {
        await one.close();
      } catch (error) {
        errors.push(error);
      }
      // Ôté seulement une fois fermé : un deuxième Ctrl-C doit pouvoir le tuer s'il tarde.
      this.opened.pop();
    }
    if (errors.length > 0) throw errors[0];
  }

  /** Tue tout ce qui reste, sans attendre. */
  killAll(): void {
    for (const one of this.opened.toReversed()) one.kill?.();
  }
}
