import type { Instant } from '@teletransmission/kernel';
import type {
  Actor,
  CollectiviteId,
  Compte,
  CompteId,
  CompteRepository,
  Role,
  StoredJeton,
} from '@teletransmission/teletransmission';
import { compteOpened, compteRevoked, CONSOLE } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { IsNull } from 'typeorm';
import { fromNullableTimestamp, fromTimestamp } from '../instants';
import { CompteRow, JetonRow } from '../rows/compte.row';
import { writeAudit } from './statement';

export function compteOf(row: CompteRow): Compte {
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
    const row = await this.dataSource
      .getRepository(CompteRow)
      .createQueryBuilder('c')
      .innerJoin(JetonRow, 'j', 'j.compteId = c.id AND j.revoqueLe IS NULL')
      .where('j.empreinte = :empreinte AND c.revoqueLe IS NULL', { empreinte })
      .getOne();
    return row && compteOf(row);
  }

  async create(compte: Compte, jeton: StoredJeton, acteur: Actor = CONSOLE): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.insert(CompteRow, { ...compte, creeLe: new Date(jeton.creeLe), revoqueLe: null });
      await manager.insert(JetonRow, { ...jeton, creeLe: new Date(jeton.creeLe), revoqueLe: null });
      await writeAudit(manager, compteOpened(compte, jeton.creeLe, acteur));
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

  async list(): Promise<
    readonly (Compte & { readonly creeLe: Instant; readonly revoqueLe: Instant | null })[]
  > {
    const rows = await this.dataSource.getRepository(CompteRow).find({ order: { creeLe: 'ASC', id: 'ASC' } });
    return rows.map((row) => ({
      ...compteOf(row),
      creeLe: fromTimestamp(row.creeLe),
      revoqueLe: fromNullableTimestamp(row.revoqueLe),
    }));
  }
}
