import { parseDepartement } from '../identifiant/departement';
import { parseIdentifiantActe } from '../identifiant/read-identifiant-acte';
import { hasValidLuhnKey } from '../identifiant/siren';
import { natureAbregeeOf } from '../nomenclature/natures';
import { ESPACE_ACTES } from '../vocabulaire/description';
import { dayOfXsdDate, reduceSpaces } from '../vocabulaire/types-simples';
import { globalElement, isDocument } from '../vocabulaire/vocabulaire';
import { REGLES_ELEMENT } from './regles-element';
import { displayName } from './display-name';
import type { AttributLu, Noeud } from './noeud';
import type { Faute } from './xml-violation';
import { FAUTES_CHERCHEES_MAX } from './xml-violation';

/** Rend ce qu'il y a à redire d'une valeur, ou `undefined`. */
type RegleValeur = (valeur: string) => string | undefined;

const sansFuseau: RegleValeur = (valeur) =>
  dayOfXsdDate(valeur)?.fuseau === true
    ? `« ${valeur} » porte un fuseau : écrivez le jour seul, AAAA-MM-JJ.`
    : undefined;

const REGLES_ATTRIBUT: Readonly<Record<string, readonly [regle: string, check: RegleValeur]>> = {
  IDActe: [
    'regle/identifiant-acte',
    (valeur) => {
      const read = parseIdentifiantActe(valeur);
      if (!read.ok) return read.problem.detail;
      return read.value.identifiant === valeur
        ? undefined
        : `« ${valeur} » s'écrit ${read.value.identifiant}.`;
    },
  ],
  SIREN: [
    'regle/siren-cle',
    (valeur) =>
      /^[0-9]{9}$/.test(valeur) && !hasValidLuhnKey(valeur)
        ? `Le SIREN ${valeur} a une clé de contrôle fausse : un chiffre a sans doute été mal recopié.`
        : undefined,
  ],
  Departement: [
    'regle/departement',
    (valeur) => {
      const read = parseDepartement(valeur);
      return read.ok ? undefined : read.problem.detail;
    },
  ],
  CodeNatureActe: [
    'regle/nature-acte',
    (valeur) =>
      /^[1-6]$/.test(valeur) && natureAbregeeOf(Number(valeur)) !== undefined
        ? undefined
        : `« ${valeur} » n'est pas une nature d'acte : attendu un chiffre de 1 à 6, sans zéro devant.`,
  ],
  NumeroInterne: [
    'regle/numero-interne',
    (valeur) =>
      /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/.test(valeur)
        ? undefined
        : `Le numéro « ${valeur} » doit tenir en lettres, chiffres, « _ » ou tirets, une lettre ou un chiffre aux deux bouts.`,
  ],
  Date: ['regle/date-fuseau', sansFuseau],
  DateReception: ['regle/date-fuseau', sansFuseau],
  DateCourrierPref: ['regle/date-fuseau', sansFuseau],
};

const DATES = new Set([
  'Date',
  'ClassificationDateVersion',
  'ClassificationDateVersionEnCours',
  'DateDepot',
  'DateClassification',
]);

/**
 * Vérifie ce qu'un schéma ne sait pas dire : nombre d'annexes annoncé, objet vide, matière inconnue, clé de SIREN,
 * chemin dans un nom de fichier… Les codes commencent par `regle/`.
 */
export function checkRegles(racine: Noeud): readonly Faute[] {
  const fautes: Faute[] = [];
  const chemin = displayName(racine.espace, racine.local);
  if (racine.espace === ESPACE_ACTES && globalElement(racine.local) && !isDocument(racine.local)) {
    fautes.push({
      decalage: racine.decalage,
      regle: 'regle/racine',
      chemin,
      detail: `${chemin} est un fragment d'enveloppe, pas un message : un fichier ne peut pas commencer par lui.`,
    });
  }
  visit(racine, racine.espace, chemin, fautes);
  return fautes;
}

function visit(noeud: Noeud, espace: string, chemin: string, fautes: Faute[]): void {
  if (noeud.espace !== espace || fautes.length >= FAUTES_CHERCHEES_MAX) return;
  for (const attribut of noeud.attributs) {
    const found = faultOfAttribut(noeud, attribut, chemin);
    if (found) fautes.push(found);
  }
  if (DATES.has(noeud.local)) {
    const detail = sansFuseau(reduceSpaces(noeud.texte));
    if (detail !== undefined)
      fautes.push({ decalage: noeud.decalage, regle: 'regle/date-fuseau', chemin, detail });
  }
  for (const { regle, detail } of REGLES_ELEMENT.get(noeud.local)?.(noeud) ?? []) {
    fautes.push({ decalage: noeud.decalage, regle, chemin, detail });
  }
  for (const enfant of noeud.enfants) {
    // Une signature est à son auteur : on n'y cherche rien.
    if (enfant.local !== 'Signature')
      visit(enfant, espace, `${chemin}/${displayName(enfant.espace, enfant.local)}`, fautes);
  }
}

function faultOfAttribut(noeud: Noeud, attribut: AttributLu, chemin: string): Faute | undefined {
  const rule = Object.hasOwn(REGLES_ATTRIBUT, attribut.local) ? REGLES_ATTRIBUT[attribut.local] : undefined;
  const detail = rule?.[1](attribut.valeur);
  if (!rule || detail === undefined) return undefined;
  const here = `${chemin}/@${displayName(attribut.espace, attribut.local)}`;
  return { decalage: noeud.decalage, regle: rule[0], chemin: here, detail };
}
