import type { CivilDate } from '@teletransmission/kernel';
import { compactDay, isCompactDay } from '../clock/civil-day';
import type { FormulaireRecu } from '../dossier/dossier';
import { codeNature } from '../dossier/nomenclature';
import { acteElement, ACTES, XSI } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';

/** L'acte reçu, tel quel sous un autre nom : mêmes attributs, mêmes enfants (protocole §3.9). */
export function copyActeRecu(racine: XmlElement): XmlElement {
  // L'adresse du schéma dit où l'expéditeur l'a rangé, elle n'est pas un attribut de l'acte.
  const attributs = racine.attributs.filter(({ espace, nom }) => espace !== XSI || nom === 'nil');
  return { espace: ACTES, nom: 'ActeRecu', attributs, enfants: racine.enfants };
}

const isDay = (texte: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(texte) && isCompactDay(compactDay(texte));
const spellDay = (compact: string): string =>
  compact.length === 8 ? `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}` : '';
// XML Schema compte des points de code, pas des unités UTF-16.
const cutAt = (texte: string, max: number): string => Array.from(texte).slice(0, max).join('');
const isInteger = (texte: string): boolean => /^\d{1,18}$/.test(texte);

/**
 * L'acte reçu quand il n'est pas valide : ce qui se lit est gardé, le reste vient du nom du fichier ou reste vide,
 * pour que l'anomalie, elle, soit valide et que l'expéditeur y reconnaisse date, numéro et nature.
 */
export function rebuildActeRecu(
  formulaire: FormulaireRecu,
  jour: CivilDate,
  classification: CivilDate,
): XmlElement {
  const { acte, nomLu } = formulaire;
  const date = [acte?.dateDecision ?? '', spellDay(nomLu?.jour ?? ''), jour].find(isDay) ?? jour;
  const nature = [acte?.codeNature ?? '', codeNature(nomLu?.nature ?? '') ?? '0'].find(isInteger) ?? '0';
  const numero = cutAt(acte?.numeroInterne ?? nomLu?.numeroInterne ?? '', 15);
  const matieres = [...(acte?.matieres.filter(isInteger) ?? []), '0', '0'].slice(
    0,
    Math.max(2, Math.min(5, acte?.matieres.length ?? 0)),
  );
  const version = [acte?.classificationDateVersion ?? '', classification].find(isDay) ?? classification;
  const annexes = acte?.annexes ?? [];
  const fichier = (nom: string, contenu: string): XmlElement =>
    acteElement(nom, {}, [acteElement('NomFichier', {}, [contenu])]);
  return acteElement('ActeRecu', { Date: date, NumeroInterne: numero, CodeNatureActe: nature }, [
    ...matieres.map((code, rang) => acteElement(`CodeMatiere${rang + 1}`, { CodeMatiere: code })),
    acteElement('Objet', {}, [cutAt(acte?.objet ?? '', 500)]),
    acteElement('ClassificationDateVersion', {}, [version]),
    fichier('Document', acte?.document ?? ''),
    acteElement(
      'Annexes',
      { Nombre: isInteger(acte?.nombreAnnexes ?? '') ? (acte?.nombreAnnexes ?? '0') : '0' },
      annexes.map((nom) => fichier('Annexe', nom)),
    ),
    acteElement('DocumentPapier'),
  ]);
}
