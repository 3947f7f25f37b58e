import type { LectureXml } from '@teletransmission/actes';
import {
  buildIdentifiantActe,
  natureAbregeeOf,
  parseDepartement,
  parseNomEnveloppe,
  parseSiren,
} from '@teletransmission/actes';
import type { DonneesActeLues, EnveloppeKey, NumeroInterne } from '@teletransmission/actes';
import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { RetourContent } from './read-retour';

/** À quoi un message se rattache : un acte par son identifiant entier, ou une enveloppe par son nom entier. */
export type MatchKey =
  | { readonly by: 'identifiant'; readonly identifiant: string }
  | { readonly by: 'enveloppe'; readonly key: EnveloppeKey };

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
  return ok({ by: 'identifiant', identifiant });
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
    case '1-2': {
      const { identifiantActe, identifiantBrut } = lecture.message;
      if (identifiantActe) return ok({ by: 'identifiant', identifiant: identifiantActe });
      return unmatched(
        'retour/act-not-told',
        `L'identifiant « ${identifiantBrut ?? ''} » de cet accusé ne se lit pas.`,
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
