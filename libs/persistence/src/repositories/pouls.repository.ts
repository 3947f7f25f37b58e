import type { Instant } from '@teletransmission/kernel';
import type { Pouls, PoulsTravail, Travailleur, TravailRegulier } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromNullableTimestamp, fromTimestamp } from '../instants';

/** Un travailleur jamais revu depuis aussi longtemps n'apprend plus rien à personne. */
const FORGET = `interval '1 day'`;

/** Le pouls en base : une ligne par travail à rendez-vous, une par processus travailleur. */
export class PgPouls implements Pouls {
  constructor(private readonly dataSource: DataSource) {}

  async succeeded(travail: TravailRegulier, at: Instant): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO pouls (travail, suivi_depuis, reussi_le) VALUES ($1, $2, $2)
        ON CONFLICT (travail) DO UPDATE SET reussi_le = greatest(pouls.reussi_le, excluded.reussi_le)`,
      [travail, at],
    );
  }

  async failed(travail: TravailRegulier, at: Instant, code: string): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO pouls (travail, suivi_depuis, echoue_le, code) VALUES ($1, $2, $2, $3)
        ON CONFLICT (travail) DO UPDATE SET echoue_le = excluded.echoue_le, code = excluded.code`,
      [travail, at, code],
    );
  }

  async travaux(): Promise<readonly PoulsTravail[]> {
    const rows: {
      travail: TravailRegulier;
      suivi_depuis: Date;
      reussi_le: Date | null;
      echoue_le: Date | null;
      code: string | null;
    }[] = await this.dataSource.query('SELECT * FROM pouls ORDER BY travail');
    return rows.map((row) => ({
      travail: row.travail,
      suiviDepuis: fromTimestamp(row.suivi_depuis),
      reussiLe: fromNullableTimestamp(row.reussi_le),
      echoueLe: fromNullableTimestamp(row.echoue_le),
      code: row.code,
    }));
  }

  async seen({ id, depuis, vuLe, version }: Travailleur): Promise<void> {
    await this.dataSource.query(
      `WITH oublies AS (DELETE FROM travailleurs WHERE vu_le < $3::timestamptz - ${FORGET} RETURNING id)
        INSERT INTO travailleurs (id, depuis, vu_le, version) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET vu_le = excluded.vu_le`,
      [id, depuis, vuLe, version],
    );
  }

  async gone(id: string): Promise<void> {
    await this.dataSource.query('DELETE FROM travailleurs WHERE id = $1', [id]);
  }

  async travailleurs(since: Instant): Promise<readonly Travailleur[]> {
    const rows: { id: string; depuis: Date; vu_le: Date; version: string }[] = await this.dataSource.query(
      'SELECT * FROM travailleurs WHERE vu_le >= $1 ORDER BY vu_le DESC, id',
      [since],
    );
    return rows.map(({ id, depuis, vu_le, version }) => ({
      id,
      depuis: fromTimestamp(depuis),
      vuLe: fromTimestamp(vu_le),
      version,
    }));
  }

  async lastSeen(): Promise<Instant | null> {
    const rows: { vu_le: Date | null }[] = await this.dataSource.query(
      'SELECT max(vu_le) AS vu_le FROM travailleurs',
    );
    return fromNullableTimestamp(rows[0]?.vu_le ?? null);
  }
}
