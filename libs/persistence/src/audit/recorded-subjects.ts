import type { Instant } from '@teletransmission/kernel';
import { instantOf } from '@teletransmission/kernel';
import type { Evidence, JournalLine } from '@teletransmission/teletransmission';
import type { EntityManager } from 'typeorm';

/** Un sujet du journal : sa ligne d'aujourd'hui, s'il en a une, et tout ce que le journal en a dit. */
export interface RecordedSubject {
  readonly id: string;
  readonly row: Recorded | null;
  /** Ce que d'autres tables en tiennent. */
  readonly parts: readonly Recorded[];
  readonly lines: readonly JournalLine[];
}

/** Une ligne de table, dans l'écriture de JSON. */
export type Recorded = Readonly<Record<string, unknown>>;

export type SubjectTable = 'transmissions' | 'publications' | 'retours' | 'correspondances' | 'deliberations';

const PAGE = 500;

/** Une ligne du journal, dans l'ordre où `lineOf` la relit. */
const LINE = `json_build_array(a.chaine, a.deliberation_id, a.evenement, a.etat_avant, a.etat_apres, a.instant, a.acteur_id, a.preuve::text)`;

/** Tout ce que le journal dit d'un genre de sujet, un sujet par ligne. */
function linesOf(sujet: string, scope: string): string {
  return `SELECT a.sujet_id, json_agg(${LINE} ORDER BY a.chaine, a.rang) AS lignes FROM audit_entries a
    WHERE a.sujet = '${sujet}' AND (${scope}) GROUP BY a.sujet_id`;
}

/** Toutes les lignes d'une table, et tout ce que le journal dit de ce genre de sujet, appariés : ni l'un ni l'autre ne manque à l'appel. */
function paired(table: string, key: string, sujet: string, parts: string, scope?: string): string {
  return `SELECT coalesce(t.${key}::text, j.sujet_id) AS id, CASE WHEN t.${key} IS NOT NULL THEN to_json(t) END AS ligne,
    (${parts}) AS parties, j.lignes
    FROM (SELECT * FROM ${table} WHERE $1::uuid IS NULL OR collectivite_id = $1) t
    FULL JOIN (${linesOf(sujet, scope ?? '$1::uuid IS NULL OR a.collectivite_id = $1')}) j ON j.sujet_id = t.${key}::text
    ORDER BY 1`;
}

const QUERIES: Readonly<Record<SubjectTable, string>> = {
  transmissions: paired(
    'transmissions',
    'id',
    'transmission',
    `SELECT json_agg(p) FROM (
      SELECT to_json(e) AS p FROM enveloppes e WHERE e.transmission_id = t.id AND e.nom_archive IS NOT NULL
      UNION ALL SELECT to_json(r) FROM reponse_pieces r WHERE r.transmission_id = t.id) AS tenues`,
  ),
  publications: paired(
    'publications',
    'deliberation_id',
    'publication',
    'SELECT json_agg(d) FROM (SELECT identifiant_acte FROM deliberations WHERE id = t.deliberation_id) d',
  ),
  // Un retour naît dans la chaîne de la plateforme, et n'est d'une collectivité qu'une fois lu : ses lignes ne se bornent pas à une chaîne.
  retours: paired(
    'retours',
    'id',
    'retour',
    'NULL::json',
    '$1::uuid IS NULL OR a.sujet_id IN (SELECT id::text FROM retours WHERE collectivite_id = $1)',
  ),
  correspondances: paired('correspondances', 'id', 'correspondance', 'NULL::json'),
  deliberations: `SELECT d.id, to_json(d) AS ligne,
    (SELECT json_agg(p ORDER BY p.rang) FROM pieces p WHERE p.deliberation_id = d.id) AS parties,
    (SELECT json_agg(${LINE} ORDER BY a.chaine, a.rang) FROM audit_entries a
      JOIN transmissions t ON t.id::text = a.sujet_id AND t.deliberation_id = d.id AND t.flux = '1-1'
      WHERE a.deliberation_id = d.id AND a.sujet = 'transmission' AND a.evenement = 'deposited') AS lignes
    FROM deliberations d WHERE $1::uuid IS NULL OR d.collectivite_id = $1 ORDER BY d.id`,
};

type Line = readonly [
  chaine: string,
  deliberationId: string | null,
  evenement: string,
  etatAvant: string | null,
  etatApres: string | null,
  instant: string,
  acteurId: string | null,
  preuve: string,
];

interface SubjectRow {
  readonly id: string;
  readonly ligne: Recorded | null;
  readonly parties: readonly Recorded[] | null;
  readonly lignes: readonly Line[] | null;
}

/**
 * Les sujets d'une table, un à un, vus de cette transaction : la mémoire ne suit pas leur nombre.
 * @param collectiviteId `null` : ceux de toute la plateforme.
 */
export async function* recordedSubjects(
  manager: EntityManager,
  table: SubjectTable,
  collectiviteId: string | null,
): AsyncGenerator<RecordedSubject> {
  const cursor = `sujets_${table}`;
  await manager.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${QUERIES[table]}`, [collectiviteId]);
  for (;;) {
    const page: SubjectRow[] = await manager.query(`FETCH ${PAGE} FROM ${cursor}`);
    for (const { id, ligne, parties, lignes } of page)
      yield { id, row: ligne, parts: parties ?? [], lines: (lignes ?? []).map(lineOf) };
    if (page.length < PAGE) break;
  }
  await manager.query(`CLOSE ${cursor}`);
}

function lineOf([
  chaine,
  deliberationId,
  evenement,
  etatAvant,
  etatApres,
  instant,
  acteurId,
  preuve,
]: Line): JournalLine {
  return {
    chaine,
    deliberationId,
    evenement,
    etatAvant,
    etatApres,
    instant: instantText(instant) as Instant,
    acteurId,
    preuve: evidenceOf(preuve),
  };
}

/** La preuve d'une ligne : du JSON, la base y tient ; falsifiée, elle peut n'être plus un objet, et ne dit alors plus rien. */
function evidenceOf(text: string): Evidence {
  const read: unknown = JSON.parse(text);
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Evidence) : {};
}

/** Un texte, ou un nombre qui en tient lieu, d'une colonne. */
export function textOf(row: Recorded, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : String(value);
}

export function nullableText(row: Recorded, column: string): string | null {
  return row[column] === null || row[column] === undefined ? null : textOf(row, column);
}

/** Un instant, dans notre écriture ; ce qui n'en est pas un (« infinity ») reste tel quel, et diffère de tout. */
export function instantIn(row: Recorded, column: string): Instant | null {
  const text = nullableText(row, column);
  return text === null ? null : (instantText(text) as Instant);
}

function instantText(text: string): string {
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? text : instantOf(epochMs);
}
