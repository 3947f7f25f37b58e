import { civilDateAt } from '@teletransmission/kernel';
import type { DeliberationView, PieceView } from '@teletransmission/teletransmission';
import {
  dateExecutoire,
  PUBLICATION_STATE_LABELS,
  REMARQUE_PIECE_LABELS,
  situationOf,
  TRANSMISSION_STATE_LABELS,
} from '@teletransmission/teletransmission';
import type { DeliberationBody, DeliberationSuivieBody } from './deliberation.schema';

/** Une délibération dans les mots de l'API. La date de télétransmission est le jour de la collectivité, pas celui de Greenwich. */
export function deliberationBodyOf(view: DeliberationView): DeliberationBody {
  const { transmission, publication, collectivite } = view;
  const { teletransmiseLe } = transmission;
  const { suite: next, ...phrases } = situationOf(view);
  return {
    id: view.id,
    identifiantActe: view.identifiantActe,
    collectivite: { siren: collectivite.siren, nom: collectivite.nom },
    numeroInterne: view.numeroInterne,
    nature: view.nature,
    dateDecision: view.dateDecision,
    objet: view.objet,
    matiere: view.matiere,
    deposeeLe: view.deposeeLe,
    transmission: {
      id: transmission.id,
      etat: transmission.state,
      libelle: TRANSMISSION_STATE_LABELS[transmission.state].mot,
      depuis: transmission.since,
      enRetard: transmission.isOverdue,
      tour: transmission.turn,
      prochainEnvoiLe: transmission.nextTurnAt,
      echeanceAr: transmission.ackDueAt,
      probleme: transmission.stopReason,
      teletransmiseLe,
      dateTeletransmission: teletransmiseLe && civilDateAt(teletransmiseLe, collectivite.fuseau),
      dateReception: transmission.dateReception,
    },
    publication: {
      etat: publication.state,
      libelle: PUBLICATION_STATE_LABELS[publication.state].mot,
      datePublication: publication.datePublication,
      adresse: publication.adresse,
      declaration: publication.declaration,
      automatique: publication.automatique,
      siteRegle: publication.siteRegle,
    },
    dateExecutoire: dateExecutoire(
      transmission.state,
      transmission.dateReception,
      publication.datePublication,
    ),
    pasAvant: view.pasAvant,
    corrige: view.corrige,
    corrigeePar: view.corrigeePar,
    archive: view.archive,
    situation: phrases,
    prochaineEtape: { qui: next.who, texte: next.texte, le: next.at },
  };
}

/** Une délibération suivie seule, avec ses pièces. */
export function deliberationSuivieOf(
  view: DeliberationView,
  pieces: readonly PieceView[],
): DeliberationSuivieBody {
  return {
    ...deliberationBodyOf(view),
    pieces: pieces.map(({ signature, ...opened }) => {
      const remarques =
        opened.remarques?.map((code) => ({ code, texte: REMARQUE_PIECE_LABELS[code] })) ?? null;
      const piece = { ...opened, remarques };
      if (signature === null) return { ...piece, signature };
      const { isChaineVerifiee, ...joined } = signature;
      return { ...piece, signature: { ...joined, chaineVerifiee: isChaineVerifiee } };
    }),
  };
}
