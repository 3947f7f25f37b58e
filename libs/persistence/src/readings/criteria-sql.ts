import type { AcknowledgementCriteria, ActeReference, Period } from '@teletransmission/teletransmission';
import { OBJET_MAX, searchableText, TRANSMISSION_STATES } from '@teletransmission/teletransmission';
import { statesSql } from '../sql/states-sql';
import type { Source } from './conditions';
import { Conditions } from './conditions';

function addPeriod(
  conditions: Conditions,
  column: string,
  period: Period | undefined,
  ...sources: readonly Source[]
): void {
  if (period?.du !== undefined)
    conditions.add(`${column} >= ${conditions.bind(period.du)}::date`, ...sources);
  if (period?.au !== undefined)
    conditions.add(`${column} <= ${conditions.bind(period.au)}::date`, ...sources);
}

/** Le premier instant du jour dans le plus à l'est des fuseaux employés, le dernier dans le plus à l'ouest : rien n'est parti hors d'eux. */
function addInstants(conditions: Conditions, period: Period | undefined): void {
  const edge = (sign: string, pick: string, day: string, shift: number): void => {
    conditions.add(
      `t.teletransmise_le ${sign} (SELECT ${pick}((${conditions.bind(day)}::date + ${shift})::timestamp AT TIME ZONE z.fuseau)
        FROM (SELECT DISTINCT fuseau FROM collectivites) z)`,
      't',
    );
  };
  if (period?.du !== undefined) edge('>=', 'min', period.du, 0);
  if (period?.au !== undefined) edge('<', 'max', period.au, 1);
}

/**
 * Chaque mot doit être dans l'objet, au moins par son début. Le texte est déjà réduit à ses mots : on les donne tels quels à
 * PostgreSQL, dont le découpage à lui couperait « 2e5eme » en deux. La même chose se dit deux fois : l'index ne sait que la première, et la
 * seconde, cinq fois moins chère, écarte d'abord les actes d'un parcours quand les mots sont courants.
 */
function addWords(conditions: Conditions, mots: string): void {
  const words = searchableText(mots)
    .split(' ')
    .filter((mot) => mot !== '')
    .map((mot) => mot.slice(0, OBJET_MAX));
  if (words.length === 0) return;
  const query = conditions.bind(words.map((mot) => `'${mot}':*`).join(' & '));
  conditions.add(`array_to_tsvector(string_to_array(d.objet_recherche, ' ')) @@ ${query}::tsquery`, 'd');
  for (const mot of words)
    conditions.add(`strpos(' ' || d.objet_recherche, ' ' || ${conditions.bind(mot)}::text) <> 0`, 'd');
}

/** `comparableNumero`, dans les mots de PostgreSQL. */
const comparable = (column: string): string => `translate(upper(${column}), '_/. ', '----')`;

function addReference(conditions: Conditions, reference: ActeReference): void {
  switch (reference.kind) {
    case 'id': {
      const id = conditions.bind(reference.id);
      conditions.add(
        `d.id IN (SELECT ${id}::uuid UNION ALL SELECT deliberation_id FROM transmissions WHERE id = ${id}::uuid AND flux = '1-1')`,
        'd',
      );
      return;
    }
    case 'identifiant':
      conditions.add(`d.identifiant_acte = ${conditions.bind(reference.identifiant)}`, 'd');
      return;
    case 'numero':
      conditions.add(`${comparable('d.numero_interne')} = ${conditions.bind(reference.texte)}`, 'd');
      return;
    case 'partie':
      conditions.add(
        `strpos(${comparable('d.identifiant_acte')}, ${conditions.bind(reference.texte)}) > 0`,
        'd',
      );
  }
}

/** L'acte et sa transmission disent tous deux de quelle collectivité ils sont : l'un et l'autre index servent. */
function addCollectivite(conditions: Conditions, id: string): void {
  conditions.add(`d.collectivite_id = ${id}`, 'd');
  if (conditions.needs('t')) conditions.add(`t.collectivite_id = ${id}`, 't');
  if (conditions.needs('p')) conditions.add(`p.collectivite_id = ${id}`, 'p');
}

/** Traduit les critères de l'historique des accusés ; les alias sont ceux de `VIEW_SQL`. */
export function conditionsOf(criteria: AcknowledgementCriteria): Conditions {
  const conditions = new Conditions();
  if (criteria.reference !== undefined) addReference(conditions, criteria.reference);
  if (criteria.nature !== undefined) conditions.add(`d.nature = ${conditions.bind(criteria.nature)}`, 'd');
  // Écrit en toutes lettres : un index partiel ne se reconnaît pas à un paramètre.
  const etats = TRANSMISSION_STATES.filter((state) => state === criteria.etat);
  if (criteria.etat !== undefined) conditions.add(`t.state IN (${statesSql(etats)})`, 't');
  if (criteria.avecAccuse === true) conditions.add('t.date_reception IS NOT NULL', 't');
  if (criteria.enRetard === true) conditions.add('t.is_overdue', 't');
  if (criteria.nonPubliee === true) conditions.add(`p.state = 'unpublished'`, 'p');
  if (criteria.matiere !== undefined) {
    // « 7 » trouve 7.1 et 7.10, « 7.1 » ne trouve pas 7.10.
    conditions.add(`starts_with(d.matiere || '.', ${conditions.bind(`${criteria.matiere}.`)})`, 'd');
  }
  addPeriod(conditions, 'd.date_decision', criteria.decision, 'd');
  const { teletransmission } = criteria;
  addPeriod(conditions, '(t.teletransmise_le AT TIME ZONE c.fuseau)::date', teletransmission, 't', 'c');
  addInstants(conditions, teletransmission);
  addPeriod(conditions, 't.date_reception', criteria.reception, 't');
  addPeriod(conditions, 'p.date_publication', criteria.publication, 'p');
  if (criteria.mots !== undefined) addWords(conditions, criteria.mots);
  if (criteria.collectiviteId !== undefined)
    addCollectivite(conditions, conditions.bind(criteria.collectiviteId));
  if (criteria.siren !== undefined)
    addCollectivite(
      conditions,
      `(SELECT id FROM collectivites WHERE siren = ${conditions.bind(criteria.siren)})`,
    );
  return conditions;
}
