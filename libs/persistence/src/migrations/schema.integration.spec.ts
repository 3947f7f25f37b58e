import {
  CORRESPONDANCE_STATES,
  CORRESPONDANCE_TRANSITIONS,
  FLUX_LETTRES,
  PUBLICATION_STATES,
  PUBLICATION_TRANSITIONS,
  RETOUR_STATES,
  RETOUR_TRANSITIONS,
  ROLES,
  FORMATS,
  REMARQUES_PIECE,
  TRANSMISSION_STATES,
  TRANSMISSION_TRANSITIONS,
} from '@teletransmission/teletransmission';
import { freshDatabase } from '../../test/fresh-database';
import type { FreshDatabase } from '../../test/fresh-database';
import { ROWS } from '../data-source';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

interface Column {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
}

/** Comment PostgreSQL nomme le type qu'une ligne TypeORM déclare. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  char: 'bpchar',
  int: 'int4',
  bigint: 'int8',
  boolean: 'bool',
};

async function columnsOf(table: string): Promise<readonly Column[]> {
  return database.dataSource.query(
    `SELECT column_name AS name, ltrim(udt_name, '_') AS type, is_nullable = 'YES' AS "isNullable"
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY 1`,
    [table],
  );
}

describe('chaque ligne TypeORM', () => {
  it.each(ROWS.map((row) => [row.name, row] as const))(
    '%s a les colonnes du schéma, leur type et leur nullité',
    async (_, row) => {
      const { tableName, columns } = database.dataSource.getMetadata(row);
      const inSchema = new Map((await columnsOf(tableName)).map((column) => [column.name, column]));
      const declared = columns.map(({ databaseName, type, isNullable }) => ({
        name: databaseName,
        type: TYPE_NAMES[String(type)] ?? String(type),
        isNullable,
      }));
      expect(declared).toEqual(declared.map(({ name }) => inSchema.get(name)));
      expect(declared.length).toBeGreaterThan(3);
    },
  );

  it('n’oublie du schéma que ce que la base seule emploie', async () => {
    const forgotten: string[] = [];
    for (const row of ROWS) {
      const { tableName, columns } = database.dataSource.getMetadata(row);
      const known = columns.map(({ databaseName }) => databaseName);
      const missing = (await columnsOf(tableName)).filter(({ name }) => !known.includes(name));
      forgotten.push(...missing.map(({ name }) => `${tableName}.${name}`));
    }
    expect(forgotten).toEqual([
      'collectivites.inscrite_le',
      'deliberations.objet_recherche',
      'correspondances.jour_urgence',
      'correspondances.rang_urgence',
    ]);
  });
});

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

function linesOf(vie: string, table: Table): readonly string[] {
  return Object.entries(table).flatMap(([before, events]) =>
    Object.entries(events).map(([event, after]) => `${vie} ${before} ${event} ${after}`),
  );
}

describe('les listes de la base', () => {
  it('la table des transitions est celle du code, pour chaque vie', async () => {
    const rows: { line: string }[] = await database.dataSource.query(
      `SELECT concat_ws(' ', vie, etat_avant, evenement, etat_apres) AS line FROM transitions`,
    );
    const expected = [
      ...linesOf('transmission', TRANSMISSION_TRANSITIONS),
      ...linesOf('publication', PUBLICATION_TRANSITIONS),
      ...linesOf('retour', RETOUR_TRANSITIONS),
      ...linesOf('correspondance', CORRESPONDANCE_TRANSITIONS),
    ];
    expect(rows.map(({ line }) => line).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['transmissions', 'state', TRANSMISSION_STATES],
    ['publications', 'state', PUBLICATION_STATES],
    ['retours', 'state', RETOUR_STATES],
    ['correspondances', 'state', CORRESPONDANCE_STATES],
    ['correspondances', 'flux', FLUX_LETTRES],
    ['comptes', 'role', ROLES],
    ['pieces', 'format', FORMATS],
    ['pieces', 'remarques', REMARQUES_PIECE],
    ['reponse_pieces', 'remarques', REMARQUES_PIECE],
  ] as const)('%s.%s admet ce que le code connaît, et rien d’autre', async (table, column, known) => {
    const rows: { definition: string }[] = await database.dataSource.query(
      `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE conrelid = $1::regclass AND contype = 'c' AND conname = $2`,
      [table, `${table}_${column}_check`],
    );
    const listed = [...(rows[0]?.definition ?? '').matchAll(/'([^']+)'::text/g)].map((match) => match[1]);
    expect(listed.sort()).toEqual([...known].sort());
  });
});
