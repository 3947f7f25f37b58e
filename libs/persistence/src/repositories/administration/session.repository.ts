import type { Instant } from '@teletransmission/kernel';
import type { Compte, CompteId } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { LessThanOrEqual } from 'typeorm';
import { SessionRow } from '../../rows/compte.row';
import { readRowOrNull } from '../../sql/read-rows';
import { compteOf, FOUND_ROW, LIVING_JETON } from './compte.repository';

/** Les sessions du bureau : comme les jetons, seule leur empreinte est gardée, et la révocation du compte les éteint. */
export class PgSessionRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param jeton l'empreinte du jeton qui l'ouvre : elle vit autant que lui. */
  async open(
    empreinte: string,
    jeton: string,
    compteId: CompteId,
    ouverteLe: Instant,
    expireLe: Instant,
  ): Promise<void> {
    await this.dataSource
      .getRepository(SessionRow)
      .delete({ expireLe: LessThanOrEqual(new Date(ouverteLe)) });
    await this.dataSource
      .getRepository(SessionRow)
      .insert({ empreinte, jeton, compteId, ouverteLe: new Date(ouverteLe), expireLe: new Date(expireLe) });
  }

  async find(empreinte: string, now: Instant): Promise<Compte | null> {
    const found = await readRowOrNull(
      this.dataSource,
      FOUND_ROW,
      `SELECT c.id, c.nom, c.role, c.collectivite_id AS "collectiviteId" FROM sessions s
        JOIN comptes c ON c.id = s.compte_id JOIN jetons j ON j.empreinte = s.jeton
        WHERE s.empreinte = $1 AND s.expire_le > $2 AND c.revoque_le IS NULL AND ${LIVING_JETON}`,
      [empreinte, now],
    );
    return found && compteOf(found);
  }

  async close(empreinte: string): Promise<void> {
    await this.dataSource.getRepository(SessionRow).delete({ empreinte });
  }
}
