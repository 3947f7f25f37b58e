import type { Clock } from '@teletransmission/kernel';
import type { AlerteSeuils } from '../alerte/seuils';
import { OpenCompte } from '../use-cases/administration/open-compte';
import { RenewJeton } from '../use-cases/administration/renew-jeton';
import type { SweepTimings } from '../use-cases/administration/sweep-deadlines';
import { SweepDeadlines } from '../use-cases/administration/sweep-deadlines';
import { RaiseAlertes } from '../use-cases/alertes/raise-alertes';
import { ResumeAfterRestore } from '../use-cases/departure/resume-after-restore';
import { RegulatePrefecture } from '../use-cases/prefecture/regulate-prefecture';
import type { Sources } from './policies';
import type { Ports } from './ports';

export interface CompteUseCases {
  readonly openCompte: OpenCompte;
  readonly renewJeton: RenewJeton;
}

/** Ouvrir un compte, renouveler son jeton. */
export function assembleComptes(
  { comptes, collectivites, secrets }: Pick<Ports, 'comptes' | 'collectivites' | 'secrets'>,
  { clock, ids }: Sources,
): CompteUseCases {
  return {
    openCompte: new OpenCompte(comptes, collectivites, secrets, clock, ids),
    renewJeton: new RenewJeton(comptes, secrets, clock),
  };
}

export interface PrefectureUseCases {
  readonly regulate: RegulatePrefecture;
}

/** Régler une préfecture. */
export function assemblePrefectures(
  { prefectures }: Pick<Ports, 'prefectures'>,
  clock: Clock,
): PrefectureUseCases {
  return { regulate: new RegulatePrefecture(prefectures, clock) };
}

export interface SweepUseCases {
  readonly sweep: SweepDeadlines;
}

/** Balayer les échéances. */
export function assembleSweep(
  { transmissions }: Pick<Ports, 'transmissions'>,
  timings: SweepTimings,
  clock: Clock,
): SweepUseCases {
  return { sweep: new SweepDeadlines(transmissions, timings, clock) };
}

export interface AlerteUseCases {
  readonly raise: RaiseAlertes;
}

/** Signaler ce qui se tait trop longtemps. */
export function assembleAlertes(
  { alertes, pouls }: Pick<Ports, 'alertes' | 'pouls'>,
  seuils: AlerteSeuils,
  { clock, ids }: Sources,
): AlerteUseCases {
  return { raise: new RaiseAlertes(alertes, pouls, seuils, clock, ids) };
}

export interface RestartUseCases {
  readonly resume: ResumeAfterRestore;
}

/** Reprendre après une restauration. @param settleMs ce qu'on laisse passer avant de demander en face. */
export function assembleRestart(
  { transmissions }: Pick<Ports, 'transmissions'>,
  settleMs: number,
  { clock, ids }: Sources,
): RestartUseCases {
  return { resume: new ResumeAfterRestore(transmissions, settleMs, clock, ids) };
}
