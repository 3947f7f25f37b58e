import type { EnveloppeKey, LectureXml } from '@teletransmission/actes';
import { parseNomEnveloppe } from '@teletransmission/actes';
import type { CivilDate, Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { FluxTransmis } from '../transmission/transmission';
import type { ActeDit } from './acte-dit';
import { acteOfDonnees, acteOfIdentifiant, acteOfNom, identifiantOf, sirenTold } from './acte-dit';
import type { RetourContent } from './read-retour';

/** Un acte tel qu'un message le nomme : son identifiant s'il le donne, et ce qu'il en dit pour le retrouver autrement. */
export interface ActeNomme {
  readonly identifiant: string | null;
  readonly dit: ActeDit;
}

/** À quoi un message se rattache : un acte, une enveloppe par son nom entier, la réponse à une lettre, ou une collectivité. */
export type MatchKey =
  | { readonly by: 'acte'; readonly acte: ActeNomme; readonly flux: FluxTransmis }
  | { readonly by: 'enveloppe'; readonly key: EnveloppeKey }
  | { readonly by: 'classification'; readonly siren: string }
  | {
      readonly by: 'reponse';
      readonly acte: ActeNomme;
      readonly dateCourrier: CivilDate;
      readonly dateReception: CivilDate | undefined;
      readonly repondues: readonly FluxTransmis[];
    };

/** D'où vient un message : son nom de fichier, et l'enveloppe qui le porte. */
export interface Provenance {
  readonly nom: string;
  readonly enveloppe: RetourContent['enveloppe'];
}

function unmatched(code: string, detail: string): { readonly ok: false; readonly problem: Problem } {
  return refuse({ code, detail });
}

/** L'acte qu'un message nomme par son identifiant ; à défaut, par ce qu'il en redit ; à défaut, par son propre nom de fichier. */
function acteNomme(lecture: LectureXml, { nom, enveloppe }: Provenance): ActeNomme | null {
  const { message } = lecture;
  const identifiant = 'identifiantActe' in message ? message.identifiantActe : undefined;
  const ofIdentifiant = identifiant === undefined ? null : acteOfIdentifiant(identifiant);
  if (identifiant !== undefined && ofIdentifiant) return { identifiant, dit: ofIdentifiant };
  const donnees = 'acteRecu' in message ? message.acteRecu : undefined;
  const cites = donnees?.document === undefined ? [] : [donnees.document.nomFichier];
  const siren = sirenTold(enveloppe?.message.destinataire, [nom, ...cites]);
  const dit = acteOfDonnees(donnees, siren, enveloppe?.message.emetteur.departement) ?? acteOfNom(nom);
  // Le nom d'un fichier ne l'emporte pas sur l'enveloppe qui le porte.
  if (!dit || dit.siren !== siren) return null;
  return { identifiant: identifiantOf(dit), dit };
}

/**
 * Ce à quoi un message se rattache, lu dans le XML et jamais dans un compteur ; la collectivité y est toujours nommée.
 * @returns le refus `retour/act-not-told` ou `retour/flux-unexpected` quand rien ne le désigne.
 */
export function matchKeyOf(lecture: LectureXml, provenance: Provenance, nomRetour: string): Result<MatchKey> {
  switch (lecture.type) {
    case '1-2':
    case '2-1':
    case '3-1':
    case '4-1':
    case '5-1':
    case '6-2': {
      const acte = acteNomme(lecture, provenance);
      if (acte) return ok({ by: 'acte', acte, flux: lecture.type === '6-2' ? '6-1' : '1-1' });
      const { identifiantBrut = '' } = lecture.message;
      return unmatched(
        'retour/act-not-told',
        `L'identifiant « ${identifiantBrut} » de ce message ne se lit pas.`,
      );
    }
    case '3-5':
    case '4-5': {
      const { infosCourrierPref, dateReception } = lecture.message;
      const { identifiantActe: identifiant, dateCourrierPref: dateCourrier } = infosCourrierPref;
      const repondues: readonly FluxTransmis[] = lecture.type === '3-5' ? ['3-3', '3-4'] : ['4-3', '4-4'];
      const dit = identifiant === undefined ? acteOfNom(provenance.nom) : acteOfIdentifiant(identifiant);
      if (dit && dateCourrier) {
        const acte = { identifiant: identifiant ?? identifiantOf(dit), dit };
        return ok({ by: 'reponse', acte, dateCourrier, dateReception, repondues });
      }
      return unmatched('retour/act-not-told', 'Cet accusé ne dit pas à quelle lettre nous avions répondu.');
    }
    case '7-2':
    case '7-3': {
      // Rien dans une nomenclature ne dit pour qui elle est : c'est l'enveloppe qui nomme la collectivité, ou le nom du fichier.
      const siren = sirenTold(provenance.enveloppe?.message.destinataire, [provenance.nom]);
      if (siren !== null) return ok({ by: 'classification', siren });
      return unmatched(
        'retour/act-not-told',
        'Ni l’enveloppe ni le nom de cette nomenclature ne disent d’une même voix pour quelle collectivité elle est.',
      );
    }
    case '1-3': {
      const acte = acteNomme(lecture, provenance);
      if (acte) return ok({ by: 'acte', acte, flux: '1-1' });
      return unmatched(
        'retour/act-not-told',
        'Cette anomalie ne dit pas assez de l’acte (SIREN, date, numéro, nature) pour le désigner : rattachez-la à la main.',
      );
    }
    case 'anomalie-enveloppe': {
      // Elle ne redit pas le nom de l'enveloppe : son propre nom de fichier, dans l'archive ou seul, est son lien avec notre envoi.
      const own = parseNomEnveloppe(provenance.nom);
      const nom = own.ok ? own : parseNomEnveloppe(nomRetour);
      return nom.ok ? ok({ by: 'enveloppe', key: nom.value.key }) : nom;
    }
    default:
      return unmatched(
        'retour/flux-unexpected',
        `Un message ${lecture.type} (${lecture.racine}) est arrivé ; il est gardé et attend une personne.`,
      );
  }
}
