import type {
  AlerteCount,
  AlerteReadings,
  AlerteView,
  CollectiviteId,
  FindEnvoisNonPris,
  Page,
} from '@teletransmission/teletransmission';
import { ALERTE_GENRES, ALERTE_SUJETS } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRows } from '../sql/read-rows';
import { Conditions } from './conditions';
import { decodeCursor } from '../paging/cursor';
import { readEnvoisNonPris } from '../sql/envois-non-pris-sql';
import { pageOf } from '../paging/page-of';

const ALERTE_ROW = z.object({
  id: column.text,
  genre: column.word(ALERTE_GENRES),
  gravite: z.literal([0, 1, 2, 3]),
  sujet: column.word(ALERTE_SUJETS),
  sujet_id: column.text,
  deliberation_id: column.text.nullable(),
  identifiant_acte: column.text.nullable(),
  objet: column.text.nullable(),
  siren: column.text.nullable(),
  nom: column.text.nullable(),
  depuis: column.instant,
  ouverte_le: column.instant,
  detail: column.text,
});

const COUNT_ROW = z.object({
  genre: column.word(ALERTE_GENRES),
  count: column.integer,
  depuis: column.instant,
});

function viewOf(row: z.infer<typeof ALERTE_ROW>): AlerteView {
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
    depuis: row.depuis,
    ouverteLe: row.ouverte_le,
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
    const rows = await readRows(
      this.dataSource,
      ALERTE_ROW,
      `SELECT a.id, a.genre, a.gravite, a.sujet, a.sujet_id, a.deliberation_id, d.identifiant_acte, d.objet, c.siren, c.nom,
        a.depuis, a.ouverte_le, a.detail
        FROM alertes a LEFT JOIN deliberations d ON d.id = a.deliberation_id LEFT JOIN collectivites c ON c.id = a.collectivite_id
        ${conditions.where()} ORDER BY a.gravite, a.depuis, a.id LIMIT ${conditions.bind(limit + 1)}`,
      conditions.parameters,
    );
    return pageOf(rows, limit, viewOf, (row) => [row.gravite, row.depuis, row.id]);
  }

  async openCounts(collectiviteId: CollectiviteId | null): Promise<readonly AlerteCount[]> {
    return readRows(
      this.dataSource,
      COUNT_ROW,
      `SELECT genre, count(*)::int AS count, min(depuis) AS depuis FROM alertes
        WHERE fermee_le IS NULL AND ($1::uuid IS NULL OR collectivite_id = $1) GROUP BY genre, gravite ORDER BY gravite, genre`,
      [collectiviteId],
    );
  }
}
