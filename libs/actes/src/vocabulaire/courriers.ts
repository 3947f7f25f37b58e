import { DATE_RECEPTION, ID_ACTE } from './acte';
import type { DeclarationElement } from './description';
import { attribut, element, plusieurs, suite, texte, un, VIDE } from './description';
import { FICHIER_SIGNE } from './fichiers';
import { DATE_XSD, TEXTE } from './types-simples';

/** Type `DonneesCourrierPref` : l'acte et la date de la lettre, seule clé qui dise à quelle lettre on répond. */
const COURRIER_PREF = [ID_ACTE, attribut('DateCourrierPref', DATE_XSD)];

const DOCUMENT = un(element('Document', FICHIER_SIGNE));

function lettre(nom: string): DeclarationElement {
  return element(nom, suite(DOCUMENT), COURRIER_PREF);
}

/** Type `ARReponseCL` : l'identifiant n'est pas sur la racine mais sur son enfant. */
function accuseDeReponse(nom: string): DeclarationElement {
  return element(nom, suite(un(element('InfosCourrierPref', VIDE, COURRIER_PREF))), [DATE_RECEPTION]);
}

/** Flux 2 à 5. */
export const COURRIERS: readonly DeclarationElement[] = [
  lettre('CourrierSimple'),
  lettre('ReponseCourrierSimple'),
  element(
    'DemandePieceComplementaire',
    suite(un(element('DescriptionPieces', texte(TEXTE))), DOCUMENT),
    COURRIER_PREF,
  ),
  element('ARDemandePieceComplementaire', VIDE, COURRIER_PREF),
  lettre('RefusPieceComplementaire'),
  element(
    'PieceComplementaire',
    suite(un(element('Documents', suite(plusieurs(element('Document', FICHIER_SIGNE), 1))))),
    COURRIER_PREF,
  ),
  accuseDeReponse('ARPieceComplementaire'),
  element('LettreObservations', suite(un(element('Motif', texte(TEXTE))), DOCUMENT), COURRIER_PREF),
  element('ARLettreObservations', VIDE, COURRIER_PREF),
  lettre('RejetLettreObservations'),
  lettre('ReponseLettreObservations'),
  accuseDeReponse('ARReponseRejetLettreObservations'),
  element(
    'DefereTA',
    suite(
      un(element('DateDepot', texte(DATE_XSD))),
      un(element('NatureIllegalite', texte(TEXTE))),
      un(element('PiecesJointes', suite(plusieurs(element('PieceJointe', FICHIER_SIGNE), 0)))),
    ),
    [ID_ACTE],
  ),
];
