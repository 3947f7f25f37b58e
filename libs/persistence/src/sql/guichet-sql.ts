import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';

/** Le nom d'un guichet, comme `guichetLabel` le dit : le département, précédé de sa liaison quand ce n'est pas la directe. */
export function guichetSql(liaison: string, departement: string): string {
  return `CASE WHEN ${liaison} = '${LIAISON_DIRECTE}' THEN ${departement} ELSE ${liaison} || '/' || ${departement} END`;
}

/**
 * Les guichets dont on a à dire quelque chose : ceux des collectivités, là où elles sont reliées, et ceux de cette table.
 * @param at l'instant où l'on regarde, ou le paramètre qui le porte.
 */
export function guichetsSql(table: 'prefectures' | 'disjoncteurs', at: string): string {
  return `SELECT r.liaison_id, c.departement FROM collectivites c
      JOIN rattachements r ON r.collectivite_id = c.id AND r.depuis <= ${at} AND ${at} < r.jusqua
    UNION SELECT liaison_id, departement FROM ${table}`;
}
