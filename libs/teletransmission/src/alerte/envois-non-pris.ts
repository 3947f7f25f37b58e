import type { Instant } from '@teletransmission/kernel';

/** Les actes que leur préfecture ne prend pas, et depuis quand dure le plus ancien silence. */
export interface EnvoisNonPris {
  readonly departement: string;
  readonly nombre: number;
  readonly depuis: Instant;
  /** Ce que la liaison a dit en dernier, ou pourquoi les envois sont suspendus. */
  readonly raison: string;
  /** Plus rien n'y passe ; d'autres envois y passent ; ou nous les avons suspendus. */
  readonly cause: 'totale' | 'partielle' | 'suspension';
}
