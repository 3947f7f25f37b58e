import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { DelaisAccuse, Mesure, Mesures, MesureSujet } from '@teletransmission/teletransmission';
import { BUDGET_HOUR_MS } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { fromNullableTimestamp } from '../instants';
import { OPENING_SECONDS } from '../sql/departures-sql';
import { DELAI_BORNES, DELAIS_SQL, ONGOING_SQL, TOTALS_SQL } from './mesures-sql';

interface MesureRow {
  readonly sujet: MesureSujet;
  readonly cle: string;
  readonly nombre: string;
  readonly depuis: Date | null;
  readonly etat: string | null;
}

function mesureOf({ sujet, cle, nombre, depuis, etat }: MesureRow): Mesure {
  return { sujet, cle, nombre: Number(nombre), depuis: fromNullableTimestamp(depuis), etat };
}

/** Ce que la base compte d'elle-même : trois ordres, une connexion à la fois. */
export class PgMesures implements Mesures {
  /** @param aliveForMs le silence au-delà duquel un travailleur n'est plus compté. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly aliveForMs: number,
  ) {}

  async ongoing(at: Instant): Promise<readonly Mesure[]> {
    const rows: MesureRow[] = await this.dataSource.query(ONGOING_SQL, [
      addMs(at, -BUDGET_HOUR_MS),
      OPENING_SECONDS,
      addMs(at, -this.aliveForMs),
    ]);
    return rows.map(mesureOf);
  }

  async totals(): Promise<{ readonly mesures: readonly Mesure[]; readonly delaisAccuse: DelaisAccuse }> {
    const rows: MesureRow[] = await this.dataSource.query(TOTALS_SQL);
    const delais: Readonly<Record<string, string>>[] = await this.dataSource.query(DELAIS_SQL);
    const read = (column: string): number => Number(delais[0]?.[column] ?? 0);
    return {
      mesures: rows.map(mesureOf),
      delaisAccuse: {
        parBorne: DELAI_BORNES.map((borneSecondes) => ({
          borneSecondes,
          nombre: read(`en_${borneSecondes}`),
        })),
        nombre: read('nombre'),
        sommeSecondes: read('somme'),
      },
    };
  }
}
