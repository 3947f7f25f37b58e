import type { CivilDate } from '@teletransmission/kernel';
import type { Enveloppe, EnveloppeId, Transmission } from '@teletransmission/teletransmission';
import { ENVELOPPE_NUMERO_MAX, EnveloppeNumbersExhausted } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { archiveOf, enveloppeOf } from '../mapping/transmission-mapping';
import { EnveloppeRow } from '../rows/transmission.row';
import { brokenConstraint } from '../sql/broken-constraint';
import { prepared } from '../sql/prepared';

interface NumberedRow {
  readonly id: string;
  readonly jour: string;
  readonly numero: number;
  readonly nom_archive: string | null;
  readonly empreinte: string | null;
  readonly taille_octets: string | null;
}

/** L'enveloppe de ce cycle, ou le prochain numéro du jour : rien quand ils sont tous pris. */
const ALLOCATE = prepared(`WITH prise AS (
    SELECT id, jour, numero, nom_archive, empreinte, taille_octets FROM enveloppes WHERE transmission_id = $1 AND cycle = $2
  ), compteur AS (
    INSERT INTO compteurs_enveloppes AS c (siren, jour, dernier) SELECT $3::char(9), $4::date, 1 WHERE NOT EXISTS (SELECT FROM prise)
      ON CONFLICT (siren, jour) DO UPDATE SET dernier = c.dernier + 1 WHERE c.dernier < $5 RETURNING dernier
  ), nee AS (
    INSERT INTO enveloppes (id, transmission_id, collectivite_id, cycle, siren, jour, numero)
      SELECT $6::uuid, $1, $7::uuid, $2, $3, $4, dernier FROM compteur
      RETURNING id, jour, numero, nom_archive, empreinte, taille_octets
  ) SELECT id, jour::text, numero, nom_archive, empreinte, taille_octets FROM (SELECT * FROM prise UNION ALL SELECT * FROM nee) AS e`);

function numberedOf(row: NumberedRow, { id, cycle }: Transmission): Enveloppe {
  const { numero, nom_archive: nom, empreinte, taille_octets: taille } = row;
  return {
    id: row.id as EnveloppeId,
    transmissionId: id,
    cycle,
    jour: row.jour as CivilDate,
    numero,
    archive: archiveOf(nom, empreinte, taille),
  };
}

/**
 * L'enveloppe de ce cycle : celle qu'il a déjà, ou la suivante du jour. Un ordre, une transaction.
 * @throws EnveloppeNumbersExhausted quand le jour n'a plus de numéro.
 */
export async function allocateEnveloppe(
  dataSource: DataSource,
  transmission: Transmission,
  { siren, jour, id }: { readonly siren: string; readonly jour: CivilDate; readonly id: EnveloppeId },
): Promise<Enveloppe> {
  try {
    const [row]: NumberedRow[] = await dataSource.query(ALLOCATE, [
      transmission.id,
      transmission.cycle,
      siren,
      jour,
      ENVELOPPE_NUMERO_MAX,
      id,
      transmission.collectiviteId,
    ]);
    if (!row) throw new EnveloppeNumbersExhausted(siren, jour);
    return numberedOf(row, transmission);
  } catch (error) {
    // Deux travailleurs sur le même acte : le numéro que le second prenait se défait avec son ordre, et il rend celui du premier.
    if (brokenConstraint(error) !== 'enveloppes_transmission_id_cycle_key') throw error;
    const where = { transmissionId: transmission.id, cycle: transmission.cycle };
    return enveloppeOf(await dataSource.getRepository(EnveloppeRow).findOneByOrFail(where));
  }
}
