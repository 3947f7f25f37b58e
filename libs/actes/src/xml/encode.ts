import { Buffer } from 'node:buffer';

/**
 * Ce qui part en référence de caractère (`&#339;` pour œ), légale partout où notre texte peut se trouver : ce que l'ISO-8859-1 ne
 * contient pas ; les codes 128 à 159, que des lecteurs prennent pour du windows-1252 ; et toute lettre dont l'octet, avec celui d'après,
 * ferait un caractère UTF-8 (« Ã© »), sans quoi un lecteur qui devine lirait le fichier entier autrement.
 */
const REFERENCED = /[\u0080-\u009f]|[\u00c2-\u00f4](?=[\u00a0-\u00bf])|[^\u0000-\u00ff]/gu;

/** Les octets ISO-8859-1 d'un XML ; `Buffer` seul changerait sans rien dire ce que cet encodage ne contient pas. */
export function encodeLatin1(xml: string): Uint8Array {
  const referenced = xml.replace(REFERENCED, (character) => `&#${character.codePointAt(0) ?? 0};`);
  return new Uint8Array(Buffer.from(referenced, 'latin1'));
}
