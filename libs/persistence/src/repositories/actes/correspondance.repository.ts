import type { IdentifiantActe } from '@teletransmission/actes';
import type { CivilDate, TraceSource } from '@teletransmission/kernel';
import type {
  AuditEntry,
  CollectiviteId,
  Correspondance,
  CorrespondanceId,
  CorrespondanceRepository,
  CorrespondanceState,
  DeliberationId,
  DepositedReponse,
  Empreinte,
  FluxLettre,
  Piece,
  ReceivedCourrier,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { FLUX_REPONSES } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { In } from 'typeorm';
import { fromTimestamp } from '../../instants';
import { CorrespondanceRow, LettreDocumentRow, ReponsePieceRow } from '../../rows/correspondance.row';
import { TransmissionRow } from '../../rows/transmission.row';
import { courrierStatement } from '../../statements/courrier-statement';
import { insertTransmission } from '../../statements/insert-transmission';
import { pieceColumns, pieceOf } from '../../mapping/piece-mapping';
import { Statement } from '../../statements/statement';
import { transmissionOf } from '../../mapping/transmission-mapping';

function correspondanceOf(row: CorrespondanceRow, documents: readonly LettreDocumentRow[]): Correspondance {
  return {
    id: row.id as CorrespondanceId,
    collectiviteId: row.collectiviteId as CollectiviteId,
    deliberationId: row.deliberationId as DeliberationId,
    identifiantActe: row.identifiantActe as IdentifiantActe,
    flux: row.flux as FluxLettre,
    dateCourrier: row.dateCourrier as CivilDate,
    texte: row.texte,
    recueLe: fromTimestamp(row.recueLe),
    echeance: row.echeance as CivilDate | null,
    state: row.state as CorrespondanceState,
    empreinteMessage: row.empreinteMessage as Empreinte,
    documents: documents
      .filter((document) => document.correspondanceId === row.id)
      .map(({ rang, nomFichier, empreinte, tailleOctets }) => ({
        rang,
        nomFichier,
        empreinte: empreinte as Empreinte,
        tailleOctets: Number(tailleOctets),
      })),
  };
}

/** Les lettres de la préfecture et les réponses qu'on leur fait. */
export class PgCorrespondanceRepository implements CorrespondanceRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly trace: TraceSource,
  ) {}

  async find(id: CorrespondanceId): Promise<Correspondance | null> {
    const row = await this.dataSource.getRepository(CorrespondanceRow).findOneBy({ id });
    if (!row) return null;
    const [found] = await this.withDocuments([row]);
    return found ?? null;
  }

  async listOf(deliberationId: DeliberationId): Promise<readonly Correspondance[]> {
    const where = { deliberationId };
    const rows = await this.dataSource
      .getRepository(CorrespondanceRow)
      .find({ where, order: { recueLe: 'ASC', id: 'ASC' } });
    return this.withDocuments(rows);
  }

  async listReponses(id: CorrespondanceId): Promise<readonly Transmission[]> {
    const rows = await this.dataSource
      .getRepository(TransmissionRow)
      .find({ where: { correspondanceId: id, flux: In(FLUX_REPONSES) }, order: { id: 'ASC' } });
    return rows.map(transmissionOf);
  }

  async findReponse(
    transmissionId: TransmissionId,
  ): Promise<{ readonly correspondance: Correspondance; readonly pieces: readonly Piece[] } | null> {
    const transmission = await this.dataSource
      .getRepository(TransmissionRow)
      .findOneBy({ id: transmissionId });
    if (!transmission?.correspondanceId) return null;
    const correspondance = await this.find(transmission.correspondanceId as CorrespondanceId);
    const rows = await this.dataSource
      .getRepository(ReponsePieceRow)
      .find({ where: { transmissionId }, order: { rang: 'ASC' } });
    return correspondance && { correspondance, pieces: rows.map(pieceOf) };
  }

  async receive(courrier: ReceivedCourrier): Promise<boolean> {
    const opened: unknown[] = await this.dataSource.query(
      ...courrierStatement(courrier, this.trace.current()),
    );
    return opened.length > 0;
  }

  async take({ id, state }: Correspondance, to: CorrespondanceState, audit: AuditEntry): Promise<boolean> {
    const statement = new Statement();
    statement.step(
      'prise',
      `UPDATE correspondances SET state = ${statement.bind(to, 'text')} WHERE id = ${statement.bind(id, 'uuid')}
        AND state = ${statement.bind(state, 'text')} RETURNING id`,
    );
    statement.audit('journal', audit, 'prise');
    const taken: unknown[] = await this.dataSource.query(...statement.finish('SELECT id FROM prise'));
    return taken.length > 0;
  }

  async answer(reponse: DepositedReponse): Promise<boolean> {
    const statement = new Statement();
    const { correspondance, to, pieces } = reponse;
    statement.step(
      'repondue',
      `UPDATE correspondances SET state = ${statement.bind(to, 'text')} WHERE id = ${statement.bind(correspondance.id, 'uuid')}
        AND state = ${statement.bind(correspondance.state, 'text')} RETURNING id`,
    );
    statement.audit('journal', reponse.audit, 'repondue');
    insertTransmission(statement, 'reponse', reponse.transmission, 'repondue');
    for (const piece of pieces) {
      const columns = pieceColumns(piece);
      const values = columns.map(({ value, type }) => statement.bind(value, type));
      statement.step(
        `piece_${piece.rang}`,
        `INSERT INTO reponse_pieces (transmission_id, ${columns.map(({ column }) => column).join(', ')})
          SELECT reponse.id, ${values.join(', ')} FROM reponse RETURNING rang`,
      );
    }
    statement.audit('journal_reponse', reponse.transmissionAudit, 'reponse');
    statement.outbox('travail', reponse.outbox, this.trace.current(), 'reponse');
    const answered: unknown[] = await this.dataSource.query(...statement.finish('SELECT id FROM repondue'));
    return answered.length > 0;
  }

  private async withDocuments(rows: readonly CorrespondanceRow[]): Promise<readonly Correspondance[]> {
    const correspondanceId = In(rows.map(({ id }) => id));
    const documents = await this.dataSource
      .getRepository(LettreDocumentRow)
      .find({ where: { correspondanceId }, order: { rang: 'ASC' } });
    return rows.map((row) => correspondanceOf(row, documents));
  }
}
