import type { Instant } from '@teletransmission/kernel';
import type {
  Alerte,
  AlerteChanges,
  AlerteGenre,
  AlerteRepository,
  AlerteWatch,
  CollectiviteId,
  DeliberationId,
  FindEnvoisNonPris,
  Silence,
  SilenceBounds,
} from '@teletransmission/teletransmission';
import { GRAVITES } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromNullableTimestamp, fromTimestamp } from '../instants';
import { readEnvoisNonPris } from '../readings/envois-non-pris-sql';
import { silenceParameters, silenceSql } from './silence-sql';

interface SilenceRow {
  readonly sujet_id: string;
  readonly collectivite_id: CollectiviteId | null;
  readonly deliberation_id: DeliberationId | null;
  readonly depuis: Date;
  readonly rang: Date;
}

/** L'audit des alertes d'un acte ; triées par chaîne, deux balayages croisés ne s'attendent pas l'un l'autre sans fin. */
const AUDIT_SQL = (evenement: 'alerte-opened' | 'alerte-closed', instant: string, from: string): string => `
  INSERT INTO audit_entries (collectivite_id, deliberation_id, sujet, sujet_id, evenement, instant, acteur_genre, motif, preuve)
    SELECT collectivite_id, deliberation_id, sujet, sujet_id, '${evenement}', ${instant}, 'horloge',
      ${evenement === 'alerte-opened' ? 'detail' : 'NULL'},
      json_build_object('alerte', genre, 'depuis', to_char(depuis AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      FROM ${from} WHERE deliberation_id IS NOT NULL ORDER BY collectivite_id, id RETURNING rang`;

/** Les alertes en base : l'unicité y tient, et l'audit d'un acte s'écrit du même ordre. */
export class PgAlerteRepository implements AlerteRepository {
  constructor(private readonly dataSource: DataSource) {}

  readonly envoisNonPris: FindEnvoisNonPris = (collectiviteId, before) =>
    readEnvoisNonPris(this.dataSource, collectiviteId, before);

  async findSilences(
    watch: AlerteWatch,
    bounds: SilenceBounds,
    after: Pick<Silence, 'rang' | 'sujetId'> | null,
    limit: number,
  ): Promise<readonly Silence[]> {
    const { from, alias, rang, depuis, collectiviteId, deliberationId, condition } = silenceSql(watch);
    const parameters: unknown[] = [...silenceParameters(bounds), limit, watch.genre];
    let resume = '';
    if (after !== null) {
      parameters.push(after.rang, after.sujetId);
      resume = `AND (${rang}, ${alias}.id) > ($5::timestamptz, $6::uuid)`;
    }
    const rows: SilenceRow[] = await this.dataSource.query(
      `SELECT ${alias}.id::text AS sujet_id, ${collectiviteId} AS collectivite_id, ${deliberationId} AS deliberation_id,
        ${depuis} AS depuis, ${rang} AS rang FROM ${from} WHERE ${condition} ${resume}
        AND NOT EXISTS (SELECT 1 FROM alertes a WHERE a.genre = $4 AND a.sujet_id = ${alias}.id::text AND a.fermee_le IS NULL)
        ORDER BY ${rang}, ${alias}.id LIMIT $3`,
      parameters,
    );
    return rows.map((row) => ({
      sujetId: row.sujet_id,
      collectiviteId: row.collectivite_id,
      deliberationId: row.deliberation_id,
      depuis: fromTimestamp(row.depuis),
      rang: fromTimestamp(row.rang),
    }));
  }

  async oldestReleveEnEchec(): Promise<Instant | null> {
    const rows: { depuis: Date | null }[] = await this.dataSource.query(
      'SELECT min(premier_echec_le) AS depuis FROM releves_en_echec',
    );
    return fromNullableTimestamp(rows[0]?.depuis ?? null);
  }

  async open(alertes: readonly Alerte[]): Promise<number> {
    if (alertes.length === 0) return 0;
    const lines = alertes.map((alerte) => ({
      id: alerte.id,
      genre: alerte.genre,
      gravite: GRAVITES[alerte.genre],
      sujet: alerte.sujet,
      sujet_id: alerte.sujetId,
      collectivite_id: alerte.collectiviteId,
      deliberation_id: alerte.deliberationId,
      depuis: alerte.depuis,
      ouverte_le: alerte.ouverteLe,
      detail: alerte.detail,
    }));
    const rows: { count: number }[] = await this.dataSource.query(
      `WITH ouvertes AS (
        INSERT INTO alertes (id, genre, gravite, sujet, sujet_id, collectivite_id, deliberation_id, depuis, ouverte_le, detail)
          SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, genre text, gravite smallint, sujet text, sujet_id text,
            collectivite_id uuid, deliberation_id uuid, depuis timestamptz, ouverte_le timestamptz, detail text)
          ON CONFLICT (genre, sujet_id) WHERE fermee_le IS NULL DO NOTHING RETURNING *),
        journal AS (${AUDIT_SQL('alerte-opened', 'ouverte_le', 'ouvertes')})
        SELECT count(*)::int AS count FROM ouvertes`,
      [JSON.stringify(lines)],
    );
    return rows[0]?.count ?? 0;
  }

  async closeRelieved(
    watch: AlerteWatch,
    bounds: SilenceBounds,
    at: Instant,
    limit: number,
  ): Promise<number> {
    const { from, alias, condition } = silenceSql(watch);
    return this.closeWhere(
      `a.genre = $4 AND NOT EXISTS (SELECT 1 FROM ${from} WHERE ${alias}.id = a.sujet_id::uuid AND ${condition})`,
      [...silenceParameters(bounds), at, watch.genre, limit],
      { at: '$3', limit: '$5' },
    );
  }

  async settle(genre: AlerteGenre, alertes: readonly Alerte[], at: Instant): Promise<AlerteChanges> {
    const known = alertes.map(({ sujetId, depuis, detail }) => ({ sujet_id: sujetId, depuis, detail }));
    const sujets = alertes.map(({ sujetId }) => sujetId);
    const closed = await this.closeOthers(genre, sujets, at);
    await this.dataSource.query(
      `UPDATE alertes a SET detail = x.detail, depuis = x.depuis
        FROM jsonb_to_recordset($1::jsonb) AS x(sujet_id text, depuis timestamptz, detail text)
        WHERE a.genre = $2 AND a.sujet_id = x.sujet_id AND a.fermee_le IS NULL
          AND (a.detail, a.depuis) IS DISTINCT FROM (x.detail, x.depuis)`,
      [JSON.stringify(known), genre],
    );
    return { opened: await this.open(alertes), closed };
  }

  async close(genre: AlerteGenre, sujetId: string, at: Instant): Promise<number> {
    return this.closeWhere('a.genre = $2 AND a.sujet_id = $3', [at, genre, sujetId], {
      at: '$1',
      limit: '1',
    });
  }

  async closeOthers(genre: AlerteGenre, sujetIds: readonly string[], at: Instant): Promise<number> {
    return this.closeWhere('a.genre = $2 AND a.sujet_id <> ALL ($3::text[])', [at, genre, sujetIds], {
      at: '$1',
      limit: 'ALL',
    });
  }

  private async closeWhere(
    where: string,
    parameters: unknown[],
    bound: { readonly at: string; readonly limit: string },
  ): Promise<number> {
    // Une horloge reculée ne ferme pas une alerte avant de l'avoir ouverte.
    const rows: { count: number }[] = await this.dataSource.query(
      `WITH fermees AS (
        UPDATE alertes SET fermee_le = greatest(${bound.at}::timestamptz, ouverte_le) WHERE id IN (
          SELECT a.id FROM alertes a WHERE a.fermee_le IS NULL AND ${where} ORDER BY a.id LIMIT ${bound.limit} FOR UPDATE SKIP LOCKED)
          RETURNING *),
        journal AS (${AUDIT_SQL('alerte-closed', 'fermee_le', 'fermees')})
        SELECT count(*)::int AS count FROM fermees`,
      parameters,
    );
    return rows[0]?.count ?? 0;
  }
}
