import type { Instant } from '@teletransmission/kernel';
import type {
  Horloge,
  Pouls,
  PoulsTravail,
  Travailleur,
  TravailRegulier,
} from '@teletransmission/teletransmission';
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

  async baseClock(): Promise<{ readonly now: Instant; readonly latest: Instant | null }> {
    const [row]: { maintenant: Date; derniere: Date | null }[] = await this.dataSource.query(
      'SELECT clock_timestamp() AS maintenant, (SELECT max(vue_le) FROM horloges) AS derniere',
    );
    if (!row) throw new Error('La base n’a pas donné l’heure');
    return { now: fromTimestamp(row.maintenant), latest: fromNullableTimestamp(row.derniere) };
  }

  async clockSeen({ processus, vueLe, ecartMs, recul }: Horloge): Promise<void> {
    // Un recul une fois dit, les heures d'avant lui ne le redisent pas à chaque regard.
    await this.dataSource.query(
      `WITH oubliees AS (DELETE FROM horloges WHERE vue_le < $2::timestamptz - ${FORGET} AND processus <> $1 RETURNING processus),
        rappelees AS (UPDATE horloges SET vue_le = $2 WHERE $4::timestamptz IS NOT NULL AND vue_le > $2 AND processus <> $1 RETURNING processus)
        INSERT INTO horloges AS h (processus, vue_le, ecart_ms, recul_le, recul_ms) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (processus) DO UPDATE SET vue_le = excluded.vue_le, ecart_ms = excluded.ecart_ms,
          recul_le = coalesce(excluded.recul_le, h.recul_le), recul_ms = coalesce(excluded.recul_ms, h.recul_ms)`,
      [processus, vueLe, ecartMs, recul?.le ?? null, recul?.ms ?? null],
    );
  }

  async horloges(): Promise<readonly Horloge[]> {
    const rows: {
      processus: string;
      vue_le: Date;
      ecart_ms: string;
      recul_le: Date | null;
      recul_ms: string | null;
    }[] = await this.dataSource.query(
      `SELECT * FROM horloges WHERE vue_le > clock_timestamp() - interval '10 minutes' ORDER BY processus`,
    );
    return rows.map((row) => ({
      processus: row.processus,
      vueLe: fromTimestamp(row.vue_le),
      ecartMs: Number(row.ecart_ms),
      recul: row.recul_le === null ? null : { le: fromTimestamp(row.recul_le), ms: Number(row.recul_ms) },
    }));
  }

  async lastSeen(): Promise<Instant | null> {
    const rows: { vu_le: Date | null }[] = await this.dataSource.query(
      'SELECT max(vu_le) AS vu_le FROM travailleurs',
    );
    return fromNullableTimestamp(rows[0]?.vu_le ?? null);
  }
}
