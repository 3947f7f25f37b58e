import type { Contenu, DeclarationAttribut, DeclarationElement } from '../vocabulaire/description';
import { ESPACE_ACTES, ESPACE_XSI } from '../vocabulaire/description';
import type { TypeSimple } from '../vocabulaire/types-simples';
import { reduceSpaces } from '../vocabulaire/types-simples';
import { ATTRIBUTS_GLOBAUX, globalElement } from '../vocabulaire/vocabulaire';
import { displayName } from './display-name';
import { matchSuite } from './match-suite';
import type { AttributLu, Noeud } from './noeud';
import type { Faute } from './xml-violation';
import { FAUTES_CHERCHEES_MAX } from './xml-violation';

/** Valide un arbre entier contre le vocabulaire ; toutes les fautes, dans l'ordre du document. */
export function validateSchema(racine: Noeud): readonly Faute[] {
  const chemin = displayName(racine.espace, racine.local);
  const declaration = racine.espace === ESPACE_ACTES ? globalElement(racine.local) : undefined;
  if (!declaration) {
    const isSurrounded = racine.espace !== ESPACE_ACTES && racine.espace.trim() === ESPACE_ACTES;
    const advice = isSurrounded ? " : le fichier l'écrit entouré de blancs, ôtez-les" : '';
    const detail = `« ${chemin} » n'est pas un élément du protocole ACTES dans l'espace de noms ${ESPACE_ACTES}${advice}.`;
    return [faute(racine, 'xml/racine-inconnue', chemin, detail)];
  }
  const fautes: Faute[] = [];
  checkElement(racine, declaration, chemin, fautes);
  return fautes;
}

function checkElement(noeud: Noeud, declaration: DeclarationElement, chemin: string, fautes: Faute[]): void {
  if (fautes.length >= FAUTES_CHERCHEES_MAX) return;
  checkEspaces(noeud, chemin, fautes);
  const isNil = checkXsi(noeud, declaration, chemin, fautes);
  checkAttributs(noeud, declaration, chemin, fautes);
  if (isNil) {
    if (noeud.aDuTexte || noeud.enfants.length > 0) {
      fautes.push(
        faute(noeud, 'xml/contenu-inattendu', chemin, `${chemin} est annulé (xsi:nil) : il doit être vide.`),
      );
    }
    return;
  }
  checkContenu(noeud, declaration.contenu, chemin, fautes);
}

function faute(noeud: Noeud, regle: string, chemin: string, detail: string): Faute {
  return { decalage: noeud.decalage, regle, chemin, detail };
}

/** Ce dont une URI peut être faite (RFC 3986) : ni blanc, ni accent, même quand rien n'emploie l'espace de noms. */
const URI =
  /^(?:[\w!$&'()*+,./:;=?@[\]~-]|%[0-9A-Fa-f]{2})*(?:#(?:[\w!$&'()*+,./:;=?@~-]|%[0-9A-Fa-f]{2})*)?$/;

const URI_MAX = 2_000;

function checkEspaces(noeud: Noeud, chemin: string, fautes: Faute[]): void {
  for (const uri of noeud.espacesDeclares) {
    if (uri.length <= URI_MAX && URI.test(uri)) continue;
    const detail = `L'espace de noms « ${uri.slice(0, 100)} » n'est pas une URI : ôtez-en les blancs et les caractères hors ASCII.`;
    fautes.push(faute(noeud, 'xml/espace-de-noms-invalide', chemin, detail));
  }
}

/** `xsi:nil` et `xsi:type` ; les autres attributs `xsi` n'ont pas d'effet. Rend vrai si l'élément est annulé. */
function checkXsi(noeud: Noeud, declaration: DeclarationElement, chemin: string, fautes: Faute[]): boolean {
  let isNil = false;
  for (const { espace, local, valeur } of noeud.attributs) {
    if (espace !== ESPACE_XSI) continue;
    const here = `${chemin}/@xsi:${local}`;
    if (local === 'type') {
      fautes.push(
        faute(
          noeud,
          'xml/type-impose',
          here,
          `${chemin} impose un type (xsi:type) : le protocole n'en use pas.`,
        ),
      );
    }
    if (local === 'nil') isNil = checkNil(noeud, declaration, here, valeur, fautes);
  }
  return isNil;
}

function checkNil(
  noeud: Noeud,
  declaration: DeclarationElement,
  here: string,
  valeur: string,
  fautes: Faute[],
): boolean {
  const value = reduceSpaces(valeur);
  if (!['true', 'false', '1', '0'].includes(value)) {
    fautes.push(
      faute(noeud, 'xml/valeur-invalide', here, `${here} vaut « ${valeur} » ; attendu : true ou false.`),
    );
    return false;
  }
  if (declaration.annulable !== true) {
    fautes.push(
      faute(noeud, 'xml/nil-interdit', here, `${here} : cet élément ne peut pas être annulé (xsi:nil).`),
    );
    return false;
  }
  return value === 'true' || value === '1';
}

function checkAttributs(
  noeud: Noeud,
  declaration: DeclarationElement,
  chemin: string,
  fautes: Faute[],
): void {
  const isLibre = declaration.contenu.sorte === 'libre';
  for (const read of noeud.attributs) {
    if (read.espace === ESPACE_XSI) {
      checkKnownXsi(noeud, read, chemin, fautes);
      continue;
    }
    const known = (isLibre ? ATTRIBUTS_GLOBAUX : declaration.attributs).find(
      (candidate) => candidate.nom === read.local && candidate.espace === read.espace,
    );
    const here = `${chemin}/@${displayName(read.espace, read.local)}`;
    if (known) checkValeur(noeud, known.type, read.valeur, here, fautes);
    else if (!isLibre) fautes.push(unexpectedAttribut(noeud, declaration, read, here));
  }
  for (const expected of declaration.attributs) {
    const isThere = noeud.attributs.some(
      (read) => read.local === expected.nom && read.espace === expected.espace,
    );
    if (isThere || !expected.requis) continue;
    const name = displayName(expected.espace, expected.nom);
    fautes.push(
      faute(noeud, 'xml/attribut-manquant', `${chemin}/@${name}`, `L'attribut ${name} manque sur ${chemin}.`),
    );
  }
}

const XSI_CONNUS = new Set(['nil', 'type', 'schemaLocation', 'noNamespaceSchemaLocation']);

function checkKnownXsi(noeud: Noeud, read: AttributLu, chemin: string, fautes: Faute[]): void {
  if (XSI_CONNUS.has(read.local)) return;
  const here = `${chemin}/@xsi:${read.local}`;
  fautes.push(faute(noeud, 'xml/attribut-inattendu', here, `L'attribut xsi:${read.local} n'existe pas.`));
}

function unexpectedAttribut(
  noeud: Noeud,
  declaration: DeclarationElement,
  read: AttributLu,
  here: string,
): Faute {
  const namesake = declaration.attributs.find(
    (candidate: DeclarationAttribut) => candidate.nom === read.local,
  );
  const advice = namesake
    ? `écrivez-le ${displayName(namesake.espace, namesake.nom)} : le protocole veut tous ses attributs préfixés.`
    : 'le protocole ne le connaît pas ici : retirez-le.';
  const name = displayName(read.espace, read.local);
  return faute(noeud, 'xml/attribut-inattendu', here, `L'attribut ${name} est inattendu ; ${advice}`);
}

function checkValeur(noeud: Noeud, type: TypeSimple, valeur: string, chemin: string, fautes: Faute[]): void {
  const value = type.espaces === 'reduits' ? reduceSpaces(valeur) : valeur;
  if (type.accepts(value)) return;
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  fautes.push(
    faute(noeud, 'xml/valeur-invalide', chemin, `${chemin} vaut « ${shown} » ; attendu : ${type.attendu}.`),
  );
}

function checkContenu(noeud: Noeud, contenu: Contenu, chemin: string, fautes: Faute[]): void {
  if (contenu.sorte === 'libre') {
    checkLibre(noeud, chemin, fautes);
    return;
  }
  if (contenu.sorte === 'texte') {
    if (noeud.enfants.length > 0) fautes.push(withChildren(noeud, chemin));
    else checkValeur(noeud, contenu.type, noeud.texte, chemin, fautes);
    return;
  }
  if (contenu.sorte === 'vide') {
    if (noeud.enfants.length > 0) fautes.push(withChildren(noeud, chemin));
    else if (noeud.aDuTexte)
      fautes.push(withText(noeud, chemin, 'il doit rester vide, sans même une espace'));
    return;
  }
  if (noeud.texte.replace(/[\t\n\r ]/g, '') !== '') {
    fautes.push(withText(noeud, chemin, "il ne doit contenir que d'autres éléments"));
  }
  const matched = matchSuite(noeud, contenu.particules, chemin);
  fautes.push(...matched.fautes);
  for (const { enfant, declaration } of matched.reconnus) {
    checkElement(enfant, declaration, `${chemin}/actes:${declaration.nom}`, fautes);
  }
}

function withChildren(noeud: Noeud, chemin: string): Faute {
  return faute(noeud, 'xml/contenu-inattendu', chemin, `${chemin} ne doit contenir aucun élément.`);
}

function withText(noeud: Noeud, chemin: string, why: string): Faute {
  return faute(noeud, 'xml/texte-inattendu', chemin, `${chemin} contient du texte : ${why}.`);
}

/** Contenu libre : ce que le schéma connaît y est validé, le reste passe. */
function checkLibre(noeud: Noeud, chemin: string, fautes: Faute[]): void {
  for (const enfant of noeud.enfants) {
    const here = `${chemin}/${displayName(enfant.espace, enfant.local)}`;
    const known = enfant.espace === ESPACE_ACTES ? globalElement(enfant.local) : undefined;
    if (known) checkElement(enfant, known, here, fautes);
    else
      checkElement(enfant, { nom: enfant.local, contenu: { sorte: 'libre' }, attributs: [] }, here, fautes);
  }
}
