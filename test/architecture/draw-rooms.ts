import { readHouses } from './room-graph';

/** La page des salles : pour chaque bibliothèque et application, ce que chaque dossier prend aux autres. */
export function drawRooms(): string {
  const houses = [...readHouses('dossier')]
    .filter(({ rooms }) => rooms.length > 1)
    .sort((a, b) => (a.nom < b.nom ? -1 : 1));
  return `${[
    '# Les salles',
    '',
    'Dessinée d’après le code par `npm run jest -- --testPathPatterns test/architecture` quand `METTRE_A_JOUR=1` ; un essai la tient à jour, et un autre veille à ce que rien n’y tourne en rond : une salle ne mène jamais, même par un type, à une salle qui mène à elle.',
    ...houses.flatMap(({ nom, rooms, passages }) => [
      '',
      `## ${nom}`,
      '',
      ...aligned([
        ['Salle', 'Prend à'],
        ...rooms.map((room) => [
          `\`${room}\``,
          [...(passages.get(room)?.keys() ?? [])]
            .sort()
            .map((other) => `\`${other}\``)
            .join(', ') || '—',
        ]),
      ]),
    ]),
  ].join('\n')}\n`;
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - cell.length)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)];
}
