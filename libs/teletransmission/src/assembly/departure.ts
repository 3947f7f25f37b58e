import type { Clock } from '@teletransmission/kernel';
import type { SettleTimings } from '../outcome/settle-uncertain';
import type { CircuitPolicy } from '../prefecture/circuit';
import type { DeparturePorts } from '../use-cases/departure/departure-gate';
import { DepartureGate } from '../use-cases/departure/departure-gate';
import { ReconcileEnvoi } from '../use-cases/departure/reconcile-envoi';
import { RequestAnnulation } from '../use-cases/departure/request-annulation';
import { ResolveUncertain } from '../use-cases/departure/resolve-uncertain';
import { ResubmitOutdated } from '../use-cases/departure/resubmit-outdated';
import type { SealPorts } from '../use-cases/departure/seal-enveloppe';
import { SealEnveloppe } from '../use-cases/departure/seal-enveloppe';
import { SteerTransmission } from '../use-cases/departure/steer-transmission';
import type { SubmitPorts } from '../use-cases/departure/submit-enveloppe';
import { SubmitEnveloppe } from '../use-cases/departure/submit-enveloppe';
import { WatchCircuit } from '../use-cases/departure/watch-circuit';
import type { DeparturePolicies, Sources } from './policies';
import type { Ports } from './ports';

export interface DepartureUseCases {
  readonly departures: DepartureGate;
  readonly seal: SealEnveloppe;
  readonly submit: SubmitEnveloppe;
  readonly reconcile: ReconcileEnvoi;
  readonly resubmitOutdated: ResubmitOutdated;
}

/** Sceller, envoyer, demander en face, refaire partir. */
export function assembleDeparture(
  ports: SealPorts &
    Omit<SubmitPorts, 'departures'> &
    DeparturePorts &
    Pick<Ports, 'collectivites' | 'dossiers'>,
  { operateur, circuit, timings }: DeparturePolicies,
  { clock, ids }: Sources,
): DepartureUseCases {
  const { dossiers, transmissions, envois, collectivites, documents, gateways, heartbeat } = ports;
  const departures = new DepartureGate(ports, circuit);
  const sending = { dossiers, transmissions, envois, documents, gateways, heartbeat, departures };
  return {
    departures,
    seal: new SealEnveloppe(ports, operateur, clock, ids),
    submit: new SubmitEnveloppe(sending, timings, clock, ids),
    reconcile: new ReconcileEnvoi(transmissions, gateways, timings, clock, departures),
    resubmitOutdated: new ResubmitOutdated(transmissions, collectivites, clock),
  };
}

/** Le disjoncteur d'une préfecture : la liaison qu'il garde se fait avec lui, donc avant le départ. */
export function assembleCircuit(
  { prefectures }: Pick<Ports, 'prefectures'>,
  policy: CircuitPolicy,
  clock: Clock,
): WatchCircuit {
  return new WatchCircuit(prefectures, policy, clock);
}

export interface SteeringUseCases {
  readonly steer: SteerTransmission;
  readonly annulation: RequestAnnulation;
  readonly resolve: ResolveUncertain;
}

/** Ce qu'une personne décide d'un envoi. */
export function assembleSteering(
  { transmissions, constats }: Pick<Ports, 'transmissions' | 'constats'>,
  timings: SettleTimings,
  { clock, ids }: Sources,
): SteeringUseCases {
  return {
    steer: new SteerTransmission(transmissions, clock),
    annulation: new RequestAnnulation(transmissions, clock, ids),
    resolve: new ResolveUncertain(transmissions, constats, timings, clock),
  };
}
