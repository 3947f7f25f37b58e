import type { Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { DelaisAccuse, Mesure, Mesures } from '@teletransmission/teletransmission';
import { BUDGET_HOUR_MS, DELAI_BORNES, MESURE_SUJETS } from '@teletransmission/teletransmission';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { column } from '../sql/columns';
import { readRowOrNull, readRows } from '../sql/read-rows';
import { OPENING_SECONDS } from '../sql/departures-sql';
import { DELAIS_SQL, ONGOING_SQL, TOTALS_SQL } from './mesures-sql';

const MESURE = z.object({
  sujet: column.word(MESURE_SUJETS),
  cle: column.text,
  nombre: column.bigint,
  depuis: column.instant.nullable(),
  etat: column.text.nullable(),
});

const DELAIS_ROW = z.record(z.string(), column.bigint);

/** Ce que la base compte d'elle-même : trois ordres, une connexion à la fois. */
export class PgMesures implements Mesures {
  /** @param aliveForMs le silence au-delà duquel un travailleur n'est plus compté. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly aliveForMs: number,
  ) {}

  async ongoing(at: Instant): Promise<readonly Mesure[]> {
    return readRows(this.dataSource, MESURE, ONGOING_SQL, [
      addMs(at, -BUDGET_HOUR_MS),
      OPENING_SECONDS,
      addMs(at, -this.aliveForMs),
    ]);
  }

  async totals(): Promise<{ readonly mesures: readonly Mesure[]; readonly delaisAccuse: DelaisAccuse }> {
    const mesures = await readRows(this.dataSource, MESURE, TOTALS_SQL);
    const delais = await readRowOrNull(this.dataSource, DELAIS_ROW, DELAIS_SQL);
    const read = (name: string): number => delais?.[name] ?? 0;
    return {
      mesures,
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
