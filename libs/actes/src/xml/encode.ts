import { Buffer } from 'node:buffer';

/**
 * Les octets ISO-8859-1 d'un XML. Ce que cet encodage ne contient pas part en référence de caractère (`&#339;` pour œ),
 * légale partout où notre texte peut se trouver ; `Buffer` seul l'aurait changé en un autre caractère, sans rien dire.
 * Les codes 128 à 159 et le retour chariot sont référencés aussi : un lecteur les comprendrait autrement.
 */
export function encodeLatin1(xml: string): Uint8Array {
  const referenced = xml.replace(/[\r\u0080-\u009f]|[^\u0000-\u00ff]/gu, (character) => {
    return `&#${character.codePointAt(0) ?? 0};`;
  });
  return new Uint8Array(Buffer.from(referenced, 'latin1'));
}
