import type { CivilDate } from '@teletransmission/kernel';
import { MATIERES } from '../classification/nomenclature-matieres';
import type { Rubrique } from '../classification/nomenclature-matieres';
import { NATURES_CLASSEES } from '../classification/nomenclature-natures';
import { acteElement } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';

function buildMatiere({ code, libelle, sous }: Rubrique, niveau: number): XmlElement {
  return acteElement(
    `Matiere${niveau}`,
    { CodeMatiere: `${code}`, Libelle: libelle },
    sous.map((rubrique) => buildMatiere(rubrique, niveau + 1)),
  );
}

/** Le 7-2 : la classification entière, natures et pièces, puis matières (protocole §3.6). */
export function buildRetourClassification(dateVersion: CivilDate): XmlElement {
  const natures = NATURES_CLASSEES.map(({ code, abrege, libelle, types }) =>
    acteElement(
      'NatureActe',
      { CodeNatureActe: `${code}`, Libelle: libelle, TypeAbrege: abrege },
      types.map((type) => acteElement('TypePJNatureActe', { CodeTypePJ: type.code, Libelle: type.libelle })),
    ),
  );
  return acteElement('RetourClassification', {}, [
    acteElement('DateClassification', {}, [dateVersion]),
    acteElement('NaturesActes', {}, natures),
    acteElement(
      'Matieres',
      {},
      MATIERES.map((matiere) => buildMatiere(matiere, 1)),
    ),
  ]);
}

/** Le 7-3 : la version détenue est la bonne. */
export function buildSansChangement(dateVersion: CivilDate): XmlElement {
  return acteElement('ReponseClassificationSansChangement', {}, [
    acteElement('DateClassification', {}, [dateVersion]),
  ]);
}
