import type { AcknowledgementCriteria, Period } from '@teletransmission/teletransmission';
import { uuidOf } from '../paging/page-of';
import { prepared } from '../sql/prepared';
import type { Conditions, Source } from './conditions';
import { conditionsOf } from './criteria-sql';

/** Un ordre SQL et ses valeurs. */
export interface Order {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** L'acte, vu de chaque table qui le connaît : toutes se joignent par lui, et la page se range par lui. */
const KEY: Readonly<Record<Source, string>> = {
  d: 'd.id',
  t: 't.deliberation_id',
  p: 'p.deliberation_id',
  c: 'c.id',
};
/** Un acte n'a qu'une transmission 1-1, née avec lui. */
const TABLE: Readonly<Record<Exclude<Source, 'c'>, string>> = {
  d: 'deliberations d',
  t: 'transmissions t',
  p: 'publications p',
};

/** Un jour que l'on cherche : la table qui le porte, son expression, celle qu'un index connaît, et les jours entre lesquels la chercher. */
interface Day {
  readonly source: Exclude<Source, 'c'>;
  readonly indexed: string;
  /** Ce que son index a d'autre que le jour : la colonne qu'il dit présente. */
  readonly column: string;
  readonly period: Period;
  /** De combien de jours l'index et la date cherchée peuvent différer. */
  readonly slack: number;
}

/** Un critère à qui l'index d'une période nuirait : il désigne de lui-même peu d'actes, ou ceux d'une collectivité. */
function isSelective(criteria: AcknowledgementCriteria): boolean {
  const { collectiviteId, siren, reference, mots, enRetard, nonPubliee, etat } = criteria;
  return (
    [collectiviteId, siren, reference, mots].some((one) => one !== undefined) ||
    enRetard === true ||
    nonPubliee === true ||
    (etat !== undefined && etat !== 'acknowledged')
  );
}

function dayOf(criteria: AcknowledgementCriteria): Day | null {
  if (isSelective(criteria)) return null;
  const { reception, teletransmission, publication, decision } = criteria;
  if (isBounded(reception))
    return {
      source: 't',
      indexed: 't.date_reception',
      column: 't.date_reception',
      period: reception,
      slack: 0,
    };
  if (isBounded(teletransmission))
    return {
      source: 't',
      indexed: `(t.teletransmise_le AT TIME ZONE 'UTC')::date`,
      column: 't.teletransmise_le',
      period: teletransmission,
      slack: 1,
    };
  if (isBounded(publication))
    return {
      source: 'p',
      indexed: 'p.date_publication',
      column: 'p.date_publication',
      period: publication,
      slack: 0,
    };
  return isBounded(decision)
    ? { source: 'd', indexed: 'd.date_decision', column: 'd.date_decision', period: decision, slack: 0 }
    : null;
}

function isBounded(period: Period | undefined): period is Period {
  return period?.du !== undefined || period?.au !== undefined;
}

const STEADY: ReadonlySet<string> = new Set(['reference', 'collectiviteId', 'siren']);

/** Vrai quand les valeurs ne changent pas le chemin : un acte par sa clé, ou les actes dans l'ordre, de tous ou d'une collectivité. */
function isSteady(criteria: AcknowledgementCriteria): boolean {
  const asked = Object.keys(criteria).filter(
    (name) => criteria[name as keyof AcknowledgementCriteria] !== undefined,
  );
  return criteria.reference?.kind !== 'partie' && asked.every((name) => STEADY.has(name));
}

/** Les identifiants d'une page, du plus récent dépôt au plus ancien. @throws MalformedCursor */
export function pageSql(criteria: AcknowledgementCriteria, after: string | null, limit: number): Order {
  const conditions = conditionsOf(criteria);
  const page: Page = {
    conditions,
    after: after === null ? null : conditions.bind(uuidOf(after)),
    limit: conditions.bind(limit),
  };
  const day = dayOf(criteria);
  const sql = day === null ? rankedSql('d', page) : byDaySql(day, page);
  return { sql: isSteady(criteria) ? prepared(sql) : sql, parameters: conditions.parameters };
}

interface Page {
  readonly conditions: Conditions;
  readonly after: string | null;
  readonly limit: string;
}

/** Les actes que `first` donne, dans l'ordre de la page ; PostgreSQL choisit l'index qui les y donne déjà rangés. */
function rankedSql(
  first: Day['source'],
  { conditions, after, limit }: Page,
  ...more: readonly string[]
): string {
  const others = (['d', 't', 'p'] as const).filter((source) => source !== first && conditions.needs(source));
  const joins = others.map((source) => ` JOIN ${TABLE[source]} ON ${KEY[source]} = ${KEY[first]}`);
  const present = [first, ...others];
  if (conditions.needs('c')) joins.push(` JOIN collectivites c ON c.id = ${first}.collectivite_id`);
  const bounds = present.flatMap((source) => [
    ...(source === 't' ? [`t.flux = '1-1'`] : []),
    ...(after === null ? [] : [`${KEY[source]} < ${after}::uuid`]),
  ]);
  return `SELECT ${KEY[first]} AS id FROM ${TABLE[first]}${joins.join('')} ${conditions.where(...bounds, ...more)}
    ORDER BY ${KEY[first]} DESC LIMIT ${limit}`;
}

/**
 * Une période de toute la plateforme : chaque jour donne le haut de sa propre liste, déjà rangée, et la page est le haut de leur réunion.
 * Le coût suit le nombre de jours, jamais celui des actes.
 */
function byDaySql({ source, indexed, column, period, slack }: Day, page: Page): string {
  const { conditions, limit } = page;
  const known = (edge: 'min' | 'max'): string =>
    `(SELECT ${edge}(${indexed}) FROM ${TABLE[source]} WHERE ${column} IS NOT NULL${source === 't' ? ` AND t.flux = '1-1'` : ''})`;
  const from = period.du === undefined ? 'NULL' : `${conditions.bind(period.du)}::date - ${slack}`;
  const to = period.au === undefined ? 'NULL' : `${conditions.bind(period.au)}::date + ${slack}`;
  return `SELECT haut.id FROM generate_series(greatest(${from}, ${known('min')})::timestamp,
      least(${to}, ${known('max')})::timestamp, '1 day') AS jour(le)
    CROSS JOIN LATERAL (${rankedSql(source, page, `${indexed} = jour.le::date`)}) haut
    ORDER BY haut.id DESC LIMIT ${limit}`;
}
