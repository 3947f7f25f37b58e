import { LIAISON_DIRECTE } from '@teletransmission/teletransmission';

/** Le nom d'un guichet, comme `guichetLabel` le dit : le département, précédé de sa liaison quand ce n'est pas la directe. */
export function guichetSql(liaison: string, departement: string): string {
  return `CASE WHEN ${liaison} = '${LIAISON_DIRECTE}' THEN ${departement} ELSE ${liaison} || '/' || ${departement} END`;
}

/** Le rattachement `r` de la collectivité `c` qui vaut à cet instant. */
function boundAt(at: string): string {
  return `rattachements r ON r.collectivite_id = c.id AND r.depuis <= ${at} AND ${at} < r.jusqua`;
}

/** La liaison `l` où la collectivité `c` est reliée à cet instant, s'il y en a une. */
export function liaisonAtJoin(at: string): string {
  return `LEFT JOIN ${boundAt(at)} LEFT JOIN liaisons l ON l.id = r.liaison_id`;
}

/** La préfecture `p` de la collectivité `c` par la liaison `l`, et son disjoncteur `d`. */
export const GUICHET_JOIN = `LEFT JOIN prefectures p ON p.liaison_id = l.id AND p.departement = c.departement
  LEFT JOIN disjoncteurs d ON d.liaison_id = l.id AND d.departement = c.departement`;

/**
 * Les guichets dont on a à dire quelque chose : ceux des collectivités, là où elles sont reliées, et ceux de cette table.
 * @param at l'instant où l'on regarde, ou le paramètre qui le porte.
 */
export function guichetsSql(table: 'prefectures' | 'disjoncteurs', at: string): string {
  return `SELECT r.liaison_id, c.departement FROM collectivites c
      JOIN ${boundAt(at)}
    UNION SELECT liaison_id, departement FROM ${table}`;
}
