import type { Departement } from '@teletransmission/actes';
import type {
  Circuit,
  CircuitState,
  Fenetre,
  Interruption,
  LiaisonId,
  Prefecture,
} from '@teletransmission/teletransmission';
import { CLOSED_CIRCUIT, newPrefecture } from '@teletransmission/teletransmission';
import { fromNullableTimestamp, fromTimestamp } from '../instants';

/** Une préfecture et son disjoncteur, tels qu'une jointure externe les rend : nuls tant que rien n'y est écrit. */
export interface PrefectureRow {
  readonly liaison_id: string;
  readonly departement: string;
  readonly fuseau: string | null;
  readonly actes_par_heure: number | null;
  readonly octets_par_heure: string | null;
  readonly fenetres: readonly Fenetre[];
  readonly interruptions: readonly Interruption[];
  readonly pause_depuis: Date | null;
  readonly pause_motif: string | null;
  readonly version: number;
  readonly state: CircuitState | null;
  readonly failed: readonly string[];
  readonly first_failure_at: Date | null;
  readonly openings: number;
  readonly probe_at: Date | null;
  readonly waiting: number;
  readonly code: string | null;
  readonly detail: string | null;
}

export const PREFECTURE_COLUMNS = `p.fuseau, p.actes_par_heure, p.octets_par_heure, p.fenetres, p.interruptions, p.pause_depuis,
  p.pause_motif, p.version, d.state, d.failed, d.first_failure_at, d.openings, d.probe_at, d.waiting, d.code, d.detail`;

export function prefectureOf(row: PrefectureRow): Prefecture {
  const fresh = newPrefecture({
    liaisonId: row.liaison_id as LiaisonId,
    departement: row.departement as Departement,
  });
  if (row.fuseau === null) return fresh;
  return {
    ...fresh,
    fuseau: row.fuseau,
    actesParHeure: row.actes_par_heure,
    octetsParHeure: row.octets_par_heure === null ? null : Number(row.octets_par_heure),
    fenetres: row.fenetres,
    interruptions: row.interruptions,
    pause:
      row.pause_depuis === null
        ? null
        : { depuis: fromTimestamp(row.pause_depuis), motif: row.pause_motif ?? '' },
    version: row.version,
  };
}

export function circuitOf(row: Omit<PrefectureRow, 'fuseau'>): Circuit {
  if (row.state === null) return CLOSED_CIRCUIT;
  return {
    state: row.state,
    failed: row.failed,
    firstFailureAt: fromNullableTimestamp(row.first_failure_at),
    openings: row.openings,
    probeAt: fromNullableTimestamp(row.probe_at),
    waiting: row.waiting,
    code: row.code,
    detail: row.detail,
  };
}
