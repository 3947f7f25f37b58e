import type {
  AlerteCount,
  AlerteGenre,
  AlerteReadings,
  AlerteSujet,
  AlerteView,
  CollectiviteId,
  FindEnvoisNonPris,
  Gravite,
  Page,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromTimestamp } from '../instants';
import { Conditions } from './conditions';
import { decodeCursor } from '../paging/cursor';
import { readEnvoisNonPris } from '../sql/envois-non-pris-sql';
import { pageOf } from '../paging/page-of';

interface AlerteRow {
  readonly id: string;
  readonly genre: AlerteGenre;
  readonly gravite: Gravite;
  readonly sujet: AlerteSujet;
  readonly sujet_id: string;
  readonly deliberation_id: string | null;
  readonly identifiant_acte: string | null;
  readonly objet: string | null;
  readonly siren: string | null;
  readonly nom: string | null;
  readonly depuis: Date;
  readonly ouverte_le: Date;
  readonly detail: string;
}

function viewOf(row: AlerteRow): AlerteView {
  return {
    id: row.id,
    genre: row.genre,
    gravite: row.gravite,
    sujet: row.sujet,
    sujetId: row.sujet_id,
    deliberationId: row.deliberation_id,
    identifiantActe: row.identifiant_acte,
    objet: row.objet,
    collectivite: row.siren === null ? null : { siren: row.siren, nom: row.nom ?? '' },
    depuis: fromTimestamp(row.depuis),
    ouverteLe: fromTimestamp(row.ouverte_le),
    detail: row.detail,
  };
}

/** Les alertes ouvertes, par clé et par page. */
export class PgAlerteReadings implements AlerteReadings {
  constructor(private readonly dataSource: DataSource) {}

  readonly envoisNonPris: FindEnvoisNonPris = (collectiviteId, before) =>
    readEnvoisNonPris(this.dataSource, collectiviteId, before);

  async openAlertes(
    collectiviteId: CollectiviteId | null,
    after: string | null,
    limit: number,
  ): Promise<Page<AlerteView>> {
    const conditions = new Conditions();
    conditions.add('a.fermee_le IS NULL');
    if (collectiviteId !== null) conditions.add(`a.collectivite_id = ${conditions.bind(collectiviteId)}`);
    if (after !== null) {
      const [gravite, depuis, id] = decodeCursor(after, ['smallint', 'instant', 'uuid']);
      conditions.add(
        `(a.gravite, a.depuis, a.id) > (${conditions.bind(gravite)}::smallint, ${conditions.bind(depuis)}::timestamptz, ${conditions.bind(id)}::uuid)`,
      );
    }
    const rows: AlerteRow[] = await this.dataSource.query(
      `SELECT a.id, a.genre, a.gravite, a.sujet, a.sujet_id, a.deliberation_id, d.identifiant_acte, d.objet, c.siren, c.nom,
        a.depuis, a.ouverte_le, a.detail
        FROM alertes a LEFT JOIN deliberations d ON d.id = a.deliberation_id LEFT JOIN collectivites c ON c.id = a.collectivite_id
        ${conditions.where()} ORDER BY a.gravite, a.depuis, a.id LIMIT ${conditions.bind(limit + 1)}`,
      conditions.parameters,
    );
    return pageOf(rows, limit, viewOf, (row) => [row.gravite, fromTimestamp(row.depuis), row.id]);
  }

  async openCounts(collectiviteId: CollectiviteId | null): Promise<readonly AlerteCount[]> {
    const rows: { genre: AlerteGenre; count: number; depuis: Date }[] = await this.dataSource.query(
      `SELECT genre, count(*)::int AS count, min(depuis) AS depuis FROM alertes
        WHERE fermee_le IS NULL AND ($1::uuid IS NULL OR collectivite_id = $1) GROUP BY genre, gravite ORDER BY gravite, genre`,
      [collectiviteId],
    );
    return rows.map(({ genre, count, depuis }) => ({ genre, count, depuis: fromTimestamp(depuis) }));
  }
}
