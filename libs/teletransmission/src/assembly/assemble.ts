import type { AlerteUseCases, PrefectureUseCases, SweepUseCases } from './administration';
import { assembleAlertes, assemblePrefectures, assembleSweep } from './administration';
import type { ClassificationUseCases } from './classification';
import { assembleClassification } from './classification';
import type { CourrierUseCases } from './courriers';
import { assembleCourriers } from './courriers';
import type { DepartureUseCases, SteeringUseCases } from './departure';
import { assembleDeparture, assembleSteering } from './departure';
import type { DepositUseCases } from './deposit';
import { assembleDeposit } from './deposit';
import type { JobTable } from './job-table';
import { jobTableOf } from './job-table';
import type { JobsPolicies, RequestPolicies, Sources } from './policies';
import type { LiaisonUseCases } from './liaisons';
import { assembleLiaisons } from './liaisons';
import type { PublicationUseCases } from './publication';
import { assemblePublication } from './publication';
import type { ApplyUseCases, CollectUseCases, TrayUseCases } from './retours';
import { assembleApply, assembleCollect, assembleTray } from './retours';

type First<F extends (ports: never, ...others: never[]) => unknown> = Parameters<F>[0];

/** Ce que des personnes demandent. */
export type RequestUseCases = DepositUseCases &
  SteeringUseCases &
  CourrierUseCases &
  TrayUseCases &
  PublicationUseCases &
  ClassificationUseCases &
  PrefectureUseCases &
  LiaisonUseCases;

/**
 * Tout ce qu'une personne demande au service : déposer, corriger, décider, répondre, publier, régler. Ni liaison ni file n'y entrent : ce qui
 * en naît part par la boîte d'envoi.
 */
export function assembleRequests(
  ports: First<typeof assembleDeposit> &
    First<typeof assembleSteering> &
    First<typeof assembleCourriers> &
    First<typeof assembleTray> &
    First<typeof assemblePublication> &
    First<typeof assemblePrefectures> &
    First<typeof assembleLiaisons>,
  { timings, seuils }: RequestPolicies,
  sources: Sources,
): RequestUseCases {
  const steering = assembleSteering(ports, timings, sources);
  return {
    ...assembleDeposit(ports, sources),
    ...steering,
    ...assembleCourriers(ports, steering, sources),
    ...assembleTray(ports, seuils, sources),
    ...assemblePublication(ports, sources.clock),
    ...assembleClassification(ports, sources),
    ...assemblePrefectures(ports, sources.clock),
    ...assembleLiaisons(ports, sources.clock),
  };
}

/** Ce que font les travailleurs, et la table de leurs travaux. */
export type JobsUseCases = DepartureUseCases &
  CollectUseCases &
  ApplyUseCases &
  PublicationUseCases &
  ClassificationUseCases &
  SweepUseCases &
  AlerteUseCases & { readonly jobs: JobTable };

/** Tout ce qu'un travailleur fait : porter les actes, relever et appliquer les retours, suivre, balayer, alerter. */
export function assembleJobs(
  ports: First<typeof assembleDeparture> &
    First<typeof assembleCollect> &
    First<typeof assembleApply> &
    First<typeof assemblePublication> &
    First<typeof assembleSweep> &
    First<typeof assembleAlertes>,
  policies: JobsPolicies,
  sources: Sources,
): JobsUseCases {
  const { timings, seuils } = policies;
  const useCases = {
    ...assembleDeparture(ports, policies, sources),
    ...assembleCollect(ports, sources),
    ...assembleApply(ports, seuils, sources),
    ...assemblePublication(ports, sources.clock),
    ...assembleClassification(ports, sources),
    ...assembleSweep(ports, timings, sources.clock),
    ...assembleAlertes(ports, seuils, sources),
  };
  return { ...useCases, jobs: jobTableOf(useCases) };
}
