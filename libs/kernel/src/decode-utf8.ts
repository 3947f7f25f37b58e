import { firstInvalidUtf8, isCutUtf8 } from './invalid-utf8';
import type { Problem, Result } from './result';
import { ok, refuse } from './result';
import { positionAt } from './text-position';

const BOM = [0xef, 0xbb, 0xbf];

type Opens = (a: number, b: number, cd: number) => boolean;

/** Ce qui trahit un encodage dès les premiers octets : une marque d'ordre, ou les zéros d'un caractère ASCII. UTF-32 commence comme UTF-16. */
const OPENINGS: readonly (readonly [encodage: string, opens: Opens])[] = [
  ['UTF-32', (a, b, cd) => b === 0 && (a === 0 || cd === 0)],
  ['UTF-32', (a, b, cd) => a === 0xff && b === 0xfe && cd === 0],
  ['UTF-16 (petit-boutiste)', (a, b) => b === 0 || (a === 0xff && b === 0xfe)],
  ['UTF-16 (gros-boutiste)', (a, b) => a === 0 || (a === 0xfe && b === 0xff)],
];

/** Où chaque encodage d'un octet met les lettres et les signes du français : é è ê ë à â ç î ï ô ù û É À œ ’ « » ° €. */
const FRENCH_LETTERS: readonly (readonly [encodage: string, octets: string])[] = [
  ['windows-1252', 'e9 e8 ea eb e0 e2 e7 ee ef f4 f9 fb c9 c0 9c 92 ab bb b0 80'],
  ['DOS (IBM850)', '82 8a 88 89 85 83 87 8c 8b 93 97 96 90 b7 ae af f8'],
  ['Mac Roman', '8e 8f 90 91 88 89 8d 94 95 99 9d 9e 83 cb cf d5 c7 c8 a1 db'],
];

const REMEDY = 'Enregistrez ou envoyez ce texte en UTF-8, puis recommencez.';

/**
 * Décode de l'UTF-8 sans jamais rien remplacer ; une marque d'ordre (BOM) en tête est ôtée.
 * @param quoi ce qu'on lit, qui commence la phrase du refus : « Le fichier … », « Le corps de la demande »
 * @returns le texte, ou le refus `texte/not-utf8`, qui dit le premier octet fautif et l'encodage probable
 * (`facts` : `position` en octets à partir de 0, `ligne` et `colonne` à partir de 1, `encodage`).
 */
export function decodeUtf8(bytes: Uint8Array, quoi: string): Result<string> {
  const [a = 1, b = 1, c = 1, d = 1] = bytes;
  const encodage = OPENINGS.find(([, opens]) => opens(a, b, c + d))?.[0];
  if (encodage !== undefined) {
    return refuse({
      code: 'texte/not-utf8',
      detail: `${quoi} est en ${encodage}, non en UTF-8. ${REMEDY}`,
      facts: { position: 0, ligne: 1, colonne: 1, encodage },
    });
  }
  const start = BOM.every((byte, rank) => bytes[rank] === byte) ? BOM.length : 0;
  const body = bytes.subarray(start);
  try {
    return ok(decoded(body));
  } catch {
    return refuse(notUtf8(body, firstInvalidUtf8(body), start, quoi));
  }
}

/** `ignoreBOM` : la nôtre est déjà ôtée, une seconde serait du texte. */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

function notUtf8(body: Uint8Array, invalid: number, start: number, quoi: string): Problem {
  const before = body.subarray(0, invalid);
  const { ligne, colonne } = positionAt(decoded(before), before.byteLength);
  const position = invalid + start;
  const value = (body[invalid] ?? 0).toString(16).toUpperCase();
  const place = `ligne ${ligne}, colonne ${colonne} (octet ${position}, valeur ${value})`;
  const problem = (encodage: string, detail: string): Problem => ({
    code: 'texte/not-utf8',
    detail: `${quoi} ${detail}`,
    facts: { position, ligne, colonne, encodage },
  });
  if (isCutUtf8(body, invalid)) {
    return problem(
      'UTF-8',
      `s'arrête au milieu d'un caractère, ${place} : la fin manque. Envoyez-en le tout.`,
    );
  }
  if (before.some((byte) => byte > 0x7f)) {
    return problem('inconnu', `mêle l'UTF-8 et un autre encodage, qui commence ${place}. ${REMEDY}`);
  }
  const encodage = probableEncoding(body);
  const probable = encodage === 'inconnu' ? 'Encodage non reconnu' : `Encodage probable : ${encodage}`;
  return problem(encodage, `n'est pas en UTF-8 : premier octet fautif ${place}. ${probable}. ${REMEDY}`);
}

/** L'encodage d'un octet où ces octets font le plus de lettres du français. */
function probableEncoding(body: Uint8Array): string {
  const seen = new Uint32Array(256);
  for (const byte of body) seen[byte] = (seen[byte] ?? 0) + 1;
  const counts = new Map(
    [...seen.entries()]
      .filter(([byte, count]) => byte > 0x7f && count > 0)
      .map(([byte, count]) => [byte.toString(16), count] as const),
  );
  let best = { encodage: 'inconnu', letters: 0 };
  for (const [encodage, octets] of FRENCH_LETTERS) {
    const letters = octets.split(' ').reduce((sum, octet) => sum + (counts.get(octet) ?? 0), 0);
    if (letters > best.letters) best = { encodage, letters };
  }
  // Sans octet de 128 à 159, rien ne distingue les deux.
  const isBoth = best.encodage === 'windows-1252' && [...counts.keys()].every((octet) => octet >= 'a0');
  return isBoth ? 'ISO-8859-1 ou windows-1252' : best.encodage;
}
