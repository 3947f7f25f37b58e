/** Les tables où se cherche un acte : lui-même, sa transmission, sa publication, sa collectivité ; les alias de `VIEW_SQL`. */
export type Source = 'd' | 't' | 'p' | 'c';

/** Des conditions composées critère par critère ; les valeurs sont toujours liées. */
export class Conditions {
  readonly parameters: unknown[] = [];
  private readonly clauses: string[] = [];
  private readonly named = new Set<Source>();

  bind(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  /** @param sources ce que la condition nomme */
  add(clause: string, ...sources: readonly Source[]): void {
    this.clauses.push(clause);
    for (const source of sources) this.named.add(source);
  }

  /** Vrai quand une condition nomme cette table. */
  needs(source: Source): boolean {
    return this.named.has(source);
  }

  /** Toutes les conditions, et celles-ci encore. */
  where(...more: readonly string[]): string {
    const all = [...this.clauses, ...more];
    return all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`;
  }
}
