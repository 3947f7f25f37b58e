import type { CivilDate } from '@teletransmission/kernel';
import type { Anomalie } from '../dossier/anomalie';
import type { Dossier, Emetteur, FormulaireRecu } from '../dossier/dossier';
import { acteElement } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';
import { copyActeRecu, rebuildActeRecu } from './acte-recu';
import { repeatEnveloppe } from './enveloppe-recue';

/** Le jour où la préfecture écrit, et la classification qu'elle tient pour courante. */
export interface Guichet {
  readonly jour: CivilDate;
  readonly classificationDateVersion: CivilDate;
}

const enCours = (guichet: Guichet): XmlElement =>
  acteElement('ClassificationDateVersionEnCours', {}, [guichet.classificationDateVersion]);

/**
 * L'accusé de réception 1-2. `guichet.jour` est la date légale de réception.
 * L'identifiant garde les traits d'union du numéro, contre le motif officiel d'IDActe, comme les accusés réels.
 */
export function buildARActe(racineActe: XmlElement, identifiantActe: string, guichet: Guichet): XmlElement {
  return acteElement('ARActe', { DateReception: guichet.jour, IDActe: identifiantActe }, [
    copyActeRecu(racineActe),
    enCours(guichet),
  ]);
}

/** L'anomalie 1-3, sans identifiant : c'est l'acte reçu qui dit de quoi l'on parle (protocole §6.1). */
export function buildAnomalieActe(
  formulaire: FormulaireRecu,
  anomalie: Anomalie,
  guichet: Guichet,
): XmlElement {
  const { acte, lecture } = formulaire;
  const isValid =
    acte && lecture?.kind === 'read' && lecture.fautes.length === 0 && acte.racine.nom === 'Acte';
  return acteElement('AnomalieActe', {}, [
    acteElement('Date', {}, [guichet.jour]),
    acteElement('Nature', {}, [anomalie.nature]),
    acteElement('Detail', {}, [anomalie.detail]),
    isValid
      ? copyActeRecu(acte.racine)
      : rebuildActeRecu(formulaire, guichet.jour, guichet.classificationDateVersion),
    enCours(guichet),
  ]);
}

/** L'accusé d'une réponse, 3-5 ou 4-5 : c'est l'enfant qui dit de quel courrier il s'agit (protocole §8.4). */
export function buildARReponse(
  racine: 'ARPieceComplementaire' | 'ARReponseRejetLettreObservations',
  identifiantActe: string,
  dateCourrierPref: string,
  guichet: Guichet,
): XmlElement {
  return acteElement(racine, { DateReception: guichet.jour }, [
    acteElement('InfosCourrierPref', { IDActe: identifiantActe, DateCourrierPref: dateCourrierPref }),
  ]);
}

/** L'accusé d'annulation 6-2 : l'acte est retiré à la date `guichet.jour`. */
export function buildARAnnulation(identifiantActe: string, guichet: Guichet): XmlElement {
  return acteElement('ARAnnulation', { IDActe: identifiantActe, DateReception: guichet.jour });
}

/** L'anomalie qui rejette une archive entière. Le détail commence par le nom de l'archive, comme sur le fil (§6.3). */
export function buildAnomalieEnveloppe(dossier: Dossier, anomalie: Anomalie, jour: CivilDate): XmlElement {
  return acteElement('AnomalieEnveloppe', {}, [
    acteElement('Date', {}, [jour]),
    acteElement('Nature', {}, [anomalie.nature]),
    acteElement('Detail', {}, [`${dossier.nomArchive} -> ${anomalie.detail}`]),
    repeatEnveloppe(dossier),
  ]);
}

/** Le service de l'État qui répond à cet émetteur, tel qu'il s'écrit dans les noms : `SPREF0343`, ou `PREF034` sans arrondissement. */
export function nameService({ departement, arrondissement }: Emetteur): string {
  return arrondissement === '0' ? `PREF${departement}` : `SPREF${departement}${arrondissement}`;
}

/** L'enveloppe du ministère vers la collectivité, pour un seul message. */
export function buildEnveloppeMISILLCL(emetteur: Emetteur, nomMessage: string): XmlElement {
  const { departement, arrondissement, siren } = emetteur;
  const service =
    arrondissement === '0'
      ? acteElement('IDPref', { Departement: departement })
      : acteElement('IDSousPref', { Departement: departement, Arrondissement: arrondissement });
  return acteElement('EnveloppeMISILLCL', {}, [
    acteElement('Emetteur', {}, [service]),
    acteElement('FormulairesEnvoyes', {}, [
      acteElement('Formulaire', {}, [acteElement('NomFichier', {}, [nomMessage])]),
    ]),
    acteElement('Destinataire', { SIREN: siren }),
  ]);
}
