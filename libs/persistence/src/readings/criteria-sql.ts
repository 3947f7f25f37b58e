import type { AcknowledgementCriteria, ActeReference, Period } from '@teletransmission/teletransmission';
import { OBJET_MAX, searchableText } from '@teletransmission/teletransmission';

/** Une condition `WHERE` composée critère par critère ; les valeurs sont toujours liées. */
export class Conditions {
  readonly parameters: unknown[] = [];
  private readonly clauses: string[] = [];

  bind(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }

  add(clause: string): void {
    this.clauses.push(clause);
  }

  get where(): string {
    return this.clauses.length === 0 ? '' : `WHERE ${this.clauses.join(' AND ')}`;
  }
}

function addPeriod(conditions: Conditions, column: string, period: Period | undefined): void {
  if (period?.du !== undefined) conditions.add(`${column} >= ${conditions.bind(period.du)}::date`);
  if (period?.au !== undefined) conditions.add(`${column} <= ${conditions.bind(period.au)}::date`);
}

/**
 * Chaque mot doit être dans l'objet, au moins par son début. Le texte est déjà réduit à ses mots : on les donne tels quels à
 * PostgreSQL, dont le découpage à lui couperait « 2e5eme » en deux.
 */
function addWords(conditions: Conditions, mots: string): void {
  const words = searchableText(mots)
    .split(' ')
    .filter((mot) => mot !== '');
  if (words.length === 0) return;
  const query = conditions.bind(words.map((mot) => `'${mot.slice(0, OBJET_MAX)}':*`).join(' & '));
  conditions.add(`array_to_tsvector(string_to_array(d.objet_recherche, ' ')) @@ ${query}::tsquery`);
}

/** `comparableNumero`, dans les mots de PostgreSQL. */
const comparable = (column: string): string => `translate(upper(${column}), '_/. ', '----')`;

function addReference(conditions: Conditions, reference: ActeReference): void {
  switch (reference.kind) {
    case 'id': {
      const id = conditions.bind(reference.id);
      conditions.add(`(d.id = ${id}::uuid OR t.id = ${id}::uuid)`);
      return;
    }
    case 'identifiant':
      conditions.add(`d.identifiant_acte = ${conditions.bind(reference.identifiant)}`);
      return;
    case 'numero':
      conditions.add(`${comparable('d.numero_interne')} = ${conditions.bind(reference.texte)}`);
      return;
    case 'partie':
      conditions.add(`strpos(${comparable('d.identifiant_acte')}, ${conditions.bind(reference.texte)}) > 0`);
  }
}

/** Traduit les critères de l'historique des accusés ; les alias sont ceux de `VIEW_SQL`. */
export function conditionsOf(criteria: AcknowledgementCriteria): Conditions {
  const conditions = new Conditions();
  if (criteria.collectiviteId !== undefined)
    conditions.add(`d.collectivite_id = ${conditions.bind(criteria.collectiviteId)}`);
  if (criteria.siren !== undefined) conditions.add(`c.siren = ${conditions.bind(criteria.siren)}`);
  if (criteria.reference !== undefined) addReference(conditions, criteria.reference);
  if (criteria.nature !== undefined) conditions.add(`d.nature = ${conditions.bind(criteria.nature)}`);
  if (criteria.etat !== undefined) conditions.add(`t.state = ${conditions.bind(criteria.etat)}`);
  if (criteria.avecAccuse === true) conditions.add('t.date_reception IS NOT NULL');
  if (criteria.enRetard === true) conditions.add('t.is_overdue');
  if (criteria.nonPubliee === true) conditions.add(`p.state = 'unpublished'`);
  if (criteria.matiere !== undefined) {
    // « 7 » trouve 7.1 et 7.10, « 7.1 » ne trouve pas 7.10.
    conditions.add(`starts_with(d.matiere || '.', ${conditions.bind(`${criteria.matiere}.`)})`);
  }
  addPeriod(conditions, 'd.date_decision', criteria.decision);
  addPeriod(conditions, '(t.teletransmise_le AT TIME ZONE c.fuseau)::date', criteria.teletransmission);
  addPeriod(conditions, 't.date_reception', criteria.reception);
  addPeriod(conditions, 'p.date_publication', criteria.publication);
  if (criteria.mots !== undefined) addWords(conditions, criteria.mots);
  return conditions;
}
