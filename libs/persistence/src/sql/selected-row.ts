import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { prepared } from './prepared';
import { readRowOrNull } from './read-rows';

/** Ce sont les colonnes de l'entité qui disent ce que chacune contient. */
const ANSWER = z.record(z.string(), z.unknown());

/** Une colonne lue : son nom dans la réponse, sa propriété, et ce que la ligne en fait. */
interface Selected {
  readonly name: string;
  readonly property: string;
  readonly read: (value: unknown) => unknown;
}

/** Ce que TypeORM sait d'une table, une fois la base ouverte. */
interface Columns {
  readonly sql: string;
  readonly json: string;
  readonly properties: readonly Selected[];
  readonly key: string;
}

/**
 * Une ligne parmi plusieurs qu'un même ordre lit : ses colonnes, chacune sous le nom de sa propriété, et de quoi la retrouver dans la
 * réponse. TypeORM dit les colonnes ; il n'a pas à refaire l'ordre à chaque lecture.
 */
export class SelectedRow<R extends object> {
  private known: Columns | undefined;

  /** @param alias le nom de la table dans l'ordre. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly entity: new () => R,
    private readonly alias: string,
  ) {}

  /** Les colonnes à lire. */
  get sql(): string {
    return this.columns.sql;
  }

  /** Les mêmes, en un objet JSON : pour une liste de lignes. Sans instant ni date, que JSON n'a pas. */
  get json(): string {
    return this.columns.json;
  }

  /** La ligne ; `null` quand la jointure n'en a pas trouvé. */
  read(answer: Readonly<Record<string, unknown>>): R | null {
    const { key, properties } = this.columns;
    if (answer[key] === null) return null;
    return Object.fromEntries(
      properties.map(({ name, property, read }) => [property, read(answer[name])]),
    ) as R;
  }

  /** La première ligne de sa table que cette clé trouve, par un ordre préparé. @param where ce qui suit la table, clés en paramètres. */
  async findFirst(where: string, values: readonly unknown[]): Promise<R | null> {
    const { tableName } = this.dataSource.getMetadata(this.entity);
    const sql = prepared(`SELECT ${this.sql} FROM ${tableName} ${this.alias} ${where}`);
    const found = await readRowOrNull(this.dataSource, ANSWER, sql, values);
    return found ? this.read(found) : null;
  }

  private get columns(): Columns {
    return (this.known ??= this.describe());
  }

  private describe(): Columns {
    const { alias } = this;
    const { columns } = this.dataSource.getMetadata(this.entity);
    const nameOf = (property: string): string => `${alias}_${property}`;
    // `pg` ferait d'une date un instant à minuit, heure de la machine.
    const valueOf = (name: string, type: unknown): string =>
      type === 'date' ? `${alias}.${name}::text` : `${alias}.${name}`;
    return {
      sql: columns
        .map(
          ({ databaseName, propertyName, type }) =>
            `${valueOf(databaseName, type)} AS "${nameOf(propertyName)}"`,
        )
        .join(', '),
      json: `json_build_object(${columns
        .map(({ databaseName, propertyName }) => `'${propertyName}', ${alias}.${databaseName}`)
        .join(', ')})`,
      properties: columns.map(({ propertyName: property, transformer }) => {
        const [from] = transformer === undefined ? [] : [transformer].flat();
        return {
          name: nameOf(property),
          property,
          read: (value): unknown => (from ? (from.from(value) as unknown) : value),
        };
      }),
      key: nameOf(columns.find(({ isPrimary }) => isPrimary)?.propertyName ?? ''),
    };
  }
}
