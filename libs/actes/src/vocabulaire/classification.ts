import { CODE_MATIERE, CODE_NATURE } from './acte';
import type { DeclarationElement } from './description';
import { attribut, element, facultatif, plusieurs, suite, texte, un, VIDE } from './description';
import { DATE_XSD, TEXTE, TEXTE_2 } from './types-simples';

const DATE = element('DateClassification', texte(DATE_XSD));
const LIBELLE = attribut('Libelle', TEXTE);

const NATURE_ACTE = element(
  'NatureActe',
  suite(plusieurs(element('TypePJNatureActe', VIDE, [attribut('CodeTypePJ', TEXTE), LIBELLE]), 1)),
  // Le seul attribut facultatif de tout le schéma.
  [{ ...CODE_NATURE, requis: false }, LIBELLE, attribut('TypeAbrege', TEXTE_2)],
);

/** Type `Matiere`, étendu à chaque niveau par le suivant ; le cinquième n'a plus d'enfant. */
function matiere(niveau: number): DeclarationElement {
  const contenu = niveau === 5 ? VIDE : suite(plusieurs(matiere(niveau + 1), niveau === 1 ? 1 : 0));
  return element(`Matiere${niveau}`, contenu, [CODE_MATIERE, LIBELLE]);
}

/** Flux 7. */
export const CLASSIFICATIONS: readonly DeclarationElement[] = [
  element('DemandeClassification', suite(facultatif(DATE))),
  element('ReponseClassificationSansChangement', suite(un(DATE))),
  element(
    'RetourClassification',
    suite(
      un(DATE),
      un(element('NaturesActes', suite(plusieurs(NATURE_ACTE, 1)))),
      un(element('Matieres', suite(plusieurs(matiere(1), 1)))),
    ),
  ),
];
