/** Parmi les transmissions `alias` d'un même identifiant : la vivante, sinon la dernière. */
export function livingFirst(alias: string): string {
  return `ORDER BY CASE WHEN ${alias}.state IN ('cancelled', 'withdrawn') THEN 1 ELSE 0 END, ${alias}.id DESC LIMIT 1`;
}
