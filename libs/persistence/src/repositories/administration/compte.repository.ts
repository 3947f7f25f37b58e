import type { Instant } from '@teletransmission/kernel';
import type {
  Actor,
  CollectiviteId,
  Compte,
  CompteId,
  CompteRepository,
  CompteView,
  JetonView,
  Role,
  StoredJeton,
} from '@teletransmission/teletransmission';
import {
  compteOpened,
  compteRevoked,
  CONSOLE,
  jetonRenewed,
  ROLES,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../../sql/columns';
import { readRowOrNull } from '../../sql/read-rows';
import { IsNull } from 'typeorm';
import { fromNullableTimestamp, fromTimestamp } from '../../instants';
import { CompteRow, JetonRow } from '../../rows/compte.row';
import { writeAudit } from '../../statements/statement';

/** Ce qu'un usage plus récent n'apprend pas : un jeton très employé ne s'écrit pas à chaque demande. */
const USE_STEP = `interval '10 minutes'`;
/** Un jeton qui vaut encore, à l'heure de la base ; la table s'appelle `j`. */
export const LIVING_JETON = 'j.revoque_le IS NULL AND (j.expire_le IS NULL OR j.expire_le > now())';

/** Le début d'une empreinte : assez pour désigner un jeton parmi ceux d'un compte. */
const REFERENCE_LENGTH = 12;

/** Les colonnes d'un compte trouvé. */
export const FOUND_ROW = z.object({
  id: column.id<CompteId>(),
  nom: column.text,
  role: column.word(ROLES),
  collectiviteId: column.id<CollectiviteId>().nullable(),
});

/** Et si l'usage de son jeton est à retenir. */
const USED_ROW = FOUND_ROW.extend({ a_noter: column.boolean });

function jetonRowOf({ compteId, empreinte, creeLe, expireLe }: StoredJeton): Pick<JetonRow, keyof JetonRow> {
  return {
    compteId,
    empreinte,
    creeLe: new Date(creeLe),
    expireLe: expireLe ? new Date(expireLe) : null,
    revoqueLe: null,
    employeLe: null,
  };
}

function jetonViewOf(row: JetonRow): JetonView {
  return {
    reference: row.empreinte.slice(0, REFERENCE_LENGTH),
    creeLe: fromTimestamp(row.creeLe),
    expireLe: fromNullableTimestamp(row.expireLe),
    revoqueLe: fromNullableTimestamp(row.revoqueLe),
    employeLe: fromNullableTimestamp(row.employeLe),
  };
}

export function compteOf(row: Pick<CompteRow, 'id' | 'nom' | 'role' | 'collectiviteId'>): Compte {
  return {
    id: row.id as CompteId,
    nom: row.nom,
    role: row.role as Role,
    collectiviteId: row.collectiviteId as CollectiviteId | null,
  };
}

/** Les comptes et leurs jetons : seule l'empreinte d'un jeton est gardée. */
export class PgCompteRepository implements CompteRepository {
  constructor(private readonly dataSource: DataSource) {}

  async findByJeton(empreinte: string): Promise<Compte | null> {
    const found = await readRowOrNull(
      this.dataSource,
      USED_ROW,
      `SELECT c.id, c.nom, c.role, c.collectivite_id AS "collectiviteId",
          coalesce(j.employe_le <= now() - ${USE_STEP}, true) AS a_noter
        FROM jetons j JOIN comptes c ON c.id = j.compte_id
        WHERE j.empreinte = $1 AND ${LIVING_JETON} AND c.revoque_le IS NULL`,
      [empreinte],
    );
    if (!found) return null;
    if (found.a_noter) await this.noteUse(empreinte);
    return compteOf(found);
  }

  /** Une base qui ne s'écrit pas laisse quand même lire qui en a le droit. */
  private async noteUse(empreinte: string): Promise<void> {
    await this.dataSource
      .query(
        `UPDATE jetons SET employe_le = now() WHERE empreinte = $1 AND coalesce(employe_le <= now() - ${USE_STEP}, true)`,
        [empreinte],
      )
      .catch(() => undefined);
  }

  async create(compte: Compte, jeton: StoredJeton, acteur: Actor = CONSOLE): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.insert(CompteRow, { ...compte, creeLe: new Date(jeton.creeLe), revoqueLe: null });
      await manager.insert(JetonRow, jetonRowOf(jeton));
      await writeAudit(manager, compteOpened(compte, jeton, acteur));
    });
  }

  async renew(jeton: StoredJeton, othersEndAt: Instant, acteur: Actor = CONSOLE): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const row = await manager.findOne(CompteRow, {
        where: { id: jeton.compteId, revoqueLe: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) return false;
      await manager.query(
        `UPDATE jetons j SET expire_le = greatest(j.cree_le, least(j.expire_le, $2::timestamptz)) WHERE j.compte_id = $1 AND ${LIVING_JETON}`,
        [jeton.compteId, othersEndAt],
      );
      await manager.insert(JetonRow, jetonRowOf(jeton));
      await writeAudit(manager, jetonRenewed(compteOf(row), jeton, othersEndAt, acteur));
      return true;
    });
  }

  async revoke(id: CompteId, at: Instant, acteur: Actor = CONSOLE): Promise<boolean> {
    return (await this.revokeWhere({ id }, at, acteur)) > 0;
  }

  async revokeByNom(nom: string, at: Instant, acteur: Actor = CONSOLE): Promise<number> {
    return this.revokeWhere({ nom }, at, acteur);
  }

  private async revokeWhere(
    which: { readonly id: CompteId } | { readonly nom: string },
    at: Instant,
    acteur: Actor,
  ): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const rows = await manager.find(CompteRow, {
        where: { ...which, revoqueLe: IsNull() },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      for (const row of rows) {
        await manager.update(CompteRow, { id: row.id }, { revoqueLe: new Date(at) });
        await writeAudit(manager, compteRevoked(compteOf(row), at, acteur));
      }
      return rows.length;
    });
  }

  async list(): Promise<readonly CompteView[]> {
    const rows = await this.dataSource.getRepository(CompteRow).find({ order: { creeLe: 'ASC', id: 'ASC' } });
    const jetons = await this.dataSource
      .getRepository(JetonRow)
      .find({ order: { creeLe: 'ASC', empreinte: 'ASC' } });
    return rows.map((row) => ({
      ...compteOf(row),
      creeLe: fromTimestamp(row.creeLe),
      revoqueLe: fromNullableTimestamp(row.revoqueLe),
      jetons: jetons.filter(({ compteId }) => compteId === row.id).map(jetonViewOf),
    }));
  }
}
