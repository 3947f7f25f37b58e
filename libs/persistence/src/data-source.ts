import { AbstractLogger, DataSource } from 'typeorm';
import { MIGRATIONS } from './migrations/index';
import { ClassificationRow } from './rows/classification.row';
import { CollectiviteRow } from './rows/collectivite.row';
import { CorrespondanceRow, LettreDocumentRow, ReponsePieceRow } from './rows/correspondance.row';
import { CompteRow, JetonRow, SessionRow } from './rows/compte.row';
import { DeliberationRow, PieceRow } from './rows/deliberation.row';
import { OutboxRow } from './rows/outbox.row';
import { PublicationRow } from './rows/publication.row';
import { RequeteRow } from './rows/requete.row';
import { RetourRow } from './rows/retour.row';
import { EnveloppeRow, EnvoiRow, TransmissionRow } from './rows/transmission.row';
import { PreparingClient } from './sql/prepared';

export const ROWS = [
  CollectiviteRow,
  CompteRow,
  JetonRow,
  SessionRow,
  DeliberationRow,
  PieceRow,
  RequeteRow,
  TransmissionRow,
  EnveloppeRow,
  EnvoiRow,
  RetourRow,
  ClassificationRow,
  CorrespondanceRow,
  LettreDocumentRow,
  ReponsePieceRow,
  PublicationRow,
  OutboxRow,
] as const;

export interface DatabaseSettings {
  /** `postgres://…` ; un socket local s'écrit `?host=/chemin/du/dossier`. */
  readonly url: string;
  readonly poolSize: number;
  /** Ce que PostgreSQL montre de nous dans `pg_stat_activity`. */
  readonly applicationName: string;
}

/** Au-delà, une requête est abandonnée : une base figée fait attendre un travail, jamais une file entière. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** TypeORM écrit sur la console les migrations qui échouent, avec leur SQL ; l'erreur remonte déjà à qui les demande. */
class SilentLogger extends AbstractLogger {
  protected override writeLog(): void {
    // Rien : le journal est celui de l'application.
  }
}

/** Une source de données non encore ouverte. `synchronize` reste éteint : seules les migrations écrivent le schéma. */
export function createDataSource(settings: DatabaseSettings): DataSource {
  const socket = new URL(settings.url).searchParams.get('host');
  return new DataSource({
    type: 'postgres',
    url: settings.url,
    ...(socket === null ? {} : { host: socket }),
    entities: [...ROWS],
    migrations: [...MIGRATIONS],
    migrationsTableName: 'migrations',
    synchronize: false,
    logger: new SilentLogger(),
    applicationName: settings.applicationName,
    poolSize: settings.poolSize,
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      connectionTimeoutMillis: 10_000,
      Client: PreparingClient,
    },
    // Une connexion coupée par le serveur (57P01) se signale sur le pool : sans écouteur, elle finirait le processus.
    poolErrorHandler: () => undefined,
  });
}
