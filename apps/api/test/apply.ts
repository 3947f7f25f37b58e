import { SystemClock, UuidSource } from '@teletransmission/observability';
import {
  FileDocumentStore,
  PgAlerteRepository,
  PgClassificationRepository,
  PgCollectiviteRepository,
  PgCorrespondanceRepository,
  PgEnvoiRepository,
  PgRetourRepository,
  PgTransmissionRepository,
} from '@teletransmission/persistence';
import type { Retour } from '@teletransmission/teletransmission';
import {
  AdoptClassification,
  ApplyRetour,
  FindConcerned,
  ReceiveCourrier,
  SignalDefere,
} from '@teletransmission/teletransmission';
import { SEUILS } from '@teletransmission/testkit';
import { receiveRetour } from './retours';
import type { RunningApi } from './running-api';

const NO_TRACE = { current: () => null };

/** Fait arriver un retour de la préfecture, et l'applique comme un travailleur le ferait. */
export async function applyRetour(api: RunningApi, octets: Uint8Array, nom?: string): Promise<Retour> {
  const { dataSource, dossier } = api;
  const clock = new SystemClock();
  const ids = new UuidSource();
  const documents = new FileDocumentStore(dossier);
  const transmissions = new PgTransmissionRepository(dataSource, NO_TRACE);
  const collectivites = new PgCollectiviteRepository(dataSource);
  const retours = new PgRetourRepository(dataSource, NO_TRACE);
  const classifications = new PgClassificationRepository(dataSource, NO_TRACE);
  const correspondances = new PgCorrespondanceRepository(dataSource, NO_TRACE);
  const envois = new PgEnvoiRepository(dataSource, NO_TRACE);
  const apply = new ApplyRetour(
    { retours, transmissions, envois, collectivites, documents },
    {
      find: new FindConcerned(transmissions, collectivites, retours),
      courriers: new ReceiveCourrier(correspondances, documents, clock, ids),
      adopt: new AdoptClassification(classifications, transmissions, clock),
      signal: new SignalDefere(new PgAlerteRepository(dataSource), SEUILS, clock, ids),
    },
    clock,
  );
  const retour = await receiveRetour(api, octets, nom);
  await apply.execute(retour.id);
  const applied = await retours.find(retour.id);
  if (applied?.state !== 'applied') throw new Error(`Retour ${applied?.state ?? 'perdu'}`);
  return applied;
}
