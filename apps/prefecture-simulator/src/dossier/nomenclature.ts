import { MATIERES } from '../classification/nomenclature-matieres';
import { NATURES_CLASSEES } from '../classification/nomenclature-natures';

/** Nombre de matières de niveau 2 sous chaque matière de niveau 1, dans la nomenclature nationale (protocole §5.3). */
const MATIERES_NATIONALES: ReadonlyMap<number, number> = new Map(
  MATIERES.map(({ code, sous }) => [code, sous.length]),
);

/** Une nature d'acte et les types de pièce qu'elle admet, version du 28 novembre 2018 et suivantes (protocole §4.3, §5.5). */
export interface NatureActe {
  readonly abrege: string;
  readonly typesPiece: ReadonlySet<string>;
}

const NATURES: ReadonlyMap<number, NatureActe> = new Map(
  NATURES_CLASSEES.map(({ code, abrege, types }) => [
    code,
    { abrege, typesPiece: new Set(types.map((type) => type.code)) },
  ]),
);

/** La nature de ce code (« 1 » et « 01 » sont le même nombre), ou rien si elle n'existe pas. */
export function natureActe(code: string): NatureActe | undefined {
  return /^\d{1,9}$/.test(code) ? NATURES.get(Number(code)) : undefined;
}

/** Le code d'une abréviation (`DE` → `1`), pour relire un nom de fichier. */
export function codeNature(abrege: string): string | undefined {
  return [...NATURES].find(([, nature]) => nature.abrege === abrege)?.[0].toString();
}

/**
 * La première faute d'un chemin de matière, niveau 1 d'abord, ou rien s'il existe.
 * Les niveaux 3 à 5 sont locaux : on exige seulement un code positif.
 */
export function faultOfMatiere(codes: readonly string[]): string | undefined {
  const [premier, deuxieme, ...suivants] = codes.map(Number);
  const combien = MATIERES_NATIONALES.get(premier ?? 0);
  if (combien === undefined) return `la matière ${codes[0] ?? ''} n'existe pas`;
  if (deuxieme === undefined || deuxieme < 1 || deuxieme > combien) {
    return `la matière ${codes.slice(0, 2).join('.')} n'existe pas`;
  }
  if (suivants.some((code) => !(code >= 1))) return `la matière ${codes.join('.')} a un niveau nul`;
  return undefined;
}
