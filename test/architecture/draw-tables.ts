import type {
  CorrespondanceState,
  PublicationState,
  RetourState,
  TransmissionState,
} from '@teletransmission/teletransmission';
import {
  CORRESPONDANCE_EVENT_LABELS,
  CORRESPONDANCE_STATE_LABELS,
  CORRESPONDANCE_TRANSITIONS,
  PUBLICATION_EVENT_LABELS,
  PUBLICATION_STATE_LABELS,
  PUBLICATION_TRANSITIONS,
  RETOUR_EVENT_LABELS,
  RETOUR_STATE_LABELS,
  RETOUR_TRANSITIONS,
  TRANSMISSION_EVENT_LABELS,
  TRANSMISSION_STATE_LABELS,
  TRANSMISSION_TRANSITIONS,
} from '@teletransmission/teletransmission';

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

const node = (state: string): string => state.replaceAll('-', '_');

function draw(
  table: Table,
  births: readonly string[],
  stateLabel: (state: string) => string,
  eventLabel: (event: string) => string,
): string {
  const states = Object.keys(table);
  const lines = [
    'stateDiagram-v2',
    ...states.map((state) => `  ${node(state)} : ${stateLabel(state)}`),
    ...births.map((state) => `  [*] --> ${node(state)}`),
    ...states.flatMap((state) =>
      Object.entries(table[state] ?? {}).map(
        ([event, to]) => `  ${node(state)} --> ${node(to)} : ${eventLabel(event)}`,
      ),
    ),
    ...states
      .filter((state) => Object.keys(table[state] ?? {}).length === 0)
      .map((state) => `  ${node(state)} --> [*]`),
  ];
  return ['```mermaid', ...lines, '```'].join('\n');
}

/** Les quatre tables de vie, dessinées depuis le code même qui les tient. */
export function drawTables(): string {
  return [
    '### La transmission',
    draw(
      TRANSMISSION_TRANSITIONS,
      ['queued'],
      (state) => TRANSMISSION_STATE_LABELS[state as TransmissionState].mot,
      (event) => TRANSMISSION_EVENT_LABELS[event as keyof typeof TRANSMISSION_EVENT_LABELS],
    ),
    '### La publication',
    draw(
      PUBLICATION_TRANSITIONS,
      ['unpublished'],
      (state) => PUBLICATION_STATE_LABELS[state as PublicationState].mot,
      (event) => PUBLICATION_EVENT_LABELS[event as keyof typeof PUBLICATION_EVENT_LABELS],
    ),
    '### Un retour de la préfecture',
    draw(
      RETOUR_TRANSITIONS,
      ['received'],
      (state) => RETOUR_STATE_LABELS[state as RetourState].mot,
      (event) => RETOUR_EVENT_LABELS[event as keyof typeof RETOUR_EVENT_LABELS],
    ),
    '### Une lettre de la préfecture',
    draw(
      CORRESPONDANCE_TRANSITIONS,
      // Un déféré naît déjà clos : rien ne lui répond par cette voie.
      ['received', 'noted'],
      (state) => CORRESPONDANCE_STATE_LABELS[state as CorrespondanceState].mot,
      (event) => CORRESPONDANCE_EVENT_LABELS[event as keyof typeof CORRESPONDANCE_EVENT_LABELS],
    ),
  ].join('\n\n');
}
