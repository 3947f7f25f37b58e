import type {
  Page,
  ReleveEnEchec,
  ReleveReadings,
  ReleveRepository,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromTimestamp } from '../instants';
import { pageOf, uuidOf } from '../readings/page-of';
import { Statement } from './statement';

interface ReleveRow {
  readonly id: string;
  readonly source: string;
  readonly cle: string;
  readonly source_id: string | null;
  readonly nom: string | null;
  readonly extrait: string | null;
  readonly premier_echec_le: Date;
  readonly dernier_echec_le: Date;
  readonly echecs: number;
  readonly code: string;
  readonly detail: string;
  readonly prochaine_le: Date;
}

function releveOf(row: ReleveRow): ReleveEnEchec {
  return {
    id: row.id,
    source: row.source,
    cle: row.cle,
    sourceId: row.source_id,
    nom: row.nom,
    extrait: row.extrait,
    premierEchecLe: fromTimestamp(row.premier_echec_le),
    dernierEchecLe: fromTimestamp(row.dernier_echec_le),
    echecs: row.echecs,
    code: row.code,
    detail: row.detail,
    prochaineLe: fromTimestamp(row.prochaine_le),
  };
}

/** Les retours annoncés qui ne se relèvent pas : leurs délais survivent aux processus. */
export class PgReleveRepository implements ReleveRepository, ReleveReadings {
  constructor(private readonly dataSource: DataSource) {}

  async find(source: string, cles: readonly string[]): Promise<ReadonlyMap<string, ReleveEnEchec>> {
    const rows: ReleveRow[] = await this.dataSource.query(
      'SELECT * FROM releves_en_echec WHERE source = $1 AND cle = ANY($2::text[])',
      [source, cles],
    );
    return new Map(rows.map((row) => [row.cle, releveOf(row)]));
  }

  async fail(releve: ReleveEnEchec): Promise<void> {
    const statement = new Statement();
    const values = [
      statement.bind(releve.id, 'uuid'),
      statement.bind(releve.source, 'text'),
      statement.bind(releve.cle, 'text'),
      statement.bind(releve.sourceId, 'text'),
      statement.bind(releve.nom, 'text'),
      statement.bind(releve.extrait, 'text'),
      statement.bind(releve.premierEchecLe, 'timestamptz'),
      statement.bind(releve.dernierEchecLe, 'timestamptz'),
      statement.bind(releve.echecs, 'int'),
      statement.bind(releve.code, 'text'),
      statement.bind(releve.detail, 'text'),
      statement.bind(releve.prochaineLe, 'timestamptz'),
    ];
    statement.step(
      'echec',
      `INSERT INTO releves_en_echec (id, source, cle, source_id, nom, extrait, premier_echec_le, dernier_echec_le, echecs, code, detail,
        prochaine_le) VALUES (${values.join(', ')})
        ON CONFLICT (source, cle) DO UPDATE SET source_id = excluded.source_id, nom = excluded.nom, extrait = excluded.extrait,
          dernier_echec_le = excluded.dernier_echec_le, echecs = excluded.echecs, code = excluded.code, detail = excluded.detail,
          prochaine_le = excluded.prochaine_le RETURNING id`,
    );
    await this.dataSource.query(...statement.finish('SELECT id FROM echec'));
  }

  async settle(source: string, cle: string): Promise<void> {
    await this.dataSource.query('DELETE FROM releves_en_echec WHERE source = $1 AND cle = $2', [source, cle]);
  }

  async forgetUnseen(source: string, seen: readonly string[]): Promise<void> {
    await this.dataSource.query(
      'DELETE FROM releves_en_echec WHERE source = $1 AND NOT cle = ANY($2::text[])',
      [source, seen],
    );
  }

  async list(after: string | null, limit: number): Promise<Page<ReleveEnEchec>> {
    const rows: ReleveRow[] = await this.dataSource.query(
      `SELECT * FROM releves_en_echec WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after === null ? null : uuidOf(after), limit + 1],
    );
    return pageOf(rows, limit, releveOf, (row) => [row.id]);
  }
}
