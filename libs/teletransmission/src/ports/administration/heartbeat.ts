/** Ce qui se redit pendant qu'un travail dure : le domaine ne connaît ni minuterie ni horloge de machine. */
export interface Heartbeat {
  /**
   * Fait `work` et, toutes les `periodMs` millisecondes tant qu'il dure, un battement. Un battement n'attend pas le précédent : celui
   * qui tarde ne doit pas cacher que le temps passe. Plus aucun ne part une fois le travail fini.
   * @returns ce que rend `work` ; ses exceptions passent telles quelles.
   */
  during<T>(periodMs: number, beat: () => Promise<void>, work: () => Promise<T>): Promise<T>;
}
