import type {
  DeliberationId,
  Empreinte,
  PreuveReadings,
  PreuveRecue,
  RetourId,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { CivilDate } from '@teletransmission/kernel';
import type { DataSource } from 'typeorm';
import { fromTimestamp } from '../instants';

interface PreuveRow {
  readonly sujet_id: string;
  readonly flux: PreuveRecue['flux'];
  readonly evenement: PreuveRecue['evenement'];
  readonly instant: Date;
  readonly date_reception: string | null;
  readonly nature: string | null;
  readonly detail: string | null;
  readonly retour_id: string;
  readonly nom: string;
  readonly empreinte: string;
  readonly recu_le: Date;
}

/** Les réponses appliquées, lues du journal : un retour peut en porter plusieurs, et sa ligne n'en nomme qu'une. */
export class PgPreuveReadings implements PreuveReadings {
  constructor(private readonly dataSource: DataSource) {}

  async preuves(id: DeliberationId): Promise<readonly PreuveRecue[]> {
    const rows: PreuveRow[] = await this.dataSource.query(
      `SELECT a.sujet_id, t.flux, a.evenement, a.instant, a.preuve->>'dateReception' AS date_reception,
          a.preuve->>'nature' AS nature, a.preuve->>'detail' AS detail, r.id AS retour_id, r.nom, r.empreinte, r.recu_le
        FROM audit_entries a
        JOIN transmissions t ON t.id::text = a.sujet_id AND t.deliberation_id = a.deliberation_id AND t.flux IN ('1-1', '6-1')
        CROSS JOIN LATERAL (
          SELECT * FROM retours r WHERE r.empreinte = a.preuve->>'empreinteRetour' AND r.nom = a.preuve->>'retour'
          ORDER BY (r.transmission_id = t.id) DESC NULLS LAST, (r.state = 'applied') DESC, r.recu_le LIMIT 1
        ) r
        WHERE a.deliberation_id = $1 AND a.sujet = 'transmission' AND a.evenement IN ('ar-received', 'anomalie-received')
        ORDER BY a.rang`,
      [id],
    );
    return rows.map((row) => ({
      transmissionId: row.sujet_id as TransmissionId,
      flux: row.flux,
      evenement: row.evenement,
      appliqueeLe: fromTimestamp(row.instant),
      dit: {
        dateReception: row.date_reception as CivilDate | null,
        nature: row.nature,
        detail: row.detail,
      },
      retour: {
        id: row.retour_id as RetourId,
        nom: row.nom,
        empreinte: row.empreinte as Empreinte,
        recuLe: fromTimestamp(row.recu_le),
      },
    }));
  }
}
