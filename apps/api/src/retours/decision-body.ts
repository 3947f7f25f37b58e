import type { CivilDate } from '@teletransmission/kernel';
import type { ContenuLu, Decision, FluxLettre, Signature } from '@teletransmission/teletransmission';
import { DECISION_STATE_LABELS, NATURE_DECISION_LABELS } from '@teletransmission/teletransmission';
import type { DecisionBody, DecisionRequest } from './decision.schema';

/** Ce qu'une personne a lu, d'un corps déjà jugé champ par champ. */
export function contenuOf(body: DecisionRequest): ContenuLu {
  switch (body.nature) {
    case 'accuse':
    case 'accuse-annulation':
      return {
        nature: body.nature,
        dateReception: body.dateReception as CivilDate,
        identifiant: body.identifiant?.trim() ?? null,
      };
    case 'anomalie':
      return {
        nature: body.nature,
        code: (body.code ?? '').trim(),
        detail: (body.detail ?? '').trim(),
      };
    case 'lettre':
      return {
        nature: body.nature,
        flux: body.flux as FluxLettre,
        dateCourrier: body.dateCourrier as CivilDate,
        texte: body.texte?.trim() ?? null,
      };
    case 'information':
      return { nature: body.nature };
  }
}

const NOTHING_READ = {
  dateReception: null,
  identifiant: null,
  code: null,
  detail: null,
  flux: null,
  dateCourrier: null,
  texte: null,
};

/** Une décision dans les mots de l'API. */
export function decisionBodyOf(decision: Decision): DecisionBody {
  const { contenu, state, cloture } = decision;
  return {
    id: decision.id,
    retour: decision.retourId,
    etat: state,
    libelle: DECISION_STATE_LABELS[state],
    natureLibelle: NATURE_DECISION_LABELS[contenu.nature],
    transmission: decision.transmissionId,
    deliberation: decision.deliberationId,
    ...NOTHING_READ,
    ...contenu,
    lu: decision.lu,
    auteur: signatureOf(decision.auteur),
    cloture: cloture && signatureOf(cloture),
    attendu:
      state === 'proposed'
        ? 'Une seconde personne, d’un autre compte, lit le retour elle aussi, et confirme ou refuse.'
        : null,
  };
}

function signatureOf({ nom, le, motif }: Signature): DecisionBody['auteur'] {
  return { nom, le, motif };
}
