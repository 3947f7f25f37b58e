import type { Log } from '@teletransmission/kernel';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { DatabaseSettings } from './data-source';
import { createDataSource } from './data-source';
import { refusalToServe } from './migrate';
import { excessRights } from './roles/excess-rights';

export interface ServingSettings extends DatabaseSettings {
  /** Vrai : le service peut se connecter en propriétaire de ses tables. Pour essayer, ou le temps d'une mise à niveau. */
  readonly admitsOwner: boolean;
}

/** La base se joint, mais un processus ne doit pas la servir ; le message dit quoi faire. */
export class UnservableDatabase extends Error {}

/** Le temps d'un redémarrage de PostgreSQL qui rejoue son journal ; au-delà, mieux vaut que le superviseur le voie. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 500;

/**
 * Ouvre la base pour la servir. Elle peut redémarrer pendant que nous démarrons : une base qui ne répond pas encore s'attend, et se dit au
 * journal ; une mauvaise adresse, un mauvais mot de passe, une base à migrer ne s'attendent pas.
 * @throws UnservableDatabase si une migration manque, qu'une restauration n'est pas finie, ou que le rôle connecté peut trop.
 * @throws Error celle de PostgreSQL quand elle ne passera pas, ou quand la patience est à bout.
 */
export async function openToServe(
  settings: ServingSettings,
  log: Log,
  patienceMs = PATIENCE_MS,
): Promise<DataSource> {
  const started = performance.now();
  for (;;) {
    try {
      return await open(settings, log);
    } catch (error) {
      if (!isPassing(error) || performance.now() - started >= patienceMs) throw error;
      log.warn('base injoignable au démarrage, on l’attend', { code: codeOf(error) ?? 'coupée' });
      await delay(RETRY_MS);
    }
  }
}

async function open(settings: ServingSettings, log: Log): Promise<DataSource> {
  const dataSource = await createDataSource(settings).initialize();
  try {
    const refusal = await refusalToServe(dataSource);
    if (refusal !== null) throw new UnservableDatabase(refusal);
    const excess = await excessRights(dataSource);
    if (excess.length === 0) return dataSource;
    if (!settings.admitsOwner)
      throw new UnservableDatabase(
        `Le service se connecte en propriétaire de la base, ou presque : le rôle de DATABASE_URL ${excess.join(', ')}. Donnez ce rôle-là à ` +
          'DATABASE_OWNER_URL, un rôle ordinaire à DATABASE_URL, puis lancez « base migrer » (docs/deploiement.md, « Les deux rôles »). ' +
          'Le temps de le faire, DATABASE_ROLE_UNIQUE=oui.',
      );
    log.warn('le service se connecte en propriétaire de la base', { code: 'role/too-strong' });
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

function codeOf(error: unknown): string | null {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}

/**
 * Vrai pour une base qui démarre, s'arrête ou n'écoute pas encore : erreurs de connexion de Node, classes 08 et 57P de PostgreSQL, et
 * la connexion coupée, que `pg` dit sans code.
 */
function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== null) return /^(E[A-Z]+|08\w{3}|57P\d\d)$/.test(code);
  return error instanceof Error && /^(Connection terminated|timeout exceeded)/.test(error.message);
}
