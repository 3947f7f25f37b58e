import type { DataSource } from 'typeorm';
import { MigrationExecutor } from 'typeorm';
import { appliedMigrations } from './sauvegarde/catalogue';

/** Tiré une fois au hasard : deux mises à niveau simultanées de la même base s'attendent. */
const MIGRATION_LOCK = 7_134_202_761;

/**
 * Met la base à niveau, sous un verrou consultatif : deux processus peuvent la demander ensemble.
 * @returns les noms des migrations appliquées.
 */
export async function migrate(dataSource: DataSource): Promise<readonly string[]> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    // Ni l'attente de l'autre, ni une migration sur une grande table, ne tient dans le délai d'une requête ordinaire.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    const applied = await executor.executePendingMigrations();
    return applied.map((migration) => migration.name);
  } finally {
    // Le verrou tient à la connexion : coupée, elle l'a déjà rendu, et l'erreur qui compte est celle d'avant.
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.query('RESET statement_timeout').catch(() => undefined);
    await runner.release();
  }
}

function nameOf(migration: DataSource['migrations'][number]): string {
  return migration.name ?? migration.constructor.name;
}

/**
 * Vrai quand une migration reste à appliquer : un service ne démarre pas sur une base d'un autre âge. Lu sans TypeORM, qui voudrait créer sa
 * table là où le rôle du service ne crée rien.
 */
export async function hasPendingMigrations(dataSource: DataSource): Promise<boolean> {
  const applied = await appliedMigrations(dataSource);
  return dataSource.migrations.some((migration) => !applied.includes(nameOf(migration)));
}

/**
 * Ne met la base à niveau que jusqu'à ces migrations-là : une sauvegarde se charge dans le schéma qui était le sien.
 * @throws Error quand l'une d'elles nous est inconnue : la sauvegarde vient d'une version plus récente.
 */
export async function migrateUpTo(dataSource: DataSource, names: readonly string[]): Promise<void> {
  const known = [...dataSource.migrations];
  const wanted = known.filter((migration) => names.includes(nameOf(migration)));
  const unknown = names.find((name) => !known.some((migration) => nameOf(migration) === name));
  if (unknown !== undefined)
    throw new Error(
      `Cette sauvegarde vient d'une version plus récente du service (${unknown}) : installez-la d'abord.`,
    );
  dataSource.migrations.splice(0, Infinity, ...wanted);
  try {
    await migrate(dataSource);
  } finally {
    dataSource.migrations.splice(0, Infinity, ...known);
  }
}

/**
 * Pourquoi un processus ne doit pas servir cette base ; `null` quand il le peut : elle est à niveau, et aucune restauration n'y est restée
 * en chemin.
 */
export async function refusalToServe(dataSource: DataSource): Promise<string | null> {
  if (await hasPendingMigrations(dataSource))
    return 'La base n’est pas à niveau : lancez « base migrer » d’abord.';
  const [open]: { origine: string | null }[] = await dataSource.query(
    `SELECT bilan->>'origine' AS origine FROM restaurations WHERE finie_le IS NULL LIMIT 1`,
  );
  if (!open) return null;
  return open.origine === null
    ? 'Une restauration de cette base n’est pas finie : relancez « restaurer » avec la même sauvegarde.'
    : 'Une reprise de cette base n’est pas finie : relancez « reprendre » avec la même image.';
}
