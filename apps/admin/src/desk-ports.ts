import type { Clock, Log } from '@teletransmission/kernel';
import type { Dependency, Metriques } from '@teletransmission/observability';
import type {
  CollectiviteRepository,
  CompteRepository,
  ConsultAlertes,
  ConsultCourriers,
  ConsultHistory,
  ConsultReleves,
  DocumentStore,
  Readings,
  RegulatePrefecture,
  SecretSource,
} from '@teletransmission/teletransmission';
import type { Queue } from 'bullmq';
import type { SessionStore } from './session/session-store';

/** Tout ce dont le bureau a besoin, déjà ouvert. */
export interface DeskPorts {
  readonly readings: Readings;
  readonly history: ConsultHistory;
  readonly releves: ConsultReleves;
  readonly alertes: ConsultAlertes;
  readonly courriers: ConsultCourriers;
  readonly prefectures: RegulatePrefecture;
  readonly collectivites: CollectiviteRepository;
  readonly comptes: Pick<CompteRepository, 'findByJeton'>;
  readonly sessions: SessionStore;
  readonly secrets: SecretSource;
  readonly documents: Pick<DocumentStore, 'open'>;
  readonly queues: readonly Queue[];
  readonly dependencies: readonly Dependency[];
  readonly metriques: Metriques;
  readonly clock: Clock;
  readonly log: Log;
}

/** Les jetons d'injection des ports : une interface n'existe plus à l'exécution. */
export const READINGS = Symbol('Readings');
export const COLLECTIVITES = Symbol('CollectiviteRepository');
export const DOCUMENTS = Symbol('DocumentStore');
export const CLOCK = Symbol('Clock');
export const LOG = Symbol('Log');
