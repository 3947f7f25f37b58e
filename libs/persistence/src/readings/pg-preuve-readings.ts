import type {
  CollectiviteId,
  DeliberationId,
  Empreinte,
  NomenclatureRecue,
  PreuveReadings,
  PreuveRecue,
  RetourId,
  TransmissionId,
} from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRowOrNull, readRows } from '../sql/read-rows';

const PREUVE_ROW = z.object({
  sujet_id: column.id<TransmissionId>(),
  flux: z.enum(['1-1', '6-1']),
  evenement: z.enum(['ar-received', 'anomalie-received']),
  instant: column.instant,
  date_reception: column.day.nullable(),
  nature: column.text.nullable(),
  detail: column.text.nullable(),
  /** Absents d'un message appliqué avant qu'on ne le garde à part. */
  message_type: column.text.nullable(),
  message_nom: column.text.nullable(),
  message_empreinte: column.id<Empreinte>().nullable(),
  retour_id: column.id<RetourId>(),
  nom: column.text,
  empreinte: column.id<Empreinte>(),
  recu_le: column.instant,
});

const NOMENCLATURE_ROW = z.object({
  nom: column.text,
  empreinte: column.id<Empreinte>(),
  taille_octets: column.bigint,
  retour_id: column.id<RetourId>(),
  retour_nom: column.text,
  retour_empreinte: column.id<Empreinte>(),
  recu_le: column.instant,
});

/** Les réponses appliquées, lues du journal : un retour peut en porter plusieurs, et sa ligne n'en nomme qu'une. */
export class PgPreuveReadings implements PreuveReadings {
  constructor(private readonly dataSource: DataSource) {}

  async nomenclature(collectiviteId: CollectiviteId): Promise<NomenclatureRecue | null> {
    const row = await readRowOrNull(
      this.dataSource,
      NOMENCLATURE_ROW,
      `SELECT m.nom, m.empreinte, m.taille_octets, r.id AS retour_id, r.nom AS retour_nom, r.empreinte AS retour_empreinte, r.recu_le
        FROM messages_recus m JOIN retours r ON r.id = m.retour_id
        WHERE m.collectivite_id = $1 AND m.type = '7-2' ORDER BY r.traite_le DESC NULLS LAST, r.recu_le DESC LIMIT 1`,
      [collectiviteId],
    );
    if (!row) return null;
    return {
      nom: row.nom,
      empreinte: row.empreinte,
      tailleOctets: row.taille_octets,
      retour: {
        id: row.retour_id,
        nom: row.retour_nom,
        empreinte: row.retour_empreinte,
        recuLe: row.recu_le,
      },
    };
  }

  async preuves(id: DeliberationId): Promise<readonly PreuveRecue[]> {
    const rows = await readRows(
      this.dataSource,
      PREUVE_ROW,
      `SELECT a.sujet_id, t.flux, a.evenement, a.instant, a.preuve->>'dateReception' AS date_reception,
          a.preuve->>'nature' AS nature, a.preuve->>'detail' AS detail, m.type AS message_type, m.nom AS message_nom, m.empreinte AS message_empreinte,
          r.id AS retour_id, r.nom, r.empreinte, r.recu_le
        FROM audit_entries a
        JOIN transmissions t ON t.id::text = a.sujet_id AND t.deliberation_id = a.deliberation_id AND t.flux IN ('1-1', '6-1')
        CROSS JOIN LATERAL (
          SELECT * FROM retours r WHERE r.empreinte = a.preuve->>'empreinteRetour' AND r.nom = a.preuve->>'retour'
          ORDER BY (r.transmission_id = t.id) DESC NULLS LAST, (r.state = 'applied') DESC, r.recu_le LIMIT 1
        ) r
        LEFT JOIN messages_recus m ON m.retour_id = r.id AND m.transmission_id = t.id
          AND m.empreinte = a.preuve->>'empreinteMessage'
        WHERE a.deliberation_id = $1 AND a.sujet = 'transmission' AND a.evenement IN ('ar-received', 'anomalie-received')
        ORDER BY a.rang`,
      [id],
    );
    return rows.map((row) => ({
      transmissionId: row.sujet_id,
      flux: row.flux,
      evenement: row.evenement,
      appliqueeLe: row.instant,
      dit: {
        dateReception: row.date_reception,
        nature: row.nature,
        detail: row.detail,
      },
      message:
        row.message_type === null || row.message_nom === null || row.message_empreinte === null
          ? null
          : { type: row.message_type, nom: row.message_nom, empreinte: row.message_empreinte },
      retour: {
        id: row.retour_id,
        nom: row.nom,
        empreinte: row.empreinte,
        recuLe: row.recu_le,
      },
    }));
  }
}
