import { normalizeNatureAnomalie } from '../anomalies/explain-anomalie';
import type { IdentifiantActe } from '../identifiant/identifiant-acte';
import type {
  AnomalieEnveloppe,
  CourrierPref,
  DonneesActe,
  EnveloppeAller,
  EnveloppeRetour,
  FichierSigne,
  MessageMetier,
  Referent,
} from './messages';
import type {
  AnomalieEnveloppeLue,
  CourrierLu,
  CourrierPrefLu,
  DonneesActeLues,
  EnveloppeAllerLue,
  EnveloppeRetourLue,
  IdentifiantLu,
  MessagesLus,
} from './messages-lus';

/*
 * Ce qu'une lecture fidèle rend de ce qu'on a écrit. Écrit à part du rédacteur comme du lecteur : c'est à quoi on les confronte.
 */

export function messageAttendu(message: MessageMetier): MessagesLus[MessageMetier['flux']] {
  switch (message.flux) {
    case '1-1':
      return { flux: '1-1', ...acteAttendu(message) };
    case '1-2': {
      const { flux, dateReception, classificationDateVersionEnCours } = message;
      const acteRecu = acteAttendu(message.acteRecu);
      return {
        flux,
        ...identifiantAttendu(message),
        dateReception,
        acteRecu,
        classificationDateVersionEnCours,
      };
    }
    case '1-3': {
      const { flux, date, detail = '', classificationDateVersionEnCours } = message;
      const nature = normalizeNatureAnomalie(message.nature);
      return {
        flux,
        date,
        nature,
        detail,
        acteRecu: acteAttendu(message.acteRecu),
        classificationDateVersionEnCours,
      };
    }
    case '2-1':
    case '2-2':
    case '3-3':
    case '4-3':
    case '4-4':
      return courrierAttendu(message, [message.document]);
    case '3-1':
      return { ...courrierAttendu(message, [message.document]), texte: message.descriptionPieces };
    case '4-1':
      return { ...courrierAttendu(message, [message.document]), texte: message.motif };
    case '3-2':
    case '4-2':
      return courrierAttendu(message, []);
    case '3-4':
      return courrierAttendu(message, message.documents);
    case '3-5':
    case '4-5': {
      const { flux, dateReception, infosCourrierPref } = message;
      return { flux, dateReception, infosCourrierPref: lettreAttendue(infosCourrierPref) };
    }
    case '5-1': {
      const { flux, dateDepot, natureIllegalite, piecesJointes } = message;
      return { flux, ...identifiantAttendu(message), dateDepot, natureIllegalite, piecesJointes };
    }
    case '6-1':
      return { flux: '6-1', ...identifiantAttendu(message) };
    case '6-2':
      return { flux: '6-2', ...identifiantAttendu(message), dateReception: message.dateReception };
    case '7-1':
    case '7-2':
    case '7-3':
      return message;
  }
}

export function enveloppeAttendue({
  emetteur,
  adressesRetour,
  formulaires,
}: EnveloppeAller): EnveloppeAllerLue {
  return {
    emetteur: { ...emetteur, referent: referentAttendu(emetteur.referent) },
    adressesRetour,
    formulaires,
  };
}

export function enveloppeRetourAttendue({
  emetteur,
  formulaires,
  destinataire,
}: EnveloppeRetour): EnveloppeRetourLue {
  return {
    emetteur: { ...emetteur, referent: referentAttendu(emetteur.referent) },
    formulaires,
    destinataire,
  };
}

export function anomalieAttendue({
  date,
  nature,
  detail = '',
  enveloppeRecue,
}: AnomalieEnveloppe): AnomalieEnveloppeLue {
  return {
    date,
    nature: normalizeNatureAnomalie(nature),
    detail,
    enveloppeRecue: enveloppeAttendue(enveloppeRecue),
  };
}

function acteAttendu({ annexes, ...acte }: DonneesActe): DonneesActeLues {
  const { dateDecision, numeroInterne, codeNature, matiere, objet, precedentIdentifiant, ...rest } = acte;
  const { classificationDateVersion, document, documentPapier } = rest;
  return {
    dateDecision,
    numeroInterne,
    codeNature,
    matiere,
    objet,
    precedentIdentifiant,
    classificationDateVersion,
    document,
    annexes,
    nombreAnnexes: annexes.length,
    documentPapier,
  };
}

/** L'identifiant se relit lettre pour lettre : ses tirets ne se devinent pas. */
function identifiantAttendu({
  identifiantActe,
}: {
  readonly identifiantActe: IdentifiantActe;
}): IdentifiantLu {
  return { identifiantActe, identifiantBrut: identifiantActe };
}

function lettreAttendue({ identifiantActe, dateCourrierPref }: CourrierPref): CourrierPrefLu {
  return { ...identifiantAttendu({ identifiantActe }), dateCourrierPref };
}

function courrierAttendu<F extends CourrierLu<MessageMetier['flux']>['flux']>(
  message: CourrierPref & { readonly flux: F },
  documents: readonly FichierSigne[],
): CourrierLu<F> {
  return { flux: message.flux, ...lettreAttendue(message), documents };
}

/** Un champ vide ne s'écrit pas, et un référent sans champ non plus. */
function referentAttendu(referent: Referent = {}): Referent | undefined {
  const filled = Object.entries(referent).filter(([, valeur]) => valeur !== undefined && valeur !== '');
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}
