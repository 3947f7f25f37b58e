import type { Settings } from '@teletransmission/config';
import type { Log } from '@teletransmission/kernel';
import type { Dependency } from '@teletransmission/observability';
import { ClockWatch, MetriquesPage, SystemClock, TRACE } from '@teletransmission/observability';
import {
  checkWritable,
  CryptoSecrets,
  FileDocumentStore,
  PgAlerteReadings,
  PgCollectiviteRepository,
  PgCompteRepository,
  PgCorrespondanceRepository,
  PgCourrierReadings,
  PgMesures,
  PgPouls,
  PgPrefectureRepository,
  PgReadings,
  PgReleveRepository,
  PgSessionRepository,
  openToServe,
} from '@teletransmission/persistence';
import { openQueues } from '@teletransmission/queues';
import {
  ConsultAlertes,
  ConsultCourriers,
  ConsultHistory,
  ConsultReleves,
  RegulatePrefecture,
} from '@teletransmission/teletransmission';
import type { DeskPorts } from '../desk-ports';

export interface OpenedDesk {
  readonly ports: DeskPorts;
  close(): Promise<void>;
}

/**
 * Ouvre ce que le bureau lit : la base, le dépôt de documents, les files. Seul endroit où un port rencontre son adaptateur.
 * @throws UnservableDatabase si une migration manque ou qu'une restauration n'est pas finie ; l'erreur de pg si la base n'est pas joignable.
 */
export async function openDesk(
  settings: Pick<Settings, 'database' | 'queues' | 'stockage' | 'alertes' | 'metriques'>,
  log: Log,
): Promise<OpenedDesk> {
  const dataSource = await openToServe({ ...settings.database, applicationName: 'bureau' }, log);
  const files = openQueues(settings.queues, settings.database.url);
  const readings = new PgReadings(dataSource);
  const clock = new SystemClock();
  const collectivites = new PgCollectiviteRepository(dataSource);
  const pouls = new PgPouls(dataSource);
  const clocks = new ClockWatch(pouls, 'bureau', settings.alertes.horlogeMs, clock, log);
  clocks.start();
  const dependencies: readonly Dependency[] = [
    { nom: 'postgresql', check: () => checkWritable(dataSource) },
    // Sans Redis, le bureau montre tout sauf les files.
    { nom: 'files', isEssential: false, check: () => files.ready() },
  ];
  return {
    ports: {
      readings,
      collectivites,
      history: new ConsultHistory(readings, collectivites),
      releves: new ConsultReleves(new PgReleveRepository(dataSource)),
      alertes: new ConsultAlertes(new PgAlerteReadings(dataSource), pouls, settings.alertes, clock),
      courriers: new ConsultCourriers(
        new PgCourrierReadings(dataSource),
        new PgCorrespondanceRepository(dataSource, TRACE),
      ),
      prefectures: new RegulatePrefecture(new PgPrefectureRepository(dataSource, TRACE), clock),
      comptes: new PgCompteRepository(dataSource),
      sessions: new PgSessionRepository(dataSource),
      secrets: new CryptoSecrets(),
      documents: new FileDocumentStore(settings.stockage.dossier),
      queues: files.queues,
      dependencies,
      metriques: {
        jeton: settings.metriques.jeton,
        page: new MetriquesPage({
          mesures: new PgMesures(dataSource, settings.alertes.travailleursMs),
          seuils: settings.alertes,
          dependencies,
          clock,
        }),
      },
      clock,
      log,
    },
    close: async () => {
      clocks.stop();
      await files.close();
      await dataSource.destroy();
    },
  };
}
