import type { Clock, IdSource } from '@teletransmission/kernel';
import type { AlerteSeuils } from '../alerte/seuils';
import type { SettleTimings } from '../outcome/settle-uncertain';
import type { CircuitPolicy } from '../prefecture/circuit';
import type { Operateur } from '../transmission/compose-envoi';
import type { SweepTimings } from '../use-cases/administration/sweep-deadlines';
import type { ReconcileTimings } from '../use-cases/departure/reconcile-envoi';
import type { SubmitTimings } from '../use-cases/departure/submit-enveloppe';

/** D'où viennent l'heure et les identités. */
export interface Sources {
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Les délais d'un envoi, de son bail à l'oubli par la file. */
export interface Timings extends SubmitTimings, ReconcileTimings, SweepTimings {}

/** Ce qui se règle de ce que les gens demandent. */
export interface RequestPolicies {
  readonly timings: SettleTimings;
  readonly seuils: AlerteSeuils;
}

/** Ce qui se règle du départ d'un acte. */
export interface DeparturePolicies {
  readonly operateur: Operateur;
  readonly circuit: CircuitPolicy;
  readonly timings: SubmitTimings & ReconcileTimings;
}

/** Ce qui se règle des travaux. */
export interface JobsPolicies extends DeparturePolicies {
  readonly timings: Timings;
  readonly seuils: AlerteSeuils;
}
