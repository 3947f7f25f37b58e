/** D'où vient la trace de ce qui se fait maintenant : elle suit une demande jusqu'au retour de la préfecture. */
export interface TraceSource {
  /** La trace en cours, ou `null` hors de toute demande. */
  current(): string | null;
}
