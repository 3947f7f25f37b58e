import type { Ecart } from '../xml/ecart';

/** Les remarques d'une lecture : une par règle, et combien d'autres de même ; une archive forgée n'en fait pas des milliers. */
export class Remarques {
  private readonly byRegle = new Map<string, { readonly detail: string; autres: number }>();

  note(regle: string, detail: string): void {
    const known = this.byRegle.get(regle);
    if (known) known.autres += 1;
    else this.byRegle.set(regle, { detail, autres: 0 });
  }

  get ecarts(): readonly Ecart[] {
    return [...this.byRegle].map(([regle, { detail, autres }]) => ({
      regle,
      detail: autres === 0 ? detail : `${detail} Et ${autres} autre${autres > 1 ? 's' : ''} de même.`,
    }));
  }
}
