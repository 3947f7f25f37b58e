import type { TraceSource } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  Deliberation,
  DeliberationId,
  DeliberationRepository,
  Deposit,
  DepositOutcome,
  DepositReceipt,
  StateChange,
} from '@teletransmission/teletransmission';
import { depotEvidence, searchableText } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { sha256 } from '../../audit/sha256';
import { DeliberationRow, PieceRow } from '../../rows/deliberation.row';
import { RequeteRow } from '../../rows/requete.row';
import { TransmissionRow } from '../../rows/transmission.row';
import { insertTransmission } from '../../statements/insert-transmission';
import { deliberationOf } from '../../mapping/deliberation-mapping';
import { pieceColumns } from '../../mapping/piece-mapping';
import { stateChangeStatement } from '../../statements/state-change-statement';
import { brokenConstraint } from '../../sql/broken-constraint';
import { livingFirst } from '../../sql/living-first';
import { storedBytesOf } from '../../sql/stored-bytes';
import { Statement } from '../../statements/statement';

/** Défait une correction dont le numéro est celui d'un acte annulé ; ne sort pas d'ici. */
class NumberCancelled extends Error {}

/** Les délibérations déposées. */
export class PgDeliberationRepository implements DeliberationRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly trace: TraceSource,
  ) {}

  async find(id: DeliberationId): Promise<Deliberation | null> {
    const row = await this.dataSource.getRepository(DeliberationRow).findOneBy({ id });
    if (!row) return null;
    const pieces = await this.dataSource
      .getRepository(PieceRow)
      .find({ where: { deliberationId: id }, order: { rang: 'ASC' } });
    return deliberationOf(row, pieces);
  }

  async findRequest(
    collectiviteId: CollectiviteId,
    cle: string,
  ): Promise<{ readonly empreinteDemande: string; readonly receipt: DepositReceipt } | null> {
    const row = await this.dataSource.getRepository(RequeteRow).findOneBy({ collectiviteId, cle });
    return row && { empreinteDemande: row.empreinteDemande, receipt: row.recu as DepositReceipt };
  }

  async storedBytes(collectiviteId: CollectiviteId): Promise<number> {
    return (await storedBytesOf(this.dataSource, [collectiviteId])).get(collectiviteId) ?? 0;
  }

  async deposit(deposit: Deposit): Promise<DepositOutcome> {
    try {
      if (deposit.superseded === null) {
        return await this.outcomeOf(deposit, await this.dataSource.query(...this.statementOf(deposit)));
      }
      return await this.replace(deposit, deposit.superseded);
    } catch (error) {
      const constraint = brokenConstraint(error);
      if (constraint === 'requetes_pkey') return this.keyTaken(deposit);
      if (constraint === 'transmissions_vivante') return this.identifiantTaken(deposit);
      throw error;
    }
  }

  /** L'ancienne transmission laisse sa place avant que la neuve ne la prenne : l'index de l'acte vivant n'en admet qu'une. */
  private async replace(deposit: Deposit, superseded: StateChange): Promise<DepositOutcome> {
    const cancelled = new NumberCancelled();
    const moved = await this.dataSource
      .transaction(async (manager) => {
        const rows: unknown[] = await manager.query(
          ...stateChangeStatement(superseded, this.trace.current()),
        );
        if (rows.length === 0) return 'no';
        const written: unknown[] = await manager.query(...this.statementOf(deposit));
        if (written.length === 0) throw cancelled;
        return 'yes';
      })
      .catch((error: unknown) => {
        if (error === cancelled) return 'cancelled';
        throw error;
      });
    if (moved === 'yes') return { kind: 'deposited' };
    if (moved === 'cancelled') return this.outcomeOf(deposit, []);
    // Deux corrections de la même clé se croisent : la seconde trouve l'acte déjà remplacé, et la première réponse est la sienne.
    const { deliberation, idempotency } = deposit;
    if (idempotency && (await this.findRequest(deliberation.collectiviteId, idempotency.cle)))
      return this.keyTaken(deposit);
    const { state } = await this.dataSource
      .getRepository(TransmissionRow)
      .findOneByOrFail({ id: superseded.transmission.id });
    return { kind: 'moved', state };
  }

  /** Ce que l'ordre a écrit : rien, quand le numéro est celui d'un acte annulé. */
  private async outcomeOf(
    { deliberation: { identifiantActe } }: Deposit,
    written: readonly unknown[],
  ): Promise<DepositOutcome> {
    if (written.length > 0) return { kind: 'deposited' };
    const [last]: { deliberation_id: string | null }[] = await this.dataSource.query(
      `SELECT t.deliberation_id FROM transmissions t WHERE t.identifiant_acte = $1 AND t.flux = '1-1' ${livingFirst('t')}`,
      [identifiantActe],
    );
    return { kind: 'number-cancelled', deliberationId: last?.deliberation_id ?? '' };
  }

  private async keyTaken(deposit: Deposit): Promise<DepositOutcome> {
    const { deliberation, idempotency } = deposit;
    const known = idempotency && (await this.findRequest(deliberation.collectiviteId, idempotency.cle));
    if (!known) throw new Error("Clé d'idempotence prise puis disparue");
    return { kind: 'key-taken', ...known };
  }

  private async identifiantTaken(deposit: Deposit): Promise<DepositOutcome> {
    const { identifiantActe, collectiviteId } = deposit.deliberation;
    // Une demande rejouée qui croise la première heurte l'une ou l'autre contrainte, selon l'ordre : la clé tranche.
    if (deposit.idempotency && (await this.findRequest(collectiviteId, deposit.idempotency.cle)))
      return this.keyTaken(deposit);
    const row = await this.dataSource
      .getRepository(TransmissionRow)
      .findOneOrFail({ where: { identifiantActe, flux: '1-1' }, order: { id: 'DESC' } });
    return { kind: 'identifiant-taken', state: row.state, deliberationId: row.deliberationId ?? '' };
  }

  private statementOf(deposit: Deposit): [sql: string, parameters: unknown[]] {
    const { deliberation, transmission, idempotency, receipt } = deposit;
    const { vote } = deliberation;
    const statement = new Statement();
    const depot = {
      id: deliberation.id,
      collectivite_id: deliberation.collectiviteId,
      identifiant_acte: deliberation.identifiantActe,
      numero_interne: deliberation.numeroInterne,
      nature: deliberation.nature,
      date_decision: deliberation.dateDecision,
      objet: deliberation.objet,
      objet_recherche: searchableText(deliberation.objet),
      matiere: deliberation.matiere,
      votants: vote.votants,
      pour: vote.pour,
      contre: vote.contre,
      abstentions: vote.abstentions,
      blancs: vote.blancs,
      nuls: vote.nuls,
      voix_preponderante: vote.voixPreponderante,
      deposee_le: deliberation.deposeeLe,
      deposee_par: deliberation.deposeePar,
      corrige_id: deliberation.corrigeId,
      pas_avant: deliberation.pasAvant,
    };
    // Regardé par l'ordre qui écrit : entre une lecture et lui, l'acte aurait pu s'annuler.
    const isFree = `WHERE ${statement.bind(deposit.reprendNumeroAnnule, 'boolean')} OR NOT EXISTS (SELECT FROM (
      SELECT t.state FROM transmissions t WHERE t.identifiant_acte = n.identifiant_acte AND t.flux = '1-1' ${livingFirst('t')}) AS d WHERE state = 'cancelled')`;
    statement.rows('depot', 'deliberations', [depot], null, isFree);
    const pieces = deliberation.pieces.map((piece) => ({
      deliberation_id: deliberation.id,
      ...Object.fromEntries(pieceColumns(piece).map(({ column, value }) => [column, value])),
    }));
    if (pieces.length > 0) statement.rows('depot_pieces', 'pieces', pieces, 'depot');
    insertTransmission(statement, 'vie', transmission, 'depot');
    const publication = {
      deliberation_id: deliberation.id,
      collectivite_id: deliberation.collectiviteId,
      state: 'unpublished',
    };
    statement.rows('a_publier', 'publications', [publication], 'depot');
    if (idempotency) {
      const columns = {
        collectivite_id: deliberation.collectiviteId,
        cle: idempotency.cle,
        empreinte_demande: idempotency.empreinteDemande,
        recu: receipt,
        faite_le: deliberation.deposeeLe,
      };
      statement.rows('requete', 'requetes', [columns], 'depot');
    }
    // Prise ici, sur ce qui s'écrit vraiment : aucun dépôt n'entre en base sans son empreinte au journal.
    const preuve = { ...deposit.audit.preuve, ...depotEvidence(deliberation, sha256) };
    statement.audit('journal', { ...deposit.audit, preuve }, 'vie');
    statement.outbox('travail', deposit.outbox, this.trace.current(), 'vie');
    return statement.finish('SELECT id FROM vie');
  }
}
