import type { Clock } from '@teletransmission/kernel';
import type { AlerteSeuils } from '../alerte/seuils';
import type { CorrespondanceRepository } from '../ports/actes/correspondances';
import { ConsultAlertes } from '../use-cases/alertes/consult-alertes';
import { ConsultHistory } from '../use-cases/consultation/consult-history';
import { ConsultJournal } from '../use-cases/consultation/consult-journal';
import { ConsultPreuves } from '../use-cases/consultation/consult-preuves';
import { FindActe } from '../use-cases/consultation/find-acte';
import { ConsultCourriers } from '../use-cases/courriers/consult-courriers';
import { ConsultReleves } from '../use-cases/retours/consult-releves';
import type { Ports } from './ports';
import { assembleFind } from './retours';

export interface HistoryUseCases {
  readonly history: ConsultHistory;
  readonly findActe: FindActe;
}

/** Trouver un acte, lire son histoire. */
export function assembleHistory({
  readings,
  collectivites,
}: Pick<Ports, 'readings' | 'collectivites'>): HistoryUseCases {
  return { history: new ConsultHistory(readings, collectivites), findActe: new FindActe(readings) };
}

export interface ConsultationUseCases extends HistoryUseCases {
  readonly releves: ConsultReleves;
  readonly alertes: ConsultAlertes;
}

/** Ce que l'API et le bureau donnent à lire : les actes, les relèves, les alertes. */
export function assembleConsultation(
  ports: Pick<Ports, 'readings' | 'collectivites' | 'alerteReadings' | 'pouls'> & {
    readonly releves: ConstructorParameters<typeof ConsultReleves>[0];
  },
  seuils: AlerteSeuils,
  clock: Clock,
): ConsultationUseCases {
  return {
    ...assembleHistory(ports),
    releves: new ConsultReleves(ports.releves),
    alertes: new ConsultAlertes(ports.alerteReadings, ports.pouls, seuils, clock),
  };
}

export interface CourrierReadingUseCases {
  readonly courriers: ConsultCourriers;
}

/** Les lettres, par urgence. */
export function assembleCourrierReadings(
  ports: Pick<Ports, 'courrierReadings'> & {
    readonly correspondances: Pick<CorrespondanceRepository, 'find'>;
  },
): CourrierReadingUseCases {
  return { courriers: new ConsultCourriers(ports.courrierReadings, ports.correspondances) };
}

export interface ProofUseCases {
  readonly journal: ConsultJournal;
  readonly preuves: ConsultPreuves;
}

/** Le journal, et les documents qui font foi. */
export function assembleProofs(
  ports: Pick<
    Ports,
    'chains' | 'preuves' | 'retours' | 'documents' | 'transmissions' | 'collectivites' | 'readings'
  >,
): ProofUseCases {
  const { history } = assembleHistory(ports);
  return {
    journal: new ConsultJournal(ports.chains),
    preuves: new ConsultPreuves(history, ports, assembleFind(ports)),
  };
}
