import type { DataSource } from 'typeorm';

/** Une colonne lue : son nom dans la réponse, sa propriété, et ce que la ligne en fait. */
interface Selected {
  readonly name: string;
  readonly property: string;
  readonly read: (value: unknown) => unknown;
}

/**
 * Une ligne parmi plusieurs qu'un même ordre lit : ses colonnes, chacune sous le nom de sa propriété, et de quoi la retrouver dans la
 * réponse. TypeORM dit les colonnes ; il n'a pas à refaire l'ordre à chaque lecture.
 */
export class SelectedRow<R extends object> {
  /** Les colonnes à lire. */
  readonly sql: string;
  /** Les mêmes, en un objet JSON : pour une liste de lignes. Sans instant ni date, que JSON n'a pas. */
  readonly json: string;
  private readonly properties: readonly Selected[];
  private readonly key: string;

  /** @param alias le nom de la table dans l'ordre. */
  constructor(
    dataSource: DataSource,
    entity: new () => R,
    private readonly alias: string,
  ) {
    const { columns } = dataSource.getMetadata(entity);
    this.properties = columns.map(({ propertyName: property, transformer }) => {
      const [from] = transformer === undefined ? [] : [transformer].flat();
      return {
        name: this.nameOf(property),
        property,
        read: (value): unknown => (from ? (from.from(value) as unknown) : value),
      };
    });
    this.key = this.nameOf(columns.find(({ isPrimary }) => isPrimary)?.propertyName ?? '');
    // `pg` ferait d'une date un instant à minuit, heure de la machine.
    const valueOf = (name: string, type: unknown): string =>
      type === 'date' ? `${alias}.${name}::text` : `${alias}.${name}`;
    this.sql = columns
      .map(
        ({ databaseName, propertyName, type }) =>
          `${valueOf(databaseName, type)} AS "${this.nameOf(propertyName)}"`,
      )
      .join(', ');
    this.json = `json_build_object(${columns
      .map(({ databaseName, propertyName }) => `'${propertyName}', ${alias}.${databaseName}`)
      .join(', ')})`;
  }

  /** La ligne ; `null` quand la jointure n'en a pas trouvé. */
  read(answer: Readonly<Record<string, unknown>>): R | null {
    if (answer[this.key] === null) return null;
    return Object.fromEntries(
      this.properties.map(({ name, property, read }) => [property, read(answer[name])]),
    ) as R;
  }

  private nameOf(property: string): string {
    return `${this.alias}_${property}`;
  }
}
