import type {
  CollectiviteId,
  CorrespondanceId,
  CorrespondanceState,
  CourrierCount,
  CourrierCriteria,
  CourrierReadings,
  CourrierSource,
  CourrierView,
  DeliberationId,
  Empreinte,
  HistoryEntry,
  Page,
  ReponseView,
} from '@teletransmission/teletransmission';
import {
  CORRESPONDANCE_STATES,
  FLUX_LETTRES,
  FLUX_TRANSMIS,
  REMARQUES_PIECE,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRowOrNull, readRows } from '../sql/read-rows';
import { Conditions } from './conditions';
import { decodeCursor } from '../paging/cursor';
import { pageOf } from '../paging/page-of';
import { HISTORY_COLUMNS, HISTORY_ROW, historyEntryOf } from './view-row';

const COURRIER_ROW = z.object({
  id: column.id<CorrespondanceId>(),
  flux: column.word(FLUX_LETTRES),
  state: column.word(CORRESPONDANCE_STATES),
  date_courrier: column.day,
  recue_le: column.instant,
  echeance: column.day.nullable(),
  identifiant_acte: column.text,
  deliberation_id: column.id<DeliberationId>(),
  numero_interne: column.text,
  objet: column.text,
  collectivite_id: column.id<CollectiviteId>(),
  siren: column.text,
  nom: column.text,
  fuseau: column.text,
  rang_urgence: column.integer,
  jour_urgence: column.integer,
});

/** Les dates sans heure sortent en texte : jamais d'un fuseau à l'autre. */
const COURRIER_SQL = `
  SELECT l.id, l.flux, l.state, l.date_courrier::text, l.recue_le, l.echeance::text, l.identifiant_acte, l.deliberation_id,
    d.numero_interne, d.objet, l.collectivite_id, c.siren, c.nom, c.fuseau, l.rang_urgence, l.jour_urgence
  FROM correspondances l
  JOIN deliberations d ON d.id = l.deliberation_id
  JOIN collectivites c ON c.id = l.collectivite_id`;

function viewOf(row: z.infer<typeof COURRIER_ROW>): CourrierView {
  return {
    id: row.id,
    flux: row.flux,
    state: row.state,
    dateCourrier: row.date_courrier,
    recueLe: row.recue_le,
    echeance: row.echeance,
    identifiantActe: row.identifiant_acte,
    deliberation: { id: row.deliberation_id, numeroInterne: row.numero_interne, objet: row.objet },
    collectivite: { id: row.collectivite_id, siren: row.siren, nom: row.nom, fuseau: row.fuseau },
  };
}

/** Le rang de chaque état dans l'ordre d'urgence ; la base le calcule de même dans `rang_urgence`. */
const RANGS: Readonly<Record<CorrespondanceState, number>> = {
  received: 0,
  answering: 1,
  noted: 2,
  answered: 3,
  filed: 3,
  taken: 3,
};

/** Une pièce telle que la base la rend dans un JSON : ses nombres y sont des nombres. */
const PIECE = z.object({
  rang: column.integer,
  typePiece: column.text,
  nomFichier: column.text,
  empreinte: column.text,
  tailleOctets: column.integer,
  format: column.text,
  remarques: z.array(column.word(REMARQUES_PIECE)).nullable(),
  signature: z
    .object({
      nomFichier: column.text,
      empreinte: column.id<Empreinte>(),
      tailleOctets: column.integer,
      numeroSerie: column.text,
      algorithme: column.text,
      isChaineVerifiee: column.boolean,
    })
    .nullable(),
});

const PIECE_JSON = `json_build_object('rang', p.rang, 'typePiece', p.type_piece, 'nomFichier', p.nom_fichier, 'empreinte', p.empreinte,
  'tailleOctets', p.taille_octets, 'format', p.format, 'remarques', p.remarques, 'signature',
  CASE WHEN p.signature_empreinte IS NOT NULL THEN json_build_object('nomFichier', p.signature_nom, 'empreinte', p.signature_empreinte,
    'tailleOctets', p.signature_octets, 'numeroSerie', p.signature_serie, 'algorithme', p.signature_algorithme,
    'isChaineVerifiee', p.signature_chaine) END)`;

const REPONSE_ROW = z.object({
  id: column.text,
  flux: column.word(FLUX_TRANSMIS),
  state: column.word(TRANSMISSION_STATES),
  since: column.instant,
  is_overdue: column.boolean,
  ack_due_at: column.instant.nullable(),
  next_turn_at: column.instant.nullable(),
  stop_code: column.text.nullable(),
  stop_detail: column.text.nullable(),
  pieces: z.array(PIECE),
});

const SOURCE_ROW = z.object({ nom: column.text, empreinte: column.text, taille_octets: column.bigint });
const WAITING_ROW = z.object({ count: column.integer, echeance: column.day.nullable() });

/** Les lettres de la préfecture, par clé et par page. */
export class PgCourrierReadings implements CourrierReadings {
  constructor(private readonly dataSource: DataSource) {}

  async list(criteria: CourrierCriteria, after: string | null, limit: number): Promise<Page<CourrierView>> {
    const conditions = new Conditions();
    // Le rang plutôt que l'état : c'est lui que l'index range.
    if (criteria.etat !== undefined)
      conditions.add(
        `l.rang_urgence = ${conditions.bind(RANGS[criteria.etat])} AND l.state = ${conditions.bind(criteria.etat)}`,
      );
    if (criteria.collectiviteId !== undefined)
      conditions.add(`l.collectivite_id = ${conditions.bind(criteria.collectiviteId)}`);
    if (criteria.siren !== undefined)
      conditions.add(
        `l.collectivite_id = (SELECT id FROM collectivites WHERE siren = ${conditions.bind(criteria.siren)})`,
      );
    if (after !== null) {
      const [rang, jour, id] = decodeCursor(after, ['smallint', 'int', 'uuid']);
      conditions.add(
        `(l.rang_urgence, l.jour_urgence, l.id) > (${conditions.bind(rang)}::smallint, ${conditions.bind(jour)}::int, ${conditions.bind(id)}::uuid)`,
      );
    }
    const rows = await readRows(
      this.dataSource,
      COURRIER_ROW,
      `${COURRIER_SQL} ${conditions.where()} ORDER BY l.rang_urgence, l.jour_urgence, l.id LIMIT ${conditions.bind(limit + 1)}`,
      conditions.parameters,
    );
    return pageOf(rows, limit, viewOf, (row) => [row.rang_urgence, row.jour_urgence, row.id]);
  }

  async courrier(id: CorrespondanceId): Promise<CourrierView | null> {
    const row = await readRowOrNull(this.dataSource, COURRIER_ROW, `${COURRIER_SQL} WHERE l.id = $1`, [id]);
    return row && viewOf(row);
  }

  async ofDeliberation(id: DeliberationId): Promise<readonly CourrierView[]> {
    const rows = await readRows(
      this.dataSource,
      COURRIER_ROW,
      `${COURRIER_SQL} WHERE l.deliberation_id = $1 ORDER BY l.recue_le, l.id`,
      [id],
    );
    return rows.map(viewOf);
  }

  async reponses(id: CorrespondanceId): Promise<readonly ReponseView[]> {
    const rows = await readRows(
      this.dataSource,
      REPONSE_ROW,
      `SELECT t.id, t.flux, t.state, t.since, t.is_overdue, t.ack_due_at, t.next_turn_at, t.stop_code, t.stop_detail,
        coalesce((SELECT json_agg(${PIECE_JSON} ORDER BY p.rang)
          FROM reponse_pieces p WHERE p.transmission_id = t.id), '[]') AS pieces
        FROM transmissions t WHERE t.correspondance_id = $1 ORDER BY t.id`,
      [id],
    );
    return rows.map((row) => ({
      transmissionId: row.id,
      flux: row.flux,
      state: row.state,
      since: row.since,
      isOverdue: row.is_overdue,
      ackDueAt: row.ack_due_at,
      nextTurnAt: row.next_turn_at,
      stopReason: row.stop_code === null ? null : { code: row.stop_code, detail: row.stop_detail ?? '' },
      pieces: row.pieces,
    }));
  }

  async source(id: CorrespondanceId): Promise<CourrierSource | null> {
    const row = await readRowOrNull(
      this.dataSource,
      SOURCE_ROW,
      `SELECT r.nom, r.empreinte, r.taille_octets FROM correspondances l JOIN retours r ON r.id = l.retour_id WHERE l.id = $1`,
      [id],
    );
    return row && { nom: row.nom, empreinte: row.empreinte, tailleOctets: row.taille_octets };
  }

  async history(id: CorrespondanceId): Promise<readonly HistoryEntry[]> {
    // Par l'acte, dont l'index du journal fait la clé ; la lettre et ses réponses en sont une part.
    const rows = await readRows(
      this.dataSource,
      HISTORY_ROW,
      `SELECT ${HISTORY_COLUMNS} FROM correspondances l JOIN audit_entries a ON a.deliberation_id = l.deliberation_id
        WHERE l.id = $1 AND ((a.sujet = 'correspondance' AND a.sujet_id = l.id::text)
          OR (a.sujet = 'transmission' AND a.sujet_id IN (SELECT t.id::text FROM transmissions t WHERE t.correspondance_id = l.id)))
        ORDER BY a.rang`,
      [id],
    );
    return rows.map(historyEntryOf);
  }

  async waiting(collectiviteId: CollectiviteId | null): Promise<CourrierCount> {
    const waiting = await readRowOrNull(
      this.dataSource,
      WAITING_ROW,
      `SELECT count(*)::int AS count, min(echeance)::text AS echeance FROM correspondances
        WHERE rang_urgence = 0 AND ($1::uuid IS NULL OR collectivite_id = $1)`,
      [collectiviteId],
    );
    return waiting ?? { count: 0, echeance: null };
  }
}
