import { createDataSource, verifyJournal } from '@teletransmission/persistence';
import { createHash } from 'node:crypto';
import { Client } from 'pg';

type Text = string | null;

/** Une entrée du journal, chaque champ dans l'écriture qui entre dans l'empreinte. */
interface Entry {
  readonly parts: readonly Text[];
  readonly chaine: string;
  readonly rang: number;
  readonly empreinte_precedente: string;
  readonly empreinte: string;
}

const ENTRIES = `
  SELECT chaine, rang::int, empreinte_precedente, empreinte,
    ARRAY[chaine, rang::text, to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), sujet, sujet_id,
      deliberation_id::text, evenement, etat_avant, etat_apres, acteur_genre, acteur_id::text, acteur_nom, motif, preuve::text,
      empreinte_precedente::text] AS parts
  FROM audit_entries ORDER BY chaine, audit_entries.rang`;

/**
 * Recalcule ici, hors de la base, toute la chaîne d'audit : rangs qui se suivent, chaque entrée liée à la précédente, chaque
 * empreinte retrouvée ; puis, par le service cette fois, ce que les tables disent contre ce que le journal en a dit.
 * @returns le nombre d'entrées, et les fautes, vides quand rien n'a été touché.
 */
export async function verifyAuditChains(
  databaseUrl: string,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const socket = new URL(databaseUrl).searchParams.get('host');
  const client = new Client({ connectionString: databaseUrl, ...(socket === null ? {} : { host: socket }) });
  await client.connect();
  const { rows } = await client.query<Entry>(ENTRIES).finally(() => client.end());
  const faults = rows.flatMap((entry, index) => {
    const before = rows[index - 1];
    const previous = before?.chaine === entry.chaine ? before : { rang: 0, empreinte: '0'.repeat(64) };
    const name = `${entry.chaine} n° ${entry.rang}`;
    return [
      ...(entry.rang === previous.rang + 1 ? [] : [`${name} : rang qui ne suit pas`]),
      ...(entry.empreinte_precedente === previous.empreinte ? [] : [`${name} : lien rompu`]),
      ...(entry.empreinte === empreinteOf(entry.parts) ? [] : [`${name} : empreinte fausse`]),
    ];
  });
  return { count: rows.length, faults: [...faults, ...(await tableFaults(databaseUrl))] };
}

async function tableFaults(url: string): Promise<readonly string[]> {
  const dataSource = await createDataSource({ url, poolSize: 1, applicationName: 'essais' }).initialize();
  const { ecarts, unsaid } = await verifyJournal(dataSource).finally(() => dataSource.destroy());
  return [
    ...ecarts.map((ecart) => JSON.stringify(ecart)),
    // Une base neuve n'a pas de ligne d'avant : tout ce qui y est se compare.
    ...Object.entries(unsaid).flatMap(([what, count]) => (count === 0 ? [] : [`${what} : ${count}`])),
  ];
}

/** L'empreinte d'une entrée : SHA-256 de ses champs en tableau JSON, écrit comme PostgreSQL l'écrit. */
function empreinteOf(parts: readonly Text[]): string {
  const text = `[${parts.map((part) => JSON.stringify(part)).join(', ')}]`;
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
