// Ce que demandent les auditeurs et le bureau, avec des valeurs que les livres du banc ont vraiment. Chaque question se pose aux lectures
// mêmes du service ; celles de l'API, par HTTP aussi.
const { encodeCursor } = require('../libs/persistence/src/paging/cursor.ts');
const { wordsOf } = require('./audit-books.cjs');

const PAGE = 50;

const monthOf = (day) => {
  const [year, month] = day.split('-').map(Number);
  return { du: `${day.slice(0, 7)}-01`, au: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) };
};
const weekOf = (day) => ({
  du: day,
  au: new Date(Date.parse(day) + 6 * 86_400_000).toISOString().slice(0, 10),
});

/** Une question posée à `search` : ses critères, et la même à l'API. @param goal le p95 à tenir, en millisecondes */
const searching = (nom, goal, criteriaOf, queryOf) => ({
  nom,
  goal,
  ask: ({ readings }, acte) => readings.search(criteriaOf(acte), acte.after ?? null, PAGE),
  url: (acte) =>
    `/v1/deliberations?${new URLSearchParams({ limite: String(PAGE), ...(acte.after ? { apres: acte.after } : {}), ...queryOf(acte) })}`,
});

/** @param deep le curseur de la page 10 000, ou de la dernière que ces livres aient */
exports.questionsOf = function questionsOf(deep) {
  const atDepth = (question) => ({
    ...question,
    ask: (parts, acte) => question.ask(parts, { ...acte, after: deep.cursor }),
    url: (acte) => question.url({ ...acte, after: deep.cursor }),
  });
  const none = () => ({});
  return [
    searching(
      'identifiant exact',
      2,
      ({ identifiant }) => ({ reference: { kind: 'identifiant', identifiant } }),
      ({ identifiant }) => ({ identifiant }),
    ),
    searching(
      'SIREN et année',
      5,
      ({ siren, decision }) => ({
        siren,
        decision: { du: `${decision.slice(0, 4)}-01-01`, au: `${decision.slice(0, 4)}-12-31` },
      }),
      ({ siren, decision }) => ({
        siren,
        decisionDu: `${decision.slice(0, 4)}-01-01`,
        decisionAu: `${decision.slice(0, 4)}-12-31`,
      }),
    ),
    searching(
      'mois de réception, une collectivité',
      5,
      ({ siren, reception }) => ({ siren, reception: monthOf(reception) }),
      ({ siren, reception }) => ({
        siren,
        receptionDu: monthOf(reception).du,
        receptionAu: monthOf(reception).au,
      }),
    ),
    searching(
      'mois de réception, toutes',
      5,
      ({ reception }) => ({ reception: monthOf(reception) }),
      ({ reception }) => ({ receptionDu: monthOf(reception).du, receptionAu: monthOf(reception).au }),
    ),
    searching(
      'deux mots rares, accentués',
      50,
      ({ rang }) => ({ mots: `${wordsOf(rang).prenom} ${wordsOf(rang).nom}` }),
      ({ rang }) => ({ mots: `${wordsOf(rang).prenom} ${wordsOf(rang).nom}` }),
    ),
    searching(
      'deux mots courants, accentués',
      50,
      () => ({ mots: 'création éloïse' }),
      () => ({ mots: 'création éloïse' }),
    ),
    searching('page 1', 5, none, none),
    atDepth(searching(deep.nom, 5, none, none)),
    searching(
      'état rare',
      5,
      () => ({ etat: 'held' }),
      () => ({ etat: 'held' }),
    ),
    searching(
      'état courant',
      5,
      () => ({ etat: 'acknowledged' }),
      () => ({ etat: 'acknowledged' }),
    ),
    searching(
      'semaine de télétransmission',
      50,
      ({ depart }) => ({ teletransmission: weekOf(depart) }),
      ({ depart }) => ({ teletransmissionDu: weekOf(depart).du, teletransmissionAu: weekOf(depart).au }),
    ),
    searching(
      'à publier',
      5,
      () => ({ etat: 'acknowledged', nonPubliee: true }),
      () => ({ etat: 'acknowledged' }),
    ),
    { nom: 'comptages par état', goal: 50, ask: ({ readings }) => readings.counts(null), url: () => null },
    {
      nom: 'comptages d’une collectivité',
      goal: 50,
      ask: ({ readings }, { collectivite }) => readings.counts(collectivite),
      url: () => null,
    },
    { nom: 'accueil du bureau', goal: 50, ask: ({ home }) => home(), url: () => null },
  ];
};

/** Des actes tirés de tous les livres : de quoi demander ce qui existe. */
exports.sample = async function sample(owner, actes, size) {
  const ranks = Array.from(
    { length: size },
    (_, n) => 1 + Math.floor((((n * 2_654_435_761) % 2 ** 32) / 2 ** 32) * actes * 0.99),
  );
  const { rows } = await owner.query(
    `SELECT d.identifiant_acte AS identifiant, c.siren, d.collectivite_id AS collectivite, d.date_decision::text AS decision,
        coalesce(t.date_reception, d.deposee_le::date)::text AS reception, d.deposee_le::date::text AS depart, substr(d.numero_interne, 2)::bigint::int AS rang
      FROM deliberations d JOIN collectivites c ON c.id = d.collectivite_id JOIN transmissions t ON t.deliberation_id = d.id
      WHERE translate(upper(d.numero_interne), '_/. ', '----') = ANY ($1)`,
    [ranks.map((rank) => `N${String(rank).padStart(10, '0')}`)],
  );
  return rows;
};

/** Le curseur d'une page profonde, cherché une fois, hors des mesures. */
exports.deepPage = async function deepPage(owner, actes) {
  const page = Math.min(10_000, Math.floor(actes / PAGE) - 1);
  const { rows } = await owner.query('SELECT id FROM deliberations ORDER BY id DESC OFFSET $1 LIMIT 1', [
    (page - 1) * PAGE - 1,
  ]);
  return { nom: `page ${page.toLocaleString('fr-FR')}`, cursor: encodeCursor([rows[0].id]) };
};
