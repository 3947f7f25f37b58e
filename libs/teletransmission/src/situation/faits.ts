import type { DeliberationView } from './deliberation-view';

/**
 * Ce qu'on sait du départ d'un acte, tous envois confondus : aucun envoi ; des envois dont aucun n'a été pris ; un au moins dont on ne sait
 * pas s'il est arrivé, ou qu'une restauration a pu faire oublier ; un au moins que la préfecture a pris.
 */
export const DEPARTS = ['aucun', 'sans-effet', 'incertain', 'pris'] as const;
export type Depart = (typeof DEPARTS)[number];

/** Les faits d'où se tirent toutes les phrases sur l'état et le droit d'un acte. Une `DeliberationView` les porte tous. */
export interface Faits {
  readonly transmission: Pick<
    DeliberationView['transmission'],
    | 'state'
    | 'depart'
    | 'isOverdue'
    | 'nextTurnAt'
    | 'ackDueAt'
    | 'stopReason'
    | 'dateReception'
    | 'annulation'
  >;
  readonly publication: Pick<
    DeliberationView['publication'],
    'state' | 'datePublication' | 'adresse' | 'declaration' | 'automatique' | 'siteRegle'
  >;
  /** La correction qui le remplace. */
  readonly corrigeePar: DeliberationView['corrigeePar'];
}
