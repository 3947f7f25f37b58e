import type { ElementAEcrire } from '../xml/write-xml';
import { el } from '../xml/write-xml';
import type { MatiereClassification, NatureClassification, RetourClassificationMessage } from './messages';

export function composeRetourClassification(message: RetourClassificationMessage): ElementAEcrire {
  return el('RetourClassification', [
    el('DateClassification', message.dateClassification),
    el('NaturesActes', message.natures.map(composeNature)),
    el(
      'Matieres',
      message.matieres.map((matiere) => composeMatiere(matiere, 1)),
    ),
  ]);
}

function composeNature({ code, libelle, abrege, typesPiece }: NatureClassification): ElementAEcrire {
  const types = typesPiece.map((type) =>
    el(
      'TypePJNatureActe',
      [],
      [
        ['actes:CodeTypePJ', type.code],
        ['actes:Libelle', type.libelle],
      ],
    ),
  );
  return el('NatureActe', types, [
    ...(code === undefined ? [] : [['actes:CodeNatureActe', String(code)] as const]),
    ['actes:Libelle', libelle],
    ['actes:TypeAbrege', abrege],
  ]);
}

function composeMatiere({ code, libelle, matieres }: MatiereClassification, niveau: number): ElementAEcrire {
  return el(
    `Matiere${niveau}`,
    matieres.map((enfant) => composeMatiere(enfant, niveau + 1)),
    [
      ['actes:CodeMatiere', String(code)],
      ['actes:Libelle', libelle],
    ],
  );
}
