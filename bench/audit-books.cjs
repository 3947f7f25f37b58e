// Les livres du banc des auditeurs : des actes, leurs transmissions, enveloppes, envois et publications, faits par PostgreSQL lui-même, par
// lots. Tout se calcule du rang de l'acte : deux chargements de même taille sont les mêmes.
const { searchableText } = require('../libs/teletransmission/src/index.ts');

const BATCH = 100_000;
const START = '2023-01-01T07:00:00Z';
const DAYS = 1_000;
const TABLES = ['deliberations', 'transmissions', 'enveloppes', 'envois', 'publications'];

const SUBJECTS = [
  'Création d’un poste d’adjoint technique',
  'Décision modificative',
  'Tarifs de la cantine et de la garderie',
  'Attribution de subventions aux associations',
  'Cession d’une parcelle cadastrée',
  'Réfection de la toiture de l’école élémentaire',
  'Convention de mise à disposition',
  'Règlement intérieur du marché',
  'Dénomination d’une voie nouvelle',
  'Aménagement d’une piste cyclable',
  'Garantie d’emprunt pour un programme de logements',
  'Élection des délégués communautaires',
  'Modification du tableau des effectifs',
  'Acquisition d’un véhicule électrique',
  'Rénovation thermique du gymnase',
  'Délégation de signature au maire',
];
const FIRST_NAMES =
  'Éloïse Anaïs Hélène Zoé Noël Gaëlle François Jérôme André Cécile Inès Béatrice Loïc Maël Thérèse Aimé'.split(
    ' ',
  );
const SYLLABLES = 'bré mau til gué far lor vès nan pié cho rec dou sal vil mer ché'.split(' ');

/** Des rues nommées d'après des personnes : quelques milliers de noms à accents, dont chacun revient rarement. */
function places() {
  const found = [];
  for (const first of FIRST_NAMES)
    for (const one of SYLLABLES)
      for (const two of SYLLABLES)
        found.push(`rue ${first}-${one[0].toUpperCase()}${one.slice(1)}${two}${SYLLABLES[found.length % 7]}`);
  return found;
}

const WORDS = { sujets: SUBJECTS, lieux: places() };

/** Les mots d'un acte, d'après son rang : de quoi demander ce qui existe. */
exports.wordsOf = function wordsOf(rank) {
  const place = WORDS.lieux[(rank * 7919) % WORDS.lieux.length];
  const subject = WORDS.sujets[rank % WORDS.sujets.length];
  return { nom: place.split('-')[1], prenom: place.split(/[ -]/)[1], sujet: subject.split(' ')[0] };
};

/** Une identité comme les nôtres : l'heure du dépôt, puis ce que le rang donne. */
const ID = (salt) =>
  `(lpad(to_hex((extract(epoch FROM le) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text || '${salt}'), 1, 3) || '8' || substr(md5(n::text || '${salt}'), 4, 15))::uuid`;

/** Presque tous les actes sont accusés ; les derniers sont en chemin, et quelques-uns dans un état rare. */
const SOURCE = `
  CREATE TABLE banc_actes AS SELECT 0::bigint AS n, now() AS le, '' AS etat, ''::text AS numero, NULL::uuid AS id, NULL::uuid AS t, NULL::uuid AS e,
    NULL::uuid AS c, ''::text AS siren WITH NO DATA;
  CREATE FUNCTION banc_acte(premier bigint, dernier bigint, total bigint, communes int) RETURNS void LANGUAGE sql AS $$
    TRUNCATE banc_actes;
    INSERT INTO banc_actes
      SELECT n, le, CASE WHEN n > total * 0.999 THEN CASE WHEN n % 3 = 0 THEN 'queued' ELSE 'awaiting-ack' END
          WHEN hasard < 2 THEN 'uncertain' WHEN hasard < 12 THEN 'held' WHEN hasard < 40 THEN 'rejected'
          WHEN hasard < 400 THEN 'cancelled' WHEN hasard < 900 THEN 'withdrawn' ELSE 'acknowledged' END,
        'N' || to_char(n, 'FM0000000000'), ${ID('d')}, ${ID('t')}, ${ID('e')}, c.id, c.siren
      FROM (SELECT n, '${START}'::timestamptz + (n::float8 / total) * interval '${DAYS} days' AS le,
          ('x' || substr(md5(n::text || 'h'), 1, 7))::bit(28)::int % 100000 AS hasard,
          1 + floor(communes * power(('x' || substr(md5(n::text || 'c'), 1, 7))::bit(28)::int / 268435456.0, 1.3))::int AS rang
        FROM generate_series(premier, dernier) n) a
      JOIN banc_communes c USING (rang);
  $$;`;

/** Un lot, table par table. */
const FILL = [
  `INSERT INTO deliberations (id, collectivite_id, identifiant_acte, numero_interne, nature, date_decision, objet, objet_recherche, matiere,
      votants, pour, contre, abstentions, blancs, nuls, voix_preponderante, deposee_le, deposee_par)
    SELECT a.id, c, '034-' || siren || '-' || to_char(le - interval '3 days', 'YYYYMMDD') || '-' || numero || '-DE', numero, 'DE',
      (le - interval '3 days')::date, s.objet || ' – ' || l.objet, s.recherche || ' ' || l.recherche, '8.1', 3, 3, 0, 0, 0, 0, false, le, d.id
    FROM banc_actes a JOIN banc_mots s ON s.genre = 'sujets' AND s.rang = n % (SELECT count(*) FROM banc_mots WHERE genre = 'sujets')
      JOIN banc_mots l ON l.genre = 'lieux' AND l.rang = n * 7919 % (SELECT count(*) FROM banc_mots WHERE genre = 'lieux')
      CROSS JOIN (SELECT id FROM comptes LIMIT 1) d ORDER BY n`,
  `INSERT INTO transmissions (id, deliberation_id, collectivite_id, identifiant_acte, state, since, version, cycle, turn, ack_due_at, is_overdue,
      enveloppe_id, teletransmise_le, date_reception, flux)
    SELECT t, id, c, '034-' || siren || '-' || to_char(le - interval '3 days', 'YYYYMMDD') || '-' || numero || '-DE', etat, le + interval '1 day',
      5, 1, 1, le + interval '3 days', etat = 'awaiting-ack' AND n % 20 = 0, CASE WHEN etat <> 'queued' THEN e END,
      CASE WHEN etat <> 'queued' THEN le + (n % 180) * interval '1 minute' END,
      CASE WHEN etat IN ('acknowledged', 'cancelled') THEN (le + (n % 4) * interval '1 day')::date END, '1-1' FROM banc_actes ORDER BY n`,
  `INSERT INTO enveloppes (id, transmission_id, collectivite_id, cycle, siren, jour, numero, nom_archive, empreinte, taille_octets, scellee_le)
    SELECT e, t, c, 1, siren, le::date, n, 'abc-EACT--' || siren || '--' || to_char(le, 'YYYYMMDD') || '-' || n || '.tar.gz',
      md5(n::text) || md5(n::text || 'e'), 300000, le FROM banc_actes WHERE etat <> 'queued' ORDER BY n`,
  `INSERT INTO envois (id, transmission_id, collectivite_id, enveloppe_id, turn, ouvert_le, bail_jusqua, clos_le, outcome, jeton)
    SELECT ${ID('v')}, t, c, e, 1, le, le + interval '1 minute', le + interval '1 second', 'accepted', 1 FROM banc_actes WHERE etat <> 'queued' ORDER BY n`,
  `INSERT INTO publications (deliberation_id, collectivite_id, state, date_publication, sans_adresse_connue)
    SELECT id, c, CASE WHEN publiee THEN 'published' ELSE 'unpublished' END, CASE WHEN publiee THEN (le + interval '5 days')::date END, publiee
    FROM (SELECT *, etat = 'acknowledged' AND n % 200 <> 0 AS publiee FROM banc_actes) a ORDER BY n`,
];

/**
 * Charge `actes` actes de `communes` collectivités dans une base à niveau, sous son propriétaire. Les index secondaires se refont à la fin :
 * un à un, ligne par ligne, ils prendraient dix fois ce temps.
 * @param told dit où l'on en est
 */
exports.load = async function load(owner, { actes, communes }, told) {
  await owner.query('SET session_replication_role = replica');
  await owner.query("SET maintenance_work_mem = '512MB'");
  await owner.query("SET timezone = 'UTC'");
  await owner.query(
    `INSERT INTO collectivites (id, siren, nom, departement, arrondissement, nature_collectivite, fuseau, classification_date_version)
      SELECT gen_random_uuid(), (200000000 + n)::text, 'Commune ' || n, lpad((1 + n % 95)::text, 3, '0'), '1', '31', 'Europe/Paris', '2022-01-01'
      FROM generate_series(1, $1::int) n`,
    [communes],
  );
  await owner.query(
    `CREATE TABLE banc_communes AS SELECT id, siren::text AS siren, row_number() OVER (ORDER BY siren)::int AS rang FROM collectivites WHERE nom LIKE 'Commune %'`,
  );
  await owner.query('CREATE TABLE banc_mots (genre text, rang bigint, objet text, recherche text)');
  for (const [genre, texts] of Object.entries(WORDS))
    await owner.query(
      'INSERT INTO banc_mots SELECT $1, o.rang - 1, o.objet, o.recherche FROM unnest($2::text[], $3::text[]) WITH ORDINALITY o(objet, recherche, rang)',
      [genre, texts, texts.map(searchableText)],
    );
  await owner.query(SOURCE);
  const rebuild = await setIndexesAside(owner);
  for (let first = 1; first <= actes; first += BATCH) {
    const last = Math.min(actes, first + BATCH - 1);
    await owner.query('SELECT banc_acte($1, $2, $3, $4)', [first, last, actes, communes]);
    for (const order of FILL) await owner.query(order);
    told(`${last.toLocaleString('fr-FR')} actes sur ${actes.toLocaleString('fr-FR')}`);
  }
  for (const [rank, { nom, order }] of rebuild.entries()) {
    told(`index ${rank + 1}/${rebuild.length} : ${nom}`);
    await owner.query(order);
  }
  told('statistiques');
  for (const table of [...TABLES, 'collectivites']) await owner.query(`VACUUM (ANALYZE) ${table}`);
  await owner.query('SET session_replication_role = origin');
};

/** Ôte tout index que sa clé primaire n'exige pas ; rend de quoi les refaire, tels quels. */
async function setIndexesAside(owner) {
  const { rows } = await owner.query(
    `SELECT i.indexrelid::regclass::text AS nom, i.indrelid::regclass::text AS de, pg_get_indexdef(i.indexrelid) AS definition,
        c.conname AS contrainte, pg_get_constraintdef(c.oid) AS exigence
      FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u'
      WHERE i.indrelid = ANY ($1::text[]::regclass[]) AND NOT i.indisprimary`,
    [TABLES],
  );
  for (const { nom, de, contrainte } of rows)
    await owner.query(
      contrainte === null ? `DROP INDEX ${nom}` : `ALTER TABLE ${de} DROP CONSTRAINT ${contrainte}`,
    );
  return rows.map(({ nom, de, definition, contrainte, exigence }) => ({
    nom,
    order: contrainte === null ? definition : `ALTER TABLE ${de} ADD CONSTRAINT ${contrainte} ${exigence}`,
  }));
}
