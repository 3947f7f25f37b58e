import type { CivilDate } from '@teletransmission/kernel';
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
  FluxLettre,
  FluxTransmis,
  HistoryEntry,
  Page,
  PieceView,
  ReponseView,
  TransmissionState,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromNullableTimestamp, fromTimestamp } from '../instants';
import { Conditions } from './conditions';
import { decodeCursor } from '../paging/cursor';
import { pageOf } from '../paging/page-of';
import type { HistoryRow } from './view-row';
import { historyEntryOf } from './view-row';

interface CourrierRow {
  readonly id: CorrespondanceId;
  readonly flux: FluxLettre;
  readonly state: CorrespondanceState;
  readonly date_courrier: CivilDate;
  readonly recue_le: Date;
  readonly echeance: CivilDate | null;
  readonly identifiant_acte: string;
  readonly deliberation_id: DeliberationId;
  readonly numero_interne: string;
  readonly objet: string;
  readonly collectivite_id: CollectiviteId;
  readonly siren: string;
  readonly nom: string;
  readonly fuseau: string;
  readonly rang_urgence: number;
  readonly jour_urgence: number;
}

/** Les dates sans heure sortent en texte : jamais d'un fuseau à l'autre. */
const COURRIER_SQL = `
  SELECT l.id, l.flux, l.state, l.date_courrier::text, l.recue_le, l.echeance::text, l.identifiant_acte, l.deliberation_id,
    d.numero_interne, d.objet, l.collectivite_id, c.siren, c.nom, c.fuseau, l.rang_urgence, l.jour_urgence
  FROM correspondances l
  JOIN deliberations d ON d.id = l.deliberation_id
  JOIN collectivites c ON c.id = l.collectivite_id`;

function viewOf(row: CourrierRow): CourrierView {
  return {
    id: row.id,
    flux: row.flux,
    state: row.state,
    dateCourrier: row.date_courrier,
    recueLe: fromTimestamp(row.recue_le),
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

interface ReponseRow {
  readonly id: string;
  readonly flux: FluxTransmis;
  readonly state: TransmissionState;
  readonly since: Date;
  readonly is_overdue: boolean;
  readonly ack_due_at: Date | null;
  readonly next_turn_at: Date | null;
  readonly stop_code: string | null;
  readonly stop_detail: string | null;
  readonly pieces: readonly PieceView[];
}

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
    const rows: CourrierRow[] = await this.dataSource.query(
      `${COURRIER_SQL} ${conditions.where()} ORDER BY l.rang_urgence, l.jour_urgence, l.id LIMIT ${conditions.bind(limit + 1)}`,
      conditions.parameters,
    );
    return pageOf(rows, limit, viewOf, (row) => [row.rang_urgence, row.jour_urgence, row.id]);
  }

  async courrier(id: CorrespondanceId): Promise<CourrierView | null> {
    const rows: CourrierRow[] = await this.dataSource.query(`${COURRIER_SQL} WHERE l.id = $1`, [id]);
    return rows[0] ? viewOf(rows[0]) : null;
  }

  async ofDeliberation(id: DeliberationId): Promise<readonly CourrierView[]> {
    const rows: CourrierRow[] = await this.dataSource.query(
      `${COURRIER_SQL} WHERE l.deliberation_id = $1 ORDER BY l.recue_le, l.id`,
      [id],
    );
    return rows.map(viewOf);
  }

  async reponses(id: CorrespondanceId): Promise<readonly ReponseView[]> {
    const rows: ReponseRow[] = await this.dataSource.query(
      `SELECT t.id, t.flux, t.state, t.since, t.is_overdue, t.ack_due_at, t.next_turn_at, t.stop_code, t.stop_detail,
        coalesce((SELECT json_agg(json_build_object('rang', p.rang, 'typePiece', p.type_piece, 'nomFichier', p.nom_fichier,
          'empreinte', p.empreinte, 'tailleOctets', p.taille_octets, 'format', p.format, 'remarques', p.remarques) ORDER BY p.rang)
          FROM reponse_pieces p WHERE p.transmission_id = t.id), '[]') AS pieces
        FROM transmissions t WHERE t.correspondance_id = $1 ORDER BY t.id`,
      [id],
    );
    return rows.map((row) => ({
      transmissionId: row.id,
      flux: row.flux,
      state: row.state,
      since: fromTimestamp(row.since),
      isOverdue: row.is_overdue,
      ackDueAt: fromNullableTimestamp(row.ack_due_at),
      nextTurnAt: fromNullableTimestamp(row.next_turn_at),
      stopReason: row.stop_code === null ? null : { code: row.stop_code, detail: row.stop_detail ?? '' },
      pieces: row.pieces,
    }));
  }

  async source(id: CorrespondanceId): Promise<CourrierSource | null> {
    const rows: { nom: string; empreinte: string; taille_octets: string }[] = await this.dataSource.query(
      `SELECT r.nom, r.empreinte, r.taille_octets FROM correspondances l JOIN retours r ON r.id = l.retour_id WHERE l.id = $1`,
      [id],
    );
    const [row] = rows;
    return row ? { nom: row.nom, empreinte: row.empreinte, tailleOctets: Number(row.taille_octets) } : null;
  }

  async history(id: CorrespondanceId): Promise<readonly HistoryEntry[]> {
    // Par l'acte, dont l'index du journal fait la clé ; la lettre et ses réponses en sont une part.
    const rows: HistoryRow[] = await this.dataSource.query(
      `SELECT a.* FROM correspondances l JOIN audit_entries a ON a.deliberation_id = l.deliberation_id
        WHERE l.id = $1 AND ((a.sujet = 'correspondance' AND a.sujet_id = l.id::text)
          OR (a.sujet = 'transmission' AND a.sujet_id IN (SELECT t.id::text FROM transmissions t WHERE t.correspondance_id = l.id)))
        ORDER BY a.rang`,
      [id],
    );
    return rows.map(historyEntryOf);
  }

  async waiting(collectiviteId: CollectiviteId | null): Promise<CourrierCount> {
    const rows: { count: number; echeance: CivilDate | null }[] = await this.dataSource.query(
      `SELECT count(*)::int AS count, min(echeance)::text AS echeance FROM correspondances
        WHERE rang_urgence = 0 AND ($1::uuid IS NULL OR collectivite_id = $1)`,
      [collectiviteId],
    );
    return rows[0] ?? { count: 0, echeance: null };
  }
}
