import type { Ecriture } from './write-latin1';

// Les octets 0x80 à 0x9F de windows-1252, dans l'ordre ; une espace marque ceux qui ne sont pas attribués.
const CP1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

// Sans un caractère hors de l'ASCII, l'encodage ne se verrait pas.
const COMMENTAIRE = 'Réponse simulée : aucun service de l’État n’a reçu d’œuvre ni d’acte';

function encode1252(texte: string): Buffer {
  const octets = Array.from(texte, (caractere) => {
    const rang = caractere === ' ' ? -1 : CP1252.indexOf(caractere);
    return rang < 0 ? caractere.charCodeAt(0) : 0x80 + rang;
  });
  return Buffer.from(octets);
}

/** UTF-8 qui se dit ISO-8859-1, comme certains simulateurs et relais l'émettent (protocole §2.6). */
export const UTF8_SOUS_LATIN1: Ecriture = {
  declaree: 'ISO-8859-1',
  horsAlphabet: /[\u0080-\u009F]/gu,
  encode: (texte) => Buffer.from(texte, 'utf8'),
  commentaire: COMMENTAIRE,
};

/** windows-1252, déclaré : les guillemets, l'œ et l'euro y sont des octets. */
export const WINDOWS_1252: Ecriture = {
  declaree: 'windows-1252',
  horsAlphabet: /[\u0080-\u009F]|[^\u0000-\u00FF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu,
  encode: encode1252,
  commentaire: COMMENTAIRE,
};
