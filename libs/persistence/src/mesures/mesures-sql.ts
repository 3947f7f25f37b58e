import {
  DELAI_BORNES,
  ONGOING_TRANSMISSION_STATES,
  RETOUR_STATES,
  TRANSMISSION_STATES,
  TRAY_RETOUR_STATES,
} from '@teletransmission/teletransmission';
import { guichetSql, guichetsSql } from '../sql/guichet-sql';
import { departuresSql } from '../sql/departures-sql';

/** L'index partiel `transmissions_silence` les porte : ils se comptent sans parcourir les actes finis. */
const ONGOING: readonly string[] = ONGOING_TRANSMISSION_STATES;
/** De même pour les retours, et `retours_bac`. */
const WAITING: readonly string[] = ['received', ...TRAY_RETOUR_STATES];

const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
const others = (all: readonly string[], some: readonly string[]): string =>
  listed(all.filter((word) => !some.includes(word)));

/**
 * Tout ce qui est en cours, en un seul ordre, donc vu à un seul instant. Paramètres : `$1` il y a une heure, `$2` le temps d'ouverture
 * d'un départ, `$3` depuis quand un travailleur compte comme vivant.
 */
export const ONGOING_SQL = `
  WITH departs_comptes AS (${departuresSql('$1', '$2')})
  SELECT 'transmission' AS sujet, state AS cle, count(*) AS nombre, min(since) AS depuis, NULL AS etat
    FROM transmissions WHERE state IN (${listed(ONGOING)}) GROUP BY state
  UNION ALL SELECT 'retour', state, count(*), min(recu_le), NULL FROM retours WHERE state IN (${listed(WAITING)}) GROUP BY state
  UNION ALL SELECT 'envoi-ouvert', '', count(*), min(ouvert_le), NULL FROM envois WHERE clos_le IS NULL
  UNION ALL SELECT 'alerte', genre, count(*), min(depuis), NULL FROM alertes WHERE fermee_le IS NULL GROUP BY genre
  UNION ALL SELECT 'message', '', count(*), min(created_at), NULL FROM outbox WHERE published_at IS NULL
  UNION ALL SELECT 'travail-regulier', travail, 1, coalesce(reussi_le, suivi_depuis), NULL FROM pouls
  UNION ALL SELECT 'travailleur', '', count(*), max(vu_le), NULL FROM travailleurs WHERE vu_le > $3
  UNION ALL SELECT 'disjoncteur', ${guichetSql('c.liaison_id', 'c.departement')}, 1, d.change_le, coalesce(d.state, 'closed')
    FROM (${guichetsSql('disjoncteurs', 'now()')}) c LEFT JOIN disjoncteurs d ON d.liaison_id = c.liaison_id AND d.departement = c.departement
  UNION ALL SELECT 'budget-actes', ${guichetSql('liaison_id', 'departement')}, actes_par_heure, NULL, NULL FROM prefectures WHERE actes_par_heure IS NOT NULL
  UNION ALL SELECT 'budget-octets', ${guichetSql('liaison_id', 'departement')}, octets_par_heure, NULL, NULL FROM prefectures WHERE octets_par_heure IS NOT NULL
  UNION ALL SELECT 'departs-actes', ${guichetSql('liaison_id', 'departement')}, count(*), min(le), NULL
    FROM departs_comptes GROUP BY liaison_id, departement
  UNION ALL SELECT 'departs-octets', ${guichetSql('liaison_id', 'departement')}, sum(octets), min(le), NULL
    FROM departs_comptes GROUP BY liaison_id, departement
  UNION ALL SELECT 'document', genre, count(*), min(vu_le), NULL FROM constats_documents WHERE resolu_le IS NULL GROUP BY genre
  UNION ALL SELECT 'sauvegarde', '', count(*), max(finie_le), NULL FROM sauvegardes`;

/** Ce qui s'est accumulé : des lignes que plus rien ne change, comptées toutes. */
export const TOTALS_SQL = `
  SELECT 'transmission' AS sujet, state AS cle, count(*) AS nombre, NULL AS depuis, NULL AS etat
    FROM transmissions WHERE state IN (${others(TRANSMISSION_STATES, ONGOING)}) GROUP BY state
  UNION ALL SELECT 'retour', state, count(*), NULL, NULL FROM retours WHERE state IN (${others(RETOUR_STATES, WAITING)}) GROUP BY state
  UNION ALL SELECT 'envoi', outcome, count(*), NULL, NULL FROM envois WHERE outcome IS NOT NULL GROUP BY outcome
  UNION ALL SELECT 'depot', '', count(*), NULL, NULL FROM deliberations
  UNION ALL SELECT 'stockage', '', coalesce(sum(taille_octets + coalesce(signature_octets, 0)), 0), NULL, NULL FROM pieces
  UNION ALL SELECT 'quota', niveau, count(*), NULL, NULL FROM (
    SELECT CASE WHEN sum(p.taille_octets + coalesce(p.signature_octets, 0)) >= c.quota_octets THEN 'atteint' ELSE 'proche' END AS niveau
      FROM collectivites c JOIN deliberations d ON d.collectivite_id = c.id JOIN pieces p ON p.deliberation_id = d.id
      WHERE c.quota_octets IS NOT NULL GROUP BY c.id
      HAVING sum(p.taille_octets + coalesce(p.signature_octets, 0)) >= 0.9 * c.quota_octets) AS au_bord GROUP BY niveau`;

/** Le délai de chaque accusé appliqué (1-2), du dépôt de l'acte à l'heure où l'accusé est arrivé chez nous. */
export const DELAIS_SQL = `
  SELECT count(*) AS nombre, coalesce(sum(secondes), 0) AS somme,
    ${DELAI_BORNES.map((borne) => `count(*) FILTER (WHERE secondes <= ${borne}) AS en_${borne}`).join(', ')}
    FROM (SELECT extract(epoch FROM r.recu_le - d.deposee_le) AS secondes FROM retours r
      JOIN transmissions t ON t.id = r.transmission_id JOIN deliberations d ON d.id = t.deliberation_id
      WHERE r.state = 'applied' AND r.flux = '1-2') AS delais`;
