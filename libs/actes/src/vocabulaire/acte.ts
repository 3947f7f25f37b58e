import type { Contenu, DeclarationAttribut, DeclarationElement } from './description';
import { attribut, element, facultatif, plusieurs, suite, texte, un, VIDE } from './description';
import { FICHIER_SIGNE } from './fichiers';
import {
  DATE_XSD,
  ENTIER,
  ENTIER_POSITIF,
  IDENTIFIANT_XSD,
  TEXTE,
  TEXTE_15,
  TEXTE_500,
  TROIS_CHIFFRES,
} from './types-simples';

export const ID_ACTE = attribut('IDActe', IDENTIFIANT_XSD);
export const DATE_RECEPTION = attribut('DateReception', DATE_XSD);
export const CODE_MATIERE = attribut('CodeMatiere', ENTIER);
export const CODE_NATURE = attribut('CodeNatureActe', ENTIER);

function codeMatiere(rang: 1 | 2 | 3 | 4 | 5): DeclarationElement {
  return element(`CodeMatiere${rang}`, VIDE, [CODE_MATIERE]);
}

/** Type `DonneesActe`. Des rangs de matière peuvent manquer au milieu : 1, 2, 3, 5 s'est vu. */
const DONNEES_ACTE: Contenu = suite(
  un(codeMatiere(1)),
  un(codeMatiere(2)),
  facultatif(codeMatiere(3)),
  facultatif(codeMatiere(4)),
  facultatif(codeMatiere(5)),
  un(element('Objet', texte(TEXTE_500))),
  facultatif(element('PrecedentIdentifiantActe', VIDE, [ID_ACTE])),
  un(element('ClassificationDateVersion', texte(DATE_XSD))),
  un(element('Document', FICHIER_SIGNE)),
  un(
    element('Annexes', suite(plusieurs(element('Annexe', FICHIER_SIGNE), 0)), [
      attribut('Nombre', ENTIER_POSITIF),
    ]),
  ),
  un({ ...element('DocumentPapier', texte(TEXTE)), annulable: true }),
);

const ATTRIBUTS_ACTE: readonly DeclarationAttribut[] = [
  attribut('Date', DATE_XSD),
  attribut('NumeroInterne', TEXTE_15),
  CODE_NATURE,
];

const EN_COURS = un(element('ClassificationDateVersionEnCours', texte(DATE_XSD)));
const ACTE_RECU = un(element('ActeRecu', DONNEES_ACTE, ATTRIBUTS_ACTE));

/** Flux 1 et 6. */
export const ACTES: readonly DeclarationElement[] = [
  element('Acte', DONNEES_ACTE, ATTRIBUTS_ACTE),
  element('ARActe', suite(ACTE_RECU, EN_COURS), [ID_ACTE, DATE_RECEPTION]),
  element(
    'AnomalieActe',
    suite(
      un(element('Date', texte(DATE_XSD))),
      un(element('Nature', texte(TROIS_CHIFFRES))),
      facultatif(element('Detail', texte(TEXTE))),
      ACTE_RECU,
      EN_COURS,
    ),
  ),
  element('Annulation', VIDE, [ID_ACTE]),
  element('ARAnnulation', VIDE, [ID_ACTE, DATE_RECEPTION]),
];
