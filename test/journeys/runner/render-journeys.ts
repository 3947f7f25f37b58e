import {
  HISTORY_LABELS,
  PUBLICATION_STATE_LABELS,
  TRANSMISSION_STATE_LABELS,
} from '@teletransmission/teletransmission';
import type { Happening, Journey, JourneyBook, Step } from './journey';

const STATES: Readonly<Record<string, { readonly mot: string }>> = {
  ...TRANSMISSION_STATE_LABELS,
  ...PUBLICATION_STATE_LABELS,
};

const motOf = (etat: string): string => STATES[etat]?.mot ?? etat;
const libelleOf = (evenement: string): string => HISTORY_LABELS[evenement] ?? evenement;

const HEADER = ['', 'Qui', 'Ce qui se passe', 'État après', 'Ce qui se vérifie de plus'];

function rowOf({ actor, does, then = [], checks = {} }: Step, index: number): readonly string[] {
  return [
    String(index + 1),
    actor,
    does,
    then.map(({ etat }) => motOf(etat)).join(' → '),
    Object.keys(checks).join(' ; '),
  ];
}

/** Un tableau Markdown aux colonnes alignées, tel que le formateur du projet le laisse. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = HEADER.map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

/** Le chemin des états, chaque flèche portant l'événement ; un état revu est une place de plus, pour que le récit se lise de gauche à droite. */
function diagramOf(happenings: readonly Happening[]): string {
  const lines = happenings.map(({ evenement, etat }, index) => {
    const from = index === 0 ? 'e0(( ))' : `e${index}`;
    return `  ${from} -->|${libelleOf(evenement)}| e${index + 1}["${motOf(etat)}"]`;
  });
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n');
}

function renderJourney({ title, prose, steps }: Journey): string {
  const rows = [HEADER, ...steps.map(rowOf)];
  return [
    `## ${title}`,
    `${prose} Le jouer : \`npm run parcours -- "${title}"\`.`,
    tableOf(rows),
    diagramOf(steps.flatMap(({ then = [] }) => then)),
  ].join('\n\n');
}

/** Tous les parcours en Markdown : le récit, ses étapes et son dessin. Ce qui est écrit ici est ce qui est joué. */
export function renderJourneys(books: readonly JourneyBook[]): string {
  const journeys = books.flatMap((book) => book.journeys);
  return [
    '# Parcours',
    'Chaque parcours est joué par de vrais processus (`npm run jest -- --selectProjects=parcours`, ou un seul par sa commande) : l’API, le travailleur, la préfecture simulée, PostgreSQL et Redis. Cette page est écrite d’après les mêmes données (`test/journeys/*.journey.ts`) ; un essai la tient à jour.',
    journeys.map(({ title }) => `- ${title}`).join('\n'),
    ...journeys.map(renderJourney),
  ]
    .join('\n\n')
    .concat('\n');
}
