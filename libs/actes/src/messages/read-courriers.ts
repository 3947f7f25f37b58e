import type { Noeud } from '../xml/noeud';
import { enfantOf } from '../xml/noeud';
import type { Flux } from '../noms/flux';
import type { AnnulationLue, ARAnnulationLu, ARReponseLu, CourrierLu, DefereTALu } from './messages-lus';
import {
  readCourrierPref,
  readDateReception,
  readFichiers,
  readIdentifiant,
  readJourEnfant,
  readTexte,
} from './read-champs';

/** Les flux 2, 3 et 4, accusés automatiques compris : une même forme, dont chaque flux ne remplit que sa part. */
export function readCourrier<F extends Flux>(racine: Noeud, flux: F): CourrierLu<F> {
  const documents = enfantOf(racine, 'Documents');
  const texte = readTexte(racine, 'DescriptionPieces') ?? readTexte(racine, 'Motif');
  return {
    flux,
    ...readCourrierPref(racine),
    documents: readFichiers(documents ?? racine, 'Document'),
    ...(texte === undefined ? {} : { texte }),
  };
}

export function readARReponse<F extends '3-5' | '4-5'>(racine: Noeud, flux: F): ARReponseLu<F> {
  const infos = enfantOf(racine, 'InfosCourrierPref');
  return {
    flux,
    ...readDateReception(racine),
    // Un identifiant remonté par erreur sur la racine vaut mieux que rien.
    infosCourrierPref: readCourrierPref(infos ?? racine),
  };
}

export function readDefereTA(racine: Noeud): DefereTALu {
  return {
    flux: '5-1',
    ...readIdentifiant(racine),
    dateDepot: readJourEnfant(racine, 'DateDepot'),
    natureIllegalite: readTexte(racine, 'NatureIllegalite'),
    piecesJointes: readFichiers(enfantOf(racine, 'PiecesJointes'), 'PieceJointe'),
  };
}

export function readAnnulation(racine: Noeud): AnnulationLue {
  return { flux: '6-1', ...readIdentifiant(racine) };
}

export function readARAnnulation(racine: Noeud): ARAnnulationLu {
  return {
    flux: '6-2',
    ...readIdentifiant(racine),
    ...readDateReception(racine),
  };
}
