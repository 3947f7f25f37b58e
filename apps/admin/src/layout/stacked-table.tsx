import type { ComponentChildren, VNode } from 'preact';

export interface Column<Row> {
  readonly titre: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly isRowHeader?: true;
  readonly class?: string;
}

interface StackedTableProps<Row> {
  readonly legende: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/**
 * Un tableau qui devient une pile de fiches sur un écran étroit ou agrandi à 200 %. Les rôles y sont écrits : une fois les
 * cellules empilées par le style, les navigateurs ne les devineraient plus.
 */
export function StackedTable<Row>({ legende, columns, rows, keyOf }: StackedTableProps<Row>): VNode {
  return (
    <table role="table" class="tableau">
      <caption class="hors-vue">{legende}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ titre }) => (
            <th key={titre} role="columnheader" scope="col">
              {titre}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column) =>
              column.isRowHeader ? (
                <th
                  key={column.titre}
                  role="rowheader"
                  scope="row"
                  class={column.class}
                  data-titre={column.titre}
                >
                  <div>{column.cell(row)}</div>
                </th>
              ) : (
                <td key={column.titre} role="cell" class={column.class} data-titre={column.titre}>
                  <div>{column.cell(row)}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
