import { escapeIdentifier, escapeLiteral } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRows } from '../sql/read-rows';
import { excessRights } from './excess-rights';
import { DEFAULT_RIGHTS, SERVICE_RIGHTS } from './service-rights';

/** Le rôle sous lequel le service se connecte. `password` nul : la base l'admet autrement (prise locale, certificat). */
export interface ServiceRole {
  readonly nom: string;
  readonly password: string | null;
}

/** Le rôle du service ne peut pas être préparé ; `detail` dit quoi faire. */
export class RoleFailure extends Error {
  constructor(
    readonly code: `role/${string}`,
    readonly detail: string,
  ) {
    super(detail);
    this.name = 'RoleFailure';
  }
}

/**
 * Le rôle que nomme l'adresse de la base.
 * @throws RoleFailure `role/unnamed` quand elle n'en nomme aucun.
 */
export function serviceRoleOf(url: string): ServiceRole {
  const { username, password } = new URL(url);
  if (username === '')
    throw new RoleFailure('role/unnamed', 'DATABASE_URL ne nomme pas le rôle du service : postgres://rôle@…');
  return {
    nom: decodeURIComponent(username),
    password: password === '' ? null : decodeURIComponent(password),
  };
}

/**
 * Fait du rôle donné celui du service : le crée s'il manque, et lui donne ce qu'il lui faut de ces tables-là, et rien de plus. À demander par
 * le propriétaire, après chaque mise à niveau ; refait, ne change rien.
 * @throws RoleFailure `role/cannot-create` quand le propriétaire n'en a pas le droit, `role/too-strong` quand ce rôle peut déjà trop.
 */
export async function admitServiceRole(owner: DataSource, role: ServiceRole): Promise<void> {
  await createIfMissing(owner, role);
  await owner.transaction(async (manager) => {
    await grantRights(manager, role.nom);
    const excess = await excessRights(manager, role.nom);
    if (excess.length > 0)
      throw new RoleFailure(
        'role/too-strong',
        `Le rôle ${role.nom}, que DATABASE_URL donne au service, peut trop : il ${excess.join(', ')}. Donnez-lui un rôle ordinaire, qui ne ` +
          'soit ni celui de DATABASE_OWNER_URL, ni membre de celui-ci.',
      );
  });
}

async function createIfMissing(owner: DataSource, { nom, password }: ServiceRole): Promise<void> {
  const known: unknown[] = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [nom]);
  if (known.length > 0) return;
  const role = escapeIdentifier(nom);
  const able: unknown[] = await owner.query(
    'SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreaterole)',
  );
  // Demandé d'abord : un CREATE ROLE refusé laisserait le mot de passe au journal de PostgreSQL.
  if (able.length === 0)
    throw new RoleFailure(
      'role/cannot-create',
      `Le rôle ${nom} n’existe pas, et le propriétaire de la base n’a pas le droit de le créer. Demandez à l’administrateur de PostgreSQL : ` +
        `CREATE ROLE ${role} LOGIN PASSWORD '…'; puis relancez la commande.`,
    );
  try {
    await owner.query(
      `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS ${
        password === null ? '' : `PASSWORD ${escapeLiteral(password)}`
      }`,
    );
  } catch (error) {
    // Créé entre-temps par un autre : les rôles sont communs à toutes les bases d'un serveur.
    if (!['42710', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  }
}

const TABLE_ROW = z.object({ nom: column.text });

async function grantRights(manager: EntityManager, nom: string): Promise<void> {
  const role = escapeIdentifier(nom);
  await manager.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC, ${role}`);
  await manager.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
  await manager.query(
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${DEFAULT_RIGHTS.join(', ')} ON TABLES TO ${role}`,
  );
  const present = await readRows(
    manager,
    TABLE_ROW,
    `SELECT relname AS nom FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')`,
  );
  const orders = present.map(({ nom: table }) => {
    const name = escapeIdentifier(table);
    const rights = SERVICE_RIGHTS[table] ?? DEFAULT_RIGHTS;
    return `REVOKE ALL ON ${name} FROM PUBLIC, ${role}; GRANT ${rights.join(', ')} ON ${name} TO ${role};`;
  });
  await manager.query(orders.join('\n'));
}
