import type { DataSource } from 'typeorm';
import { MigrationExecutor } from 'typeorm';

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

/** Vrai quand une migration reste à appliquer : un service ne démarre pas sur une base d'un autre âge. */
export async function hasPendingMigrations(dataSource: DataSource): Promise<boolean> {
  return dataSource.showMigrations();
}
