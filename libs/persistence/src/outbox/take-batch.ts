import { prepared } from '../sql/prepared';

/** BullMQ n'a pas de rang plus grand ; au-delà, on attend son tour à égalité. */
const LAST_RANG = 2_097_151;

/**
 * Prend un lot, le marque porté, et donne à chaque travail son rang dans sa file, en un ordre. Le rang part de celui que la file sert à cet instant
 * (`$2` : file, `$3` : rang servi, zéro quand rien n'y attend) : la millième d'une collectivité passe après la première de toutes les
 * autres, et une nouvelle venue n'attend personne. Une file vide (`$4`) oublie ses rangs : ceux d'hier ne retardent personne. Un travail daté ne compte que ses semblables du lot : il a déjà attendu.
 */
export const TAKE_BATCH = prepared(`
  WITH lot AS MATERIALIZED (
    SELECT id, job, target_id, turn, not_before, trace_id FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT $1
      FOR UPDATE SKIP LOCKED
  ), portes AS (
    UPDATE outbox SET published_at = now() FROM lot WHERE outbox.id = lot.id RETURNING outbox.id
  ), places AS (
    SELECT lot.*, t.collectivite_id, coalesce(f.servi, 0) AS servi,
      row_number() OVER (PARTITION BY lot.job, t.collectivite_id, lot.not_before IS NULL ORDER BY lot.id) AS place
      FROM lot LEFT JOIN unnest($2::text[], $3::bigint[]) AS f (job, servi) ON f.job = lot.job
      LEFT JOIN transmissions t ON t.id = lot.target_id AND f.job IS NOT NULL
  ), rangs AS (
    INSERT INTO rangs_de_file AS r (job, collectivite_id, rang)
      SELECT job, collectivite_id, servi + count(*) FROM places WHERE collectivite_id IS NOT NULL AND not_before IS NULL
        GROUP BY job, collectivite_id, servi ORDER BY job, collectivite_id
      ON CONFLICT (job, collectivite_id) DO UPDATE
        SET rang = CASE WHEN r.job = ANY ($4::text[]) THEN 0
          ELSE greatest(r.rang - (SELECT max(servi) FROM places WHERE places.job = r.job), 0) END + excluded.rang
      RETURNING job, collectivite_id, rang
  ), oublies AS (
    DELETE FROM rangs_de_file r USING (SELECT job, collectivite_id FROM rangs_de_file v WHERE job = ANY ($4::text[])
        AND NOT EXISTS (SELECT FROM places p WHERE p.job = v.job AND p.collectivite_id = v.collectivite_id AND p.not_before IS NULL)
        ORDER BY job, collectivite_id FOR UPDATE SKIP LOCKED) AS v
      WHERE r.job = v.job AND r.collectivite_id = v.collectivite_id AND EXISTS (SELECT FROM lot) RETURNING r.job
  ), comptes AS (
    SELECT job, collectivite_id, count(*) AS nombre FROM places WHERE not_before IS NULL GROUP BY job, collectivite_id
  )
  SELECT places.id, places.job, places.target_id, places.turn, places.not_before, places.trace_id,
    CASE WHEN places.collectivite_id IS NULL THEN NULL
      WHEN places.not_before IS NULL THEN least(rangs.rang - comptes.nombre + places.place, ${LAST_RANG})
      ELSE places.place END::int AS rang
    FROM places LEFT JOIN rangs USING (job, collectivite_id) LEFT JOIN comptes USING (job, collectivite_id) ORDER BY places.id`);
