import type { Metrique } from './exposition';

/** Comment un travail finit : fait, remis à plus tard, abandonné avec son refus, ou interrompu par une panne. */
export const TRAVAIL_ISSUES = ['fait', 'reporte', 'abandonne', 'echec'] as const;
export type TravailIssue = (typeof TRAVAIL_ISSUES)[number];

/** Compte les travaux que ce processus a finis. Il repart de zéro avec lui ; Prometheus sait lire un compteur qui recommence. */
export class TravauxCounter {
  private readonly counts = new Map<string, Map<TravailIssue, number>>();

  constructor(files: readonly string[]) {
    for (const file of files) this.counts.set(file, new Map());
  }

  count(file: string, issue: TravailIssue): void {
    const issues = this.counts.get(file);
    issues?.set(issue, (issues.get(issue) ?? 0) + 1);
  }

  metriques(): readonly Metrique[] {
    return [
      {
        nom: 'teletransmission_travaux_total',
        aide: 'Travaux finis par ce processus, par file et par issue',
        genre: 'counter',
        valeurs: [...this.counts].flatMap(([file, issues]) =>
          TRAVAIL_ISSUES.map((issue) => ({ etiquettes: { file, issue }, valeur: issues.get(issue) ?? 0 })),
        ),
      },
    ];
  }
}
