import { Client } from 'pg';

/** Ce que le rôle du service ne doit pas pouvoir, et qu'un service détourné essaierait. `:base` est la base, `:proprietaire` son propriétaire. */
const FORBIDDEN: readonly (readonly [what: string, sql: string])[] = [
  ['changer une ligne du journal', `UPDATE audit_entries SET motif = 'autre'`],
  ['ôter une ligne du journal', 'DELETE FROM audit_entries'],
  ['vider le journal', 'TRUNCATE audit_entries'],
  ['suspendre les gardes du journal', 'ALTER TABLE audit_entries DISABLE TRIGGER USER'],
  ['suspendre la table des transitions', 'ALTER TABLE transmissions DISABLE TRIGGER USER'],
  ['ôter une garde', 'DROP TRIGGER audit_entries_scellees ON audit_entries'],
  [
    'poser sa propre garde',
    'CREATE TRIGGER a BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_audit()',
  ],
  [
    'faire avancer une chaîne par une table à soi',
    `CREATE TEMP TABLE faux (LIKE audit_entries);
      CREATE TRIGGER faux BEFORE INSERT ON faux FOR EACH ROW EXECUTE FUNCTION enchainer_audit()`,
  ],
  ['écrire une tête de chaîne', `UPDATE chaines_audit SET rang = 0`],
  ['ajouter une chaîne', `INSERT INTO chaines_audit VALUES ('fausse', 1, repeat('0', 64))`],
  ['ôter une chaîne', 'DELETE FROM chaines_audit'],
  [
    'ajouter une transition',
    `INSERT INTO transitions VALUES ('transmission', 'queued', 'ar-received', 'cancelled')`,
  ],
  ['ajouter une naissance', `INSERT INTO naissances VALUES ('transmission', 'deposited', 'acknowledged')`],
  ['changer ce qui a été déposé', `UPDATE deliberations SET objet = 'autre'`],
  ['ôter ce qui a été déposé', 'DELETE FROM pieces'],
  ['ôter une transmission', 'DELETE FROM transmissions'],
  ['ôter un retour', 'DELETE FROM retours'],
  ['faire croire à une sauvegarde', 'UPDATE sauvegardes SET finie_le = now()'],
  ['rouvrir la base pendant une restauration', 'UPDATE restaurations SET finie_le = now()'],
  ['faire croire à une migration', `INSERT INTO migrations (timestamp, name) VALUES (1, 'fausse')`],
  ['remplacer la fonction qui enchaîne', 'ALTER FUNCTION enchainer_audit() SECURITY INVOKER'],
  ['changer une table', 'ALTER TABLE comptes ADD COLUMN porte text'],
  ['ôter une table', 'DROP TABLE sauvegardes'],
  ['créer une table', 'CREATE TABLE a (b int)'],
  [
    'créer une fonction',
    `CREATE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$`,
  ],
  ['créer un schéma', 'CREATE SCHEMA a'],
  ['tenir le journal fermé', 'BEGIN; LOCK TABLE audit_entries IN ACCESS EXCLUSIVE MODE'],
  ['reculer les numéros de la boîte d’envoi', `SELECT setval('outbox_id_seq', 1)`],
  ['écrire un fichier du serveur', `COPY comptes TO '/tmp/comptes.txt'`],
  ['lire un fichier du serveur', `CREATE TEMP TABLE t (l text); COPY t FROM '/etc/passwd'`],
  ['lancer un programme', `COPY (SELECT 1) TO PROGRAM 'id'`],
  ['lancer un programme pour lire', `CREATE TEMP TABLE t (l text); COPY t FROM PROGRAM 'id'`],
  ['lire un fichier par une fonction', `SELECT pg_read_file('/etc/passwd')`],
  ['suspendre les déclencheurs de la session', 'SET session_replication_role = replica'],
  ['lister un dossier du serveur', `SELECT pg_ls_dir('.')`],
  ['importer un fichier du serveur', `SELECT lo_import('/etc/passwd')`],
  ['lire les mots de passe des rôles', 'SELECT rolpassword FROM pg_authid'],
  ['prendre le rôle du propriétaire', 'SET ROLE :proprietaire'],
  ['prendre la session du propriétaire', 'SET SESSION AUTHORIZATION :proprietaire'],
  ['se faire administrateur', 'ALTER ROLE CURRENT_USER SUPERUSER'],
  ['créer un rôle', 'CREATE ROLE a LOGIN'],
  ['régler le serveur', `ALTER SYSTEM SET fsync = off`],
  ['régler la base', 'ALTER DATABASE :base SET fsync = off'],
  ['créer une base', 'CREATE DATABASE a'],
];

/** Le refus d'un droit manquant (`insufficient_privilege`) : tout autre refus ne serait qu'un hasard. */
const REFUSED = '42501';

/**
 * Essaie tout, sous le rôle de cette adresse.
 * @param owner le rôle qui possède la base.
 * @returns ce que PostgreSQL n'a pas refusé par un droit manquant, avec ce qu'il en a dit ; et combien d'essais.
 */
export async function tryForbidden(
  url: string,
  owner: string,
): Promise<{ readonly passed: readonly string[]; readonly count: number }> {
  const passed: string[] = [];
  const base = new URL(url).pathname.slice(1);
  for (const [what, sql] of FORBIDDEN) {
    const code = await codeOf(url, sql.replaceAll(':proprietaire', owner).replaceAll(':base', base));
    if (code !== REFUSED) passed.push(`${what} : ${code}`);
  }
  return { passed, count: FORBIDDEN.length };
}

/** Une connexion par essai : ce qu'un ordre aurait laissé à sa session ne sert pas au suivant. */
async function codeOf(url: string, sql: string): Promise<string> {
  const socket = new URL(url).searchParams.get('host');
  const client = new Client({ connectionString: url, ...(socket === null ? {} : { host: socket }) });
  await client.connect();
  try {
    await client.query(sql);
    return 'accepté';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.end();
  }
}
