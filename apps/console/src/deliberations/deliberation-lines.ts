import type { CivilDate, Instant } from '@teletransmission/kernel';
import { civilDateAt, clockTimeAt, EUROPE_PARIS, frenchDate } from '@teletransmission/kernel';
import type { DeliberationView, HistoryEntry } from '@teletransmission/teletransmission';
import {
  dateExecutoire,
  HISTORY_LABELS,
  PUBLICATION_STATE_LABELS,
  situationOf,
  TRANSMISSION_STATE_LABELS,
} from '@teletransmission/teletransmission';

function day(date: CivilDate | null): string {
  return date === null ? '—' : frenchDate(date);
}

function moment(instant: Instant, fuseau = EUROPE_PARIS): string {
  return `${frenchDate(civilDateAt(instant, fuseau))} ${clockTimeAt(instant, fuseau)}`;
}

/** La date exécutoire d'une délibération, telle qu'on la montre. */
export function executoireOf(view: DeliberationView): CivilDate | null {
  return dateExecutoire(
    view.transmission.state,
    view.transmission.dateReception,
    view.publication.datePublication,
  );
}

/** Une délibération en quelques lignes. */
export function deliberationLines(view: DeliberationView): readonly string[] {
  const { transmission, publication, collectivite } = view;
  const label = TRANSMISSION_STATE_LABELS[transmission.state];
  const { teletransmiseLe } = transmission;
  const situation = situationOf(view);
  return [
    view.identifiantActe,
    `  ${view.objet}`,
    `  collectivité       ${collectivite.nom} (${collectivite.siren})`,
    `  transmission       ${label.signe} ${label.mot}${transmission.isOverdue ? ', accusé en retard' : ''}`,
    `  décision           ${day(view.dateDecision)}`,
    `  télétransmission   ${day(teletransmiseLe && civilDateAt(teletransmiseLe, collectivite.fuseau))}`,
    `  réception          ${day(transmission.dateReception)}`,
    `  publication        ${day(publication.datePublication)} (${PUBLICATION_STATE_LABELS[publication.state].mot})`,
    `  exécutoire         ${day(executoireOf(view))}`,
    ...(transmission.stopReason === null ? [] : [`  raison             ${transmission.stopReason.detail}`]),
    `  situation          ${situation.transmission} ${situation.publication}`,
    `  droit              ${situation.droit}`,
    `  et ensuite         ${situation.suite.texte}`,
  ];
}

/** Une étape de l'historique, sur une ligne. */
export function historyLine(entry: HistoryEntry): string {
  const label = HISTORY_LABELS[entry.evenement] ?? entry.evenement;
  return `${moment(entry.instant)}  ${label}${entry.motif === null ? '' : ` — ${entry.motif}`}`;
}

/** Une délibération d'une liste, sur une ligne. */
export function listLine(view: DeliberationView): string {
  const label = TRANSMISSION_STATE_LABELS[view.transmission.state];
  return `${view.id}  ${label.signe} ${label.mot.padEnd(20)}  ${view.identifiantActe}  ${view.objet.slice(0, 60)}`;
}
