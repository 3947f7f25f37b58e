import type { Noeud } from '../xml/noeud';
import { enfantOf, enfantsOf } from '../xml/noeud';
import type { MatiereClassification } from './messages';
import type { ClassificationDatee, NatureClassificationLue, RetourClassificationLu } from './messages-lus';
import { attributActes, readEntier, readJourEnfant } from './read-champs';

export function readClassificationDatee<F extends '7-1' | '7-3'>(
  racine: Noeud,
  flux: F,
): ClassificationDatee<F> {
  return { flux, dateClassification: readJourEnfant(racine, 'DateClassification') };
}

/** Une nature sans type de pièce s'accepte (tous les fichiers de 2004) ; une matière sans code est omise. */
export function readRetourClassification(racine: Noeud): RetourClassificationLu {
  const natures = enfantOf(racine, 'NaturesActes');
  const matieres = enfantOf(racine, 'Matieres');
  return {
    flux: '7-2',
    dateClassification: readJourEnfant(racine, 'DateClassification'),
    natures: natures ? enfantsOf(natures, 'NatureActe').map(readNature) : [],
    matieres: matieres ? readMatieres(matieres, 1) : [],
  };
}

function readNature(noeud: Noeud): NatureClassificationLue {
  return {
    code: readEntier(attributActes(noeud, 'CodeNatureActe')),
    libelle: attributActes(noeud, 'Libelle') ?? '',
    abrege: attributActes(noeud, 'TypeAbrege') ?? '',
    typesPiece: enfantsOf(noeud, 'TypePJNatureActe').map((type) => ({
      code: attributActes(type, 'CodeTypePJ') ?? '',
      libelle: attributActes(type, 'Libelle') ?? '',
    })),
  };
}

function readMatieres(parent: Noeud, niveau: number): readonly MatiereClassification[] {
  return enfantsOf(parent, `Matiere${niveau}`).flatMap((noeud) => {
    const code = readEntier(attributActes(noeud, 'CodeMatiere'));
    if (code === undefined) return [];
    return {
      code,
      libelle: attributActes(noeud, 'Libelle') ?? '',
      matieres: readMatieres(noeud, niveau + 1),
    };
  });
}
