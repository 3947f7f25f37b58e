import { storedBytesOf } from '@teletransmission/persistence';
import type { CollectiviteId, Role } from '@teletransmission/teletransmission';
import { checkCollectivite, ROLES } from '@teletransmission/teletransmission';
import { refused } from '../output/outcome';
import type { Printable } from '../output/print';
import { readJsonFile } from '../output/read-json-file';
import { REFERENCE_COLLECTIVITE } from '../reference/reference-session';
import { writeReference } from '../reference/write-reference';
import { withConsole } from '../wiring/console.wiring';
import { prepareDatabase } from './prepare-database';

/** `base migrer` : met la base à niveau, et y admet le rôle du service. */
export async function migrateDatabase(): Promise<Printable> {
  const { migrations, role } = await prepareDatabase();
  return {
    json: { migrations, role },
    lines: [
      ...(migrations.length === 0
        ? ['La base est déjà à niveau.']
        : migrations.map((name) => `appliquée : ${name}`)),
      role === null
        ? 'Un seul rôle : le service se connectera en propriétaire de ses tables, ce que la production refuse (DATABASE_OWNER_URL).'
        : `Le rôle du service, ${role}, a ce qu’il lui faut.`,
    ],
  };
}

/** `collectivite inscrire FICHIER` : inscrit une collectivité, ou met ses réglages à jour. */
export async function registerCollectivite(file: string): Promise<Printable> {
  const description = await readJsonFile(file);
  const collectivite = await withConsole(({ collectivites, ids }) =>
    collectivites.save(refused(checkCollectivite(description, ids.next() as CollectiviteId))),
  );
  const { publicationAutomatique, adresseDesActes } = collectivite;
  return {
    json: collectivite,
    lines: [
      `${collectivite.nom} (${collectivite.siren}) est inscrite.`,
      ...(publicationAutomatique && adresseDesActes === null
        ? [
            'Attention : elle publie d’elle-même sans dire où. Ses actes accusés resteront « Non publiée » tant que « adresseDesActes » ne donne pas l’adresse de son site.',
          ]
        : []),
    ],
  };
}

const MIO = 1_048_576;

/** `collectivite lister` : les collectivités, ce que pèsent les documents de chacune, et son quota quand elle en a un. */
export async function listCollectivites(): Promise<Printable> {
  const collectivites = await withConsole(async ({ collectivites: repository, dataSource }) => {
    const known = await repository.list();
    const ids = known.map(({ id }) => id);
    const stored = await storedBytesOf(dataSource, ids);
    return known.map((collectivite) => ({
      ...collectivite,
      octetsStockes: stored.get(collectivite.id) ?? 0,
    }));
  });
  return {
    json: { collectivites },
    lines: collectivites.map(({ siren, nom, quotaOctets, octetsStockes }) => {
      const stored = `${frenchMio(octetsStockes)} de documents`;
      if (quotaOctets === null) return `${siren}  ${nom} : ${stored}, sans quota`;
      const part = Math.floor((100 * octetsStockes) / quotaOctets);
      return `${siren}  ${nom} : ${stored}, ${part} % de son quota (${frenchMio(quotaOctets)})`;
    }),
  };
}

function frenchMio(octets: number): string {
  return `${(octets / MIO).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mio`;
}

const LOCAL_NAME = 'lancement local';

/**
 * `local amorcer` : ce dont un lancement local a besoin avant d'ouvrir ses portes — la base à niveau, la commune de référence, des
 * jetons pour cette session (ceux de la précédente sont révoqués), et le dossier de référence.
 */
export async function primeLocal(folder: string): Promise<Printable> {
  const { migrations } = await prepareDatabase();
  const dossier = await writeReference(folder);
  const jetons = await withConsole(async ({ collectivites, comptes, openCompte: open, clock, ids }) => {
    await collectivites.save(
      refused(checkCollectivite(REFERENCE_COLLECTIVITE, ids.next() as CollectiviteId)),
    );
    await comptes.revokeByNom(LOCAL_NAME, clock.now());
    const made: Partial<Record<Role, string>> = {};
    for (const role of ROLES) {
      const siren = role === 'deposant' ? REFERENCE_COLLECTIVITE.siren : null;
      made[role] = refused(await open.execute({ nom: LOCAL_NAME, role, siren })).jeton;
    }
    return made;
  });
  return {
    json: { migrations: migrations.length, dossier, jetons },
    lines: [`Prêt. Dossier de référence : ${dossier}`],
  };
}
