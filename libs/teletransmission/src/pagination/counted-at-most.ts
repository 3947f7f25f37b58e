/**
 * On compte jusque-là, et un de plus dit « plus de » : au-delà, le nombre exact n'aide personne à décider, et coûterait de lire toute la
 * table. Les mesures, elles, le donnent.
 */
export const COUNTED_AT_MOST = 2_000;
