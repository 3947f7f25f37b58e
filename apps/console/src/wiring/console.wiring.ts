import { problemOfStatus } from '@teletransmission/http-problems';
import { SystemClock, TRACE, UuidSource } from '@teletransmission/observability';
import {
  createDataSource,
  CryptoSecrets,
  FileDocumentStore,
  PgClassificationRepository,
  PgCollectiviteRepository,
  PgCompteRepository,
  PgDeliberationRepository,
  PgPrefectureRepository,
  PgReadings,
  PgTransmissionRepository,
  refusalToServe,
} from '@teletransmission/persistence';
import { InspectionProcess, StoredPieceInspector } from '@teletransmission/pieces';
import { DetachedSignatureVerifier, loadAutorites } from '@teletransmission/signature';
import type { Problem } from '@teletransmission/kernel';
import type { Compte } from '@teletransmission/teletransmission';
import {
  ConsultHistory,
  DepositDeliberation,
  FindActe,
  OpenCompte,
  RegulatePrefecture,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { CommandFailure, misused } from '../output/outcome';
import { systemReason } from '../output/system-reason.fr';
import { settingsOf } from './instance';

/** Ce qu'une commande qui touche aux données a sous la main. */
export interface ConsoleParts {
  readonly dataSource: DataSource;
  readonly collectivites: PgCollectiviteRepository;
  readonly comptes: PgCompteRepository;
  readonly readings: PgReadings;
  readonly history: ConsultHistory;
  readonly findActe: FindActe;
  readonly openCompte: OpenCompte;
  readonly secrets: CryptoSecrets;
  readonly regulatePrefecture: RegulatePrefecture;
  readonly clock: SystemClock;
  readonly ids: UuidSource;
  readonly documents: () => FileDocumentStore;
  /** Le dépôt demande le dossier des documents et les autorités : les autres commandes s'en passent. */
  deposit(): DepositDeliberation;
  /** @throws CommandFailure quand le jeton n'est celui d'aucun compte. */
  compteOf(jeton: string): Promise<Compte>;
}

function autoritesOf(file: string | null): ReturnType<typeof loadAutorites> {
  try {
    return loadAutorites(file);
  } catch (error) {
    throw misused(
      `Le fichier de SIGNATURE_AUTORITES ne se lit pas : ${systemReason(error) ?? 'ce ne sont pas des certificats PEM'}.`,
      'console/settings',
    );
  }
}

/** Sous quel rôle une commande joint la base : celui du service, ou celui qui possède les tables. */
export type DatabaseRole = 'service' | 'owner';

/** L'adresse du propriétaire ; une base qui n'a qu'un rôle n'a que celle du service. */
function urlOf(role: DatabaseRole): string {
  const { database, proprietaire } = settingsOf(['database', 'proprietaire']);
  return role === 'owner' ? (proprietaire.url ?? database.url) : database.url;
}

async function openDatabase(role: DatabaseRole): Promise<DataSource> {
  const url = urlOf(role);
  try {
    return await createDataSource({ url, poolSize: 2, applicationName: 'console' }).initialize();
  } catch (error) {
    throw new CommandFailure(unreachable((error as { code?: string }).code));
  }
}

/** Classe 28 : PostgreSQL répond, et n'admet pas ce rôle ou son mot de passe. */
function unreachable(code = ''): Problem {
  if (code.startsWith('28'))
    return {
      code: 'console/database-refused',
      detail:
        'La base refuse ce rôle ou son mot de passe. Vérifiez DATABASE_URL ; si le rôle du service n’existe pas encore, lancez « base migrer ».',
    };
  return {
    code: 'console/database-unreachable',
    detail: 'La base ne répond pas. Vérifiez DATABASE_URL, ou lancez « npm start » dans un autre terminal.',
  };
}

/** Ce que seul le propriétaire peut finir ne se commence pas sous un autre rôle. */
async function refuseUnlessOwner(dataSource: DataSource): Promise<void> {
  const [{ possede }]: [{ possede: boolean }] = await dataSource.query(
    `SELECT has_schema_privilege('public', 'CREATE') AS possede`,
  );
  if (!possede)
    throw misused(
      'Cette commande demande le rôle qui possède la base : donnez-le par DATABASE_OWNER_URL.',
      'console/not-owner',
    );
}

/**
 * Assemble les mêmes cas d'usage que l'API, ouvre la base le temps de `work` et la referme.
 * Assemblage à la main plutôt qu'un contexte Nest : une commande part en un tiers du temps, et rien ici n'a besoin d'injection.
 */
export async function withConsole<T>(
  work: (parts: ConsoleParts) => Promise<T>,
  {
    role = 'service',
    needsSchema = true,
  }: { readonly role?: DatabaseRole; readonly needsSchema?: boolean } = {},
): Promise<T> {
  const dataSource = await openDatabase(role);
  try {
    if (role === 'owner') await refuseUnlessOwner(dataSource);
    const refusal = needsSchema ? await refusalToServe(dataSource) : null;
    if (refusal !== null) throw misused(refusal);
    const collectivites = new PgCollectiviteRepository(dataSource);
    const comptes = new PgCompteRepository(dataSource);
    const readings = new PgReadings(dataSource);
    const clock = new SystemClock();
    const ids = new UuidSource();
    const secrets = new CryptoSecrets();
    return await work({
      dataSource,
      collectivites,
      comptes,
      readings,
      clock,
      ids,
      history: new ConsultHistory(readings, collectivites),
      findActe: new FindActe(readings),
      secrets,
      openCompte: new OpenCompte(comptes, collectivites, secrets, clock, ids),
      deposit: () => {
        const { stockage, signature } = settingsOf(['stockage', 'signature']);
        const documents = new FileDocumentStore(stockage.dossier);
        return new DepositDeliberation(
          {
            collectivites,
            deliberations: new PgDeliberationRepository(dataSource, TRACE),
            transmissions: new PgTransmissionRepository(dataSource, TRACE),
            classifications: new PgClassificationRepository(dataSource),
            signatures: new DetachedSignatureVerifier(documents, autoritesOf(signature.autorites)),
            inspector: new StoredPieceInspector(documents, new InspectionProcess()),
          },
          clock,
          ids,
        );
      },
      regulatePrefecture: new RegulatePrefecture(new PgPrefectureRepository(dataSource, TRACE), clock),
      documents: () => new FileDocumentStore(settingsOf(['stockage']).stockage.dossier),
      compteOf: async (jeton) => {
        const compte = await comptes.findByJeton(secrets.empreinteOf(jeton));
        if (!compte) throw new CommandFailure(problemOfStatus(401));
        return compte;
      },
    });
  } finally {
    await dataSource.destroy();
  }
}
