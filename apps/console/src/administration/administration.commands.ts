import type { CollectiviteId, CompteId, Role } from '@teletransmission/teletransmission';
import { checkCollectivite, ROLES } from '@teletransmission/teletransmission';
import { CommandFailure, misused, refused } from '../output/outcome';
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

/** `compte ouvrir` : ouvre un compte et montre son jeton, une fois. */
export async function openCompte(nom: string, role: string, siren: string | undefined): Promise<Printable> {
  const known = ROLES.find((candidate) => candidate === role);
  if (!known) throw misused(`Rôle inconnu : « ${role} ». Rôles : ${ROLES.join(', ')}.`);
  const opened = await withConsole(({ openCompte: open }) =>
    open.execute({ nom, role: known, siren: siren ?? null }),
  );
  const { compte, jeton } = refused(opened);
  return {
    json: { compte, jeton },
    lines: [
      `Compte ${compte.id} (${compte.nom}, ${compte.role}).`,
      `Jeton, montré une seule fois : ${jeton}`,
    ],
  };
}

/** `compte revoquer ID` : éteint un compte, ses jetons et ses sessions. */
export async function revokeCompte(id: string): Promise<Printable> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw misused(`« ${id} » n'est pas l'identité d'un compte.`);
  const revoked = await withConsole(({ comptes, clock }) => comptes.revoke(id as CompteId, clock.now()));
  if (!revoked)
    throw new CommandFailure({ code: 'compte/unknown', detail: 'Aucun compte vivant de cette identité.' });
  return { json: { id, revoque: true }, lines: [`Le compte ${id} est révoqué.`] };
}

/** `compte lister`. */
export async function listComptes(): Promise<Printable> {
  const comptes = await withConsole(({ comptes: repository }) => repository.list());
  return {
    json: { comptes },
    lines: comptes.map(
      (compte) =>
        `${compte.id}  ${compte.role.padEnd(14)}  ${compte.collectiviteId ?? 'plateforme'}  ${compte.nom}${compte.revoqueLe === null ? '' : `  révoqué le ${compte.revoqueLe}`}`,
    ),
  };
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
