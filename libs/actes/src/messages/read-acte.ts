import { normalizeNatureAnomalie } from '../anomalies/explain-anomalie';
import type { Noeud } from '../xml/noeud';
import { enfantOf } from '../xml/noeud';
import type { ActeLu, AnomalieActeLue, ARActeLu, DonneesActeLues } from './messages-lus';
import {
  attributActes,
  readDateReception,
  readEntier,
  readFichier,
  readFichiers,
  readIdentifiant,
  readJourAttribut,
  readJourEnfant,
  readTexte,
} from './read-champs';

export function readActe(racine: Noeud): ActeLu {
  return { flux: '1-1', ...readDonneesActe(racine) };
}

export function readARActe(racine: Noeud): ARActeLu {
  return {
    flux: '1-2',
    ...readIdentifiant(racine),
    ...readDateReception(racine),
    acteRecu: readActeRecu(racine),
    classificationDateVersionEnCours: readJourEnfant(racine, 'ClassificationDateVersionEnCours'),
  };
}

export function readAnomalieActe(racine: Noeud): AnomalieActeLue {
  return {
    flux: '1-3',
    date: readJourEnfant(racine, 'Date'),
    nature: normalizeNatureAnomalie(readTexte(racine, 'Nature') ?? ''),
    detail: readTexte(racine, 'Detail') ?? '',
    acteRecu: readActeRecu(racine),
    classificationDateVersionEnCours: readJourEnfant(racine, 'ClassificationDateVersionEnCours'),
  };
}

/** `ActeRecu`, ou l'élément mal nommé qui porte un numéro d'acte : des accusés réels s'y trompent. */
function readActeRecu(racine: Noeud): DonneesActeLues | undefined {
  const noeud =
    enfantOf(racine, 'ActeRecu') ??
    racine.enfants.find((enfant) => attributActes(enfant, 'NumeroInterne') !== undefined);
  return noeud && readDonneesActe(noeud);
}

function readDonneesActe(noeud: Noeud): DonneesActeLues {
  const document = enfantOf(noeud, 'Document');
  const annexes = enfantOf(noeud, 'Annexes');
  const precedent = enfantOf(noeud, 'PrecedentIdentifiantActe');
  return {
    dateDecision: readJourAttribut(noeud, 'Date'),
    numeroInterne: attributActes(noeud, 'NumeroInterne'),
    codeNature: readEntier(attributActes(noeud, 'CodeNatureActe')),
    matiere: readMatiere(noeud),
    objet: readTexte(noeud, 'Objet'),
    precedentIdentifiant: precedent && attributActes(precedent, 'IDActe'),
    classificationDateVersion: readJourEnfant(noeud, 'ClassificationDateVersion'),
    document: document && readFichier(document),
    annexes: readFichiers(annexes, 'Annexe'),
    nombreAnnexes: annexes && readEntier(attributActes(annexes, 'Nombre')),
    documentPapier: readDocumentPapier(readTexte(noeud, 'DocumentPapier')),
  };
}

function readMatiere(noeud: Noeud): readonly number[] {
  return [1, 2, 3, 4, 5].flatMap((rang) => {
    const enfant = enfantOf(noeud, `CodeMatiere${rang}`);
    return (enfant && readEntier(attributActes(enfant, 'CodeMatiere'))) ?? [];
  });
}

/** `O` et `N` depuis 2018 ; `0` s'est vu une fois. Vide ou annulé ne dit rien. */
function readDocumentPapier(texte: string | undefined): boolean | undefined {
  const value = texte?.trim().toUpperCase();
  if (value === 'O') return true;
  return value === 'N' || value === '0' ? false : undefined;
}
