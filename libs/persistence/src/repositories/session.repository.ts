import type { Instant } from '@teletransmission/kernel';
import type { Compte, CompteId } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { LessThanOrEqual } from 'typeorm';
import { CompteRow, SessionRow } from '../rows/compte.row';
import { compteOf } from './compte.repository';

/** Les sessions du bureau : comme les jetons, seule leur empreinte est gardée, et la révocation du compte les éteint. */
export class PgSessionRepository {
  constructor(private readonly dataSource: DataSource) {}

  async open(empreinte: string, compteId: CompteId, ouverteLe: Instant, expireLe: Instant): Promise<void> {
    await this.dataSource
      .getRepository(SessionRow)
      .delete({ expireLe: LessThanOrEqual(new Date(ouverteLe)) });
    await this.dataSource
      .getRepository(SessionRow)
      .insert({ empreinte, compteId, ouverteLe: new Date(ouverteLe), expireLe: new Date(expireLe) });
  }

  async find(empreinte: string, now: Instant): Promise<Compte | null> {
    const row = await this.dataSource
      .getRepository(CompteRow)
      .createQueryBuilder('c')
      .innerJoin(SessionRow, 's', 's.compteId = c.id')
      .where('s.empreinte = :empreinte AND s.expireLe > :now AND c.revoqueLe IS NULL', { empreinte, now })
      .getOne();
    return row && compteOf(row);
  }

  async close(empreinte: string): Promise<void> {
    await this.dataSource.getRepository(SessionRow).delete({ empreinte });
  }
}
