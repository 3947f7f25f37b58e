import type { Classification } from '@teletransmission/teletransmission';
import type { Statement } from './statement';

/**
 * Range une nomenclature et la donne à sa collectivité, si `source` a une ligne. Une plus récente déjà reçue reste celle de la
 * collectivité : la base ne recule jamais, quoi qu'ait jugé qui écrit. Une version inscrite sans nomenclature reçue ne la retient pas.
 */
export function storeClassification(
  statement: Statement,
  name: string,
  classification: Classification,
  source: string,
): void {
  const { dateVersion, natures, matieres, recueLe } = classification;
  statement.step(
    name,
    `INSERT INTO classifications (collectivite_id, date_version, natures, matieres, recue_le)
      SELECT ${source}.collectivite_id, ${statement.bind(dateVersion, 'date')}, ${statement.bind(JSON.stringify(natures), 'jsonb')},
      ${statement.bind(JSON.stringify(matieres), 'jsonb')}, ${statement.bind(recueLe, 'timestamptz')} FROM ${source}
      ON CONFLICT (collectivite_id, date_version) DO UPDATE
      SET natures = excluded.natures, matieres = excluded.matieres, recue_le = excluded.recue_le RETURNING collectivite_id`,
  );
  statement.step(
    `adopte_${name}`,
    `UPDATE collectivites SET classification_date_version = ${statement.bind(dateVersion, 'date')}
      FROM ${source} WHERE collectivites.id = ${source}.collectivite_id AND (
        collectivites.classification_date_version <= ${statement.bind(dateVersion, 'date')} OR NOT EXISTS (SELECT 1
          FROM classifications c WHERE c.collectivite_id = collectivites.id AND c.date_version > ${statement.bind(dateVersion, 'date')}))
      RETURNING collectivites.id`,
  );
}
