import type {
  AuditEntry,
  CompteId,
  Constat,
  ConstatRepository,
  Transmission,
} from '@teletransmission/teletransmission';
import { VERDICTS } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../../sql/columns';
import { readRows } from '../../sql/read-rows';
import { Statement } from '../../statements/statement';

const CONSTAT_ROW = z.object({
  compte_id: column.id<CompteId>(),
  compte_nom: column.text,
  constat: column.word(VERDICTS),
  motif: column.text,
  instant: column.instant,
});

/** Les constats des opérateurs sur un envoi incertain. */
export class PgConstatRepository implements ConstatRepository {
  constructor(private readonly dataSource: DataSource) {}

  async keep(constat: Constat, audit: AuditEntry): Promise<boolean> {
    const statement = new Statement();
    const values = [
      statement.bind(constat.transmissionId, 'uuid'),
      statement.bind(constat.cycle, 'int'),
      statement.bind(constat.turn, 'int'),
      statement.bind(constat.compteId, 'uuid'),
      statement.bind(constat.compteNom, 'text'),
      statement.bind(constat.constat, 'text'),
      statement.bind(constat.motif, 'text'),
      statement.bind(constat.instant, 'timestamptz'),
    ];
    statement.step(
      'garde',
      `INSERT INTO constats AS c (transmission_id, cycle, turn, compte_id, compte_nom, constat, motif, instant)
        VALUES (${values.join(', ')})
        ON CONFLICT (transmission_id, cycle, turn, compte_id) DO UPDATE
        SET constat = excluded.constat, motif = excluded.motif, instant = excluded.instant, compte_nom = excluded.compte_nom
        WHERE c.constat <> excluded.constat RETURNING c.compte_id`,
    );
    statement.audit('journal', audit, 'garde');
    const kept: unknown[] = await this.dataSource.query(...statement.finish('SELECT compte_id FROM garde'));
    return kept.length > 0;
  }

  async listOf({
    id,
    cycle,
    turn,
  }: Pick<Transmission, 'id' | 'cycle' | 'turn'>): Promise<readonly Constat[]> {
    const rows = await readRows(
      this.dataSource,
      CONSTAT_ROW,
      `SELECT compte_id, compte_nom, constat, motif, instant FROM constats
        WHERE transmission_id = $1 AND cycle = $2 AND turn = $3 ORDER BY instant, compte_id`,
      [id, cycle, turn],
    );
    return rows.map((row) => ({
      transmissionId: id,
      cycle,
      turn,
      compteId: row.compte_id,
      compteNom: row.compte_nom,
      constat: row.constat,
      motif: row.motif,
      instant: row.instant,
    }));
  }
}
