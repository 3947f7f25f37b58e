import type { LectureXml } from '@teletransmission/actes';
import {
  buildIdentifiantActe,
  natureAbregeeOf,
  parseDepartement,
  parseNomEnveloppe,
  parseSiren,
} from '@teletransmission/actes';
import type { DonneesActeLues, EnveloppeKey, NumeroInterne } from '@teletransmission/actes';
import type { CivilDate, Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { FluxTransmis } from '../transmission/transmission';
import type { RetourContent } from './read-retour';

/** À quoi un message se rattache : un acte par son identifiant entier, ou une enveloppe par son nom entier. */
export type MatchKey =
  | { readonly by: 'identifiant'; readonly identifiant: string; readonly flux: FluxTransmis }
  | { readonly by: 'enveloppe'; readonly key: EnveloppeKey }
  | { readonly by: 'classification'; readonly siren: string }
  | {
      readonly by: 'reponse';
      readonly identifiant: string;
      readonly dateCourrier: CivilDate;
      readonly repondues: readonly FluxTransmis[];
    };

function unmatched(code: string, detail: string): { readonly ok: false; readonly problem: Problem } {
  return refuse({ code, detail });
}

/**
 * L'identifiant de l'acte d'une anomalie, qui n'en porte pas : composé de ce qu'elle redit de l'acte et de l'enveloppe qui la porte.
 */
function identifiantOfAnomalie(
  acte: DonneesActeLues | undefined,
  enveloppe: RetourContent['enveloppe'],
): Result<MatchKey> {
  const siren = parseSiren(enveloppe?.message.destinataire ?? '');
  const departement = parseDepartement(enveloppe?.message.emetteur.departement ?? '');
  const nature = natureAbregeeOf(acte?.codeNature ?? 0);
  if (!siren.ok || !departement.ok || !nature || !acte?.dateDecision || !acte.numeroInterne) {
    return unmatched(
      'retour/act-not-told',
      'Cette anomalie ne dit pas assez de l’acte (SIREN, date, numéro, nature) pour le désigner : rattachez-la à la main.',
    );
  }
  const identifiant = buildIdentifiantActe({
    siren: siren.value,
    departement: departement.value,
    dateDecision: acte.dateDecision,
    numeroInterne: acte.numeroInterne as NumeroInterne,
    nature,
  });
  return ok({ by: 'identifiant', identifiant, flux: '1-1' });
}

/**
 * Ce à quoi un message se rattache, lu dans le XML et jamais dans un compteur ; l'identifiant est comparé entier, SIREN compris.
 * @returns le refus `retour/act-not-told` ou `retour/flux-unexpected` quand rien ne le désigne.
 */
export function matchKeyOf(
  lecture: LectureXml,
  enveloppe: RetourContent['enveloppe'],
  nomRetour: string,
): Result<MatchKey> {
  switch (lecture.type) {
    case '1-2':
    case '2-1':
    case '3-1':
    case '4-1':
    case '5-1':
    case '6-2': {
      const { identifiantActe, identifiantBrut } = lecture.message;
      if (identifiantActe)
        return ok({
          by: 'identifiant',
          identifiant: identifiantActe,
          flux: lecture.type === '6-2' ? '6-1' : '1-1',
        });
      return unmatched(
        'retour/act-not-told',
        `L'identifiant « ${identifiantBrut ?? ''} » de ce message ne se lit pas.`,
      );
    }
    case '3-5':
    case '4-5': {
      const { identifiantActe, dateCourrierPref } = lecture.message.infosCourrierPref;
      const repondues: readonly FluxTransmis[] = lecture.type === '3-5' ? ['3-3', '3-4'] : ['4-3', '4-4'];
      if (identifiantActe && dateCourrierPref) {
        return ok({ by: 'reponse', identifiant: identifiantActe, dateCourrier: dateCourrierPref, repondues });
      }
      return unmatched('retour/act-not-told', 'Cet accusé ne dit pas à quelle lettre nous avions répondu.');
    }
    case '7-2':
    case '7-3': {
      // Rien dans une nomenclature ne dit pour qui elle est : c'est l'enveloppe qui nomme la collectivité.
      const siren = enveloppe?.message.destinataire;
      if (siren !== undefined) return ok({ by: 'classification', siren });
      return unmatched(
        'retour/act-not-told',
        'Cette nomenclature est venue sans enveloppe : rien ne dit pour quelle collectivité.',
      );
    }
    case '1-3':
      return identifiantOfAnomalie(lecture.message.acteRecu, enveloppe);
    case 'anomalie-enveloppe': {
      // Elle ne redit pas le nom de l'enveloppe : son propre nom de fichier est son seul lien avec notre envoi.
      const nom = parseNomEnveloppe(nomRetour);
      return nom.ok ? ok({ by: 'enveloppe', key: nom.value.key }) : nom;
    }
    default:
      return unmatched(
        'retour/flux-unexpected',
        `Un message ${lecture.type} (${lecture.racine}) est arrivé ; il est gardé et attend une personne.`,
      );
  }
}
