/** Un tour pris, à rendre. */
export interface Turn {
  release(): void;
}

/** Un seul passe à la fois, dans l'ordre d'arrivée ; qui attend trop renonce. */
export class Turns {
  private isTaken = false;
  private readonly waiting: (() => void)[] = [];

  /** @returns `null` quand le tour ne vient pas dans ce délai. */
  async take(withinMs: number): Promise<Turn | null> {
    if (!this.isTaken) {
      this.isTaken = true;
      return this.turn();
    }
    return new Promise((resolve) => {
      const granted = (): void => {
        clearTimeout(timer);
        resolve(this.turn());
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(granted), 1);
        resolve(null);
      }, withinMs);
      this.waiting.push(granted);
    });
  }

  private turn(): Turn {
    return {
      release: () => {
        const next = this.waiting.shift();
        if (next) next();
        else this.isTaken = false;
      },
    };
  }
}
