import type { Clock, IdSource, TraceSource } from '@teletransmission/kernel';
import type { Repositories } from '@teletransmission/persistence';
import { openRepositories } from '@teletransmission/persistence';
import { DetachedSignatureVerifier } from '@teletransmission/signature';
import type {
  DocumentStore,
  JobOutcome,
  JobsUseCases,
  OutboxMessage,
  PrefectureGateway,
  RequestUseCases,
} from '@teletransmission/teletransmission';
import { assembleJobs, assembleRequests } from '@teletransmission/teletransmission';
import {
  InMemoryGateways,
  InMemoryInspector,
  InMemoryPlaces,
  ManualHeartbeat,
  POLICIES,
} from '@teletransmission/testkit';
import type { DataSource } from 'typeorm';

const NO_TRACE: TraceSource = { current: () => null };

/** Ce qui survit au processus : ses documents, et l'autre bout de la liaison. */
export interface Surroundings {
  readonly documents: DocumentStore;
  readonly prefecture: PrefectureGateway;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Les cas d'usage du chemin d'un acte, sur une vraie base : ce que l'API et un travailleur assemblent, sans file entre eux. */
export class ServiceOnPostgres {
  readonly repositories: Repositories;
  readonly requests: RequestUseCases;
  readonly work: JobsUseCases;

  constructor(dataSource: DataSource, { documents, prefecture, clock, ids }: Surroundings) {
    this.repositories = openRepositories(dataSource, NO_TRACE);
    const ports = {
      ...this.repositories,
      documents,
      gateways: new InMemoryGateways(prefecture),
      signatures: new DetachedSignatureVerifier(documents, null),
      inspector: new InMemoryInspector(documents),
      heartbeat: new ManualHeartbeat(),
      places: new InMemoryPlaces(1),
    };
    this.requests = assembleRequests(ports, POLICIES, { clock, ids });
    this.work = assembleJobs(ports, POLICIES, { clock, ids });
  }

  run({ job, targetId }: OutboxMessage): Promise<JobOutcome> {
    return this.work.jobs[job](targetId);
  }
}
