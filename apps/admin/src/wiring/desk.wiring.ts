import type { Settings } from '@teletransmission/config';
import type { Log } from '@teletransmission/kernel';
import type { Dependency } from '@teletransmission/observability';
import {
  ClockWatch,
  MetriquesPage,
  ProcessMetriques,
  SystemClock,
  TRACE,
} from '@teletransmission/observability';
import {
  checkWritable,
  CryptoSecrets,
  FileDocumentStore,
  openRepositories,
  openToServe,
  PgMesures,
  poolUse,
} from '@teletransmission/persistence';
import { openQueues } from '@teletransmission/queues';
import {
  assembleConsultation,
  assembleCourrierReadings,
  assemblePrefectures,
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
  const repositories = openRepositories(dataSource, TRACE);
  const { readings, collectivites, comptes, sessions, pouls } = repositories;
  const clock = new SystemClock();
  const clocks = new ClockWatch(pouls, 'bureau', settings.alertes.horlogeMs, clock, log);
  clocks.start();
  const processus = new ProcessMetriques(() => poolUse(dataSource));
  const dependencies: readonly Dependency[] = [
    { nom: 'postgresql', check: () => checkWritable(dataSource) },
    // Sans Redis, le bureau montre tout sauf les files.
    { nom: 'files', isEssential: false, check: () => files.ready() },
  ];
  return {
    ports: {
      readings,
      collectivites,
      ...assembleConsultation(repositories, settings.alertes, clock),
      ...assembleCourrierReadings(repositories),
      prefectures: assemblePrefectures(repositories, clock).regulate,
      comptes,
      sessions,
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
          process: processus,
        }),
        observe: (instance) => {
          processus.observe(instance);
        },
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
