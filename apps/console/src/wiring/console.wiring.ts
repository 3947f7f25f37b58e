import { problemOfStatus } from '@teletransmission/http-problems';
import { SystemClock, TRACE, UuidSource } from '@teletransmission/observability';
import {
  createDataSource,
  CryptoSecrets,
  FileDocumentStore,
  openRepositories,
  refusalToServe,
} from '@teletransmission/persistence';
import { InspectionProcess, StoredPieceInspector } from '@teletransmission/pieces';
import { DetachedSignatureVerifier, loadAutorites, RevocationFile } from '@teletransmission/signature';
import type { Repositories } from '@teletransmission/persistence';
import type { Problem } from '@teletransmission/kernel';
import type {
  Compte,
  CompteUseCases,
  DepositDeliberation,
  HistoryUseCases,
  LiaisonUseCases,
  PrefectureUseCases,
  RegisterLiaison,
  ResumeAfterRestore,
} from '@teletransmission/teletransmission';
import {
  assembleComptes,
  assembleDeposit,
  assembleHistory,
  assembleLiaisons,
  assemblePrefectures,
  assembleRegister,
  assembleRestart,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { CommandFailure, misused } from '../output/outcome';
import { systemReason } from '../output/system-reason.fr';
import { settingsOf } from './instance';

/** Ce qu'une commande qui touche aux données a sous la main. */
export interface ConsoleParts extends HistoryUseCases, CompteUseCases, PrefectureUseCases, LiaisonUseCases {
  readonly registerLiaison: RegisterLiaison;
  readonly dataSource: DataSource;
  readonly collectivites: Repositories['collectivites'];
  readonly comptes: Repositories['comptes'];
  readonly readings: Repositories['readings'];
  readonly secrets: CryptoSecrets;
  readonly clock: SystemClock;
  readonly ids: UuidSource;
  readonly documents: () => FileDocumentStore;
  /** Le dépôt demande le dossier des documents et les autorités : les autres commandes s'en passent. */
  deposit(): DepositDeliberation;
  readonly resumeAfterRestore: (settleMs: number) => ResumeAfterRestore;
  /** @throws CommandFailure quand le jeton n'est celui d'aucun compte. */
  compteOf(jeton: string): Promise<Compte>;
}

/** Lit un fichier que dit un réglage, ou nomme le réglage et ce qui ne va pas. */
function readSetting<T>(key: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw misused(
      `Le fichier de ${key} ne se lit pas : ${systemReason(error) ?? `ce ne sont pas des ${expected}`}.`,
      'console/settings',
    );
  }
}

function signaturesOf(
  documents: FileDocumentStore,
  { autorites, revocations }: { readonly autorites: string | null; readonly revocations: string | null },
): DetachedSignatureVerifier {
  return new DetachedSignatureVerifier(
    documents,
    readSetting('SIGNATURE_AUTORITES', 'certificats PEM', () => loadAutorites(autorites)),
    // La commande lit une fois et s'arrête : le fichier ne change pas sous elle.
    readSetting('SIGNATURE_REVOCATIONS', 'listes de révocation', () =>
      RevocationFile.open(revocations, { warn: () => undefined }),
    ),
  );
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
    const repositories = openRepositories(dataSource, TRACE);
    const { collectivites, comptes, readings } = repositories;
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
      secrets,
      ...assembleHistory(repositories),
      ...assembleComptes({ comptes, collectivites, secrets }, { clock, ids }),
      ...assemblePrefectures(repositories, clock),
      ...assembleLiaisons(repositories, clock),
      ...assembleRegister(repositories, clock),
      deposit: () => {
        const { stockage, signature } = settingsOf(['stockage', 'signature']);
        const documents = new FileDocumentStore(stockage.dossier);
        const judges = {
          signatures: signaturesOf(documents, signature),
          inspector: new StoredPieceInspector(documents, new InspectionProcess()),
        };
        return assembleDeposit({ ...repositories, ...judges }, { clock, ids }).deposit;
      },
      resumeAfterRestore: (settleMs) => assembleRestart(repositories, settleMs, { clock, ids }).resume,
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
