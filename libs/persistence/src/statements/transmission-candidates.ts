import type { CivilDate } from '@teletransmission/kernel';
import type { ActeDit, FluxTransmis, Transmission } from '@teletransmission/teletransmission';
import { bareNumero } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { TransmissionRow } from '../rows/transmission.row';
import { transmissionOf } from '../mapping/transmission-mapping';

/** PostgreSQL n'a pas d'an zéro. */
export const PREMIER_JOUR = '0001-01-01';
/** Au-delà, ce n'est plus entre des candidats qu'on choisit. */
const CANDIDATES_MAX = 50;

/** Les transmissions d'un acte tel qu'un message le dit, sans son identifiant. */
export async function findByActe(
  dataSource: DataSource,
  { siren, dateDecision, nature, numero }: ActeDit,
  flux: FluxTransmis,
): Promise<readonly Transmission[]> {
  if (dateDecision < PREMIER_JOUR) return [];
  const rows = await dataSource
    .getRepository(TransmissionRow)
    .createQueryBuilder('t')
    .innerJoin('deliberations', 'd', 'd.id = t.deliberation_id')
    .innerJoin('collectivites', 'c', 'c.id = t.collectivite_id')
    .where('c.siren = :siren AND d.date_decision = :dateDecision AND d.nature = :nature AND t.flux = :flux', {
      siren,
      dateDecision,
      nature,
      flux,
    })
    .andWhere(`upper(regexp_replace(d.numero_interne, '[^A-Za-z0-9]', '', 'g')) = :numero`, {
      numero: bareNumero(numero),
    })
    .orderBy('t.id')
    .limit(CANDIDATES_MAX)
    .getMany();
  return rows.map(transmissionOf);
}

/** Les réponses non retirées aux lettres de ce jour sur cet acte. */
export async function findReponses(
  dataSource: DataSource,
  identifiantActe: string,
  dateCourrier: CivilDate,
  fluxs: readonly FluxTransmis[],
): Promise<readonly Transmission[]> {
  if (dateCourrier < PREMIER_JOUR) return [];
  const rows = await dataSource
    .getRepository(TransmissionRow)
    .createQueryBuilder('t')
    .innerJoin('correspondances', 'c', 'c.id = t.correspondance_id AND c.date_courrier = :dateCourrier', {
      dateCourrier,
    })
    .where('t.identifiantActe = :identifiantActe AND t.flux IN (:...fluxs)', { identifiantActe, fluxs })
    .andWhere(`t.state <> 'withdrawn'`)
    .orderBy('t.id')
    .limit(CANDIDATES_MAX)
    .getMany();
  return rows.map(transmissionOf);
}
