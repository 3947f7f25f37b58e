import { civilDateAt } from '@teletransmission/kernel';
import type {
  AcknowledgementCriteria,
  ActeReference,
  DeliberationView,
  Period,
} from '@teletransmission/teletransmission';
import { comparableNumero, searchableText } from '@teletransmission/teletransmission';

const wordsOf = (text: string): readonly string[] =>
  searchableText(text)
    .split(' ')
    .filter((word) => word !== '');

function isWithin(day: string | null, period: Period | undefined): boolean {
  const { du, au } = period ?? {};
  if (du === undefined && au === undefined) return true;
  return day !== null && (du === undefined || day >= du) && (au === undefined || day <= au);
}

function answers(view: DeliberationView, reference: ActeReference): boolean {
  switch (reference.kind) {
    case 'id':
      return view.id === reference.id || view.transmission.id === reference.id;
    case 'identifiant':
      return view.identifiantActe === reference.identifiant;
    case 'numero':
      return comparableNumero(view.numeroInterne) === reference.texte;
    case 'partie':
      return comparableNumero(view.identifiantActe).includes(reference.texte);
  }
}

/** La même question que la base, posée à un objet : un critère absent ne filtre pas. */
export function matchesCriteria(view: DeliberationView, criteria: AcknowledgementCriteria): boolean {
  const { transmission, publication, collectivite } = view;
  const { teletransmiseLe, dateReception } = transmission;
  const sent = teletransmiseLe && civilDateAt(teletransmiseLe, collectivite.fuseau);
  const known = wordsOf(view.objet);
  return [
    criteria.collectiviteId === undefined || collectivite.id === criteria.collectiviteId,
    criteria.siren === undefined || collectivite.siren === criteria.siren,
    criteria.reference === undefined || answers(view, criteria.reference),
    criteria.nature === undefined || view.nature === criteria.nature,
    criteria.etat === undefined || transmission.state === criteria.etat,
    criteria.avecAccuse !== true || dateReception !== null,
    criteria.enRetard !== true || transmission.isOverdue,
    criteria.nonPubliee !== true || publication.state === 'unpublished',
    criteria.matiere === undefined || `${view.matiere}.`.startsWith(`${criteria.matiere}.`),
    isWithin(view.dateDecision, criteria.decision),
    isWithin(sent, criteria.teletransmission),
    isWithin(dateReception, criteria.reception),
    isWithin(publication.datePublication, criteria.publication),
    wordsOf(criteria.mots ?? '').every((word) => known.some((mot) => mot.startsWith(word))),
  ].every(Boolean);
}
