import type { Bounds, World } from './world';

/** Une défense que l'on retire pour voir si une promesse s'en aperçoit. */
export type Weakness =
  | 'records-whatever-version'
  | 'late-worker-writes'
  | 'retries-lost-answer'
  | 'sends-before-intent'
  | 'sweep-retries-interrupted'
  | 'believes-absence-at-once'
  | 'acknowledges-before-keeping'
  | 'applies-whatever-retour'
  | 'never-requeues'
  | 'never-sweeps-leases';

/** Ce sous quoi on explore : les bornes, et la défense retirée s'il y en a une. */
export interface Setting {
  readonly bounds: Bounds;
  readonly weakness?: Weakness;
  /** Saute les pas d'un acteur devancé, dont rien ne peut sortir (voir `overtaken`). */
  readonly isReduced?: boolean;
}

/** Un pas atomique : un appel de port d'un acteur, ou un coup du dehors. */
export interface Step {
  readonly label: string;
  readonly next: World;
  /** Vrai quand rien n'y tombe en panne et que personne n'y décide : ce qui arrive de soi-même une fois le calme revenu. */
  readonly isCalm: boolean;
  /** La promesse que ce pas rompt, s'il en rompt une. */
  readonly broken?: string;
}

/** Un pas sans panne. */
export function calm(label: string, next: World, broken?: string): Step {
  return broken === undefined ? { label, next, isCalm: true } : { label, next, isCalm: true, broken };
}

/** Une panne, ou la décision d'une personne : elle peut arriver, on ne compte pas dessus. */
export function mishap(label: string, next: World): Step {
  return { label, next, isCalm: false };
}
