import type { Correspondance, ReponseView } from '@teletransmission/teletransmission';
import type { Books } from './ledger-dossiers';
import { collectiviteOf } from './ledger-dossiers';
import { historyOfJournal } from './ledger-history';
import type { StoredCourrier } from './stored';

function reponsesOf({ ledger }: Books, lettre: Correspondance): readonly ReponseView[] {
  return ledger
    .transmissionsById()
    .filter(({ correspondanceId }) => correspondanceId === lettre.id)
    .map(({ id, flux, state, since, isOverdue, ackDueAt, nextTurnAt, stopReason }) => ({
      transmissionId: id,
      flux,
      state,
      since,
      isOverdue,
      ackDueAt,
      nextTurnAt,
      stopReason,
      pieces: ledger.reponses.get(id) ?? [],
    }));
}

function courrierOf(books: Books, lettre: Correspondance): StoredCourrier {
  const { ledger } = books;
  const { id, siren, nom, fuseau } = collectiviteOf(books, lettre.collectiviteId);
  const acte = ledger.deliberations.get(lettre.deliberationId);
  if (!acte) throw new Error(`lettre sans acte : ${lettre.id}`);
  const reponses = reponsesOf(books, lettre);
  const messages = reponses.map(({ transmissionId }) => transmissionId);
  const retourId = ledger.sources.get(lettre.id);
  const retour = retourId && ledger.retours.get(retourId);
  return {
    view: {
      id: lettre.id,
      flux: lettre.flux,
      state: lettre.state,
      dateCourrier: lettre.dateCourrier,
      recueLe: lettre.recueLe,
      echeance: lettre.echeance,
      identifiantActe: lettre.identifiantActe,
      deliberation: { id: acte.id, numeroInterne: acte.numeroInterne, objet: acte.objet },
      collectivite: { id, siren, nom, fuseau },
    },
    lettre,
    reponses,
    ...(retour
      ? { source: { nom: retour.nom, empreinte: retour.empreinte, tailleOctets: retour.tailleOctets } }
      : {}),
    history: historyOfJournal(ledger.audit).filter(
      ({ sujet, sujetId }) =>
        (sujet === 'correspondance' && sujetId === lettre.id) ||
        (sujet === 'transmission' && messages.includes(sujetId)),
    ),
  };
}

/** Les lettres que ces livres contiennent. */
export function courriersOf(books: Books): readonly StoredCourrier[] {
  return [...books.ledger.correspondances.values()].map((lettre) => courrierOf(books, lettre));
}
