import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Buffer } from 'node:buffer';

export const TAR_BLOCK = 512;

export interface TarEntry {
  readonly nom: string;
  readonly tailleOctets: number;
}

/** Ce que chaque genre d'entrée est, dit à une personne. */
const TYPES: Readonly<Record<string, string>> = {
  '1': 'un lien dur',
  '2': 'un lien symbolique',
  '3': 'un périphérique',
  '4': 'un périphérique',
  '5': 'un répertoire',
  '6': 'un tube',
};

/** Vrai si le bloc n'est fait que de zéros : deux de suite marquent la fin d'un tar. */
export function isZeroBlock(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

/**
 * Lit l'en-tête d'une entrée. N'est admis qu'un fichier ordinaire au nom simple : le format des archives ACTES est plat.
 * @returns l'entrée, ou un refus `archive/bad-header`, `archive/link`, `archive/device`, `archive/directory`,
 * `archive/unsupported-entry`, `archive/absolute-path`, `archive/path-traversal`, `archive/nested-path`, `archive/bad-name`.
 */
export function parseTarHeader(block: Buffer): Result<TarEntry> {
  if (!hasValidChecksum(block)) {
    return refuse({
      code: 'archive/bad-header',
      detail: "Un en-tête de l'archive est illisible : le tar est abîmé.",
    });
  }
  const nom = nameOf(block);
  const type = String.fromCharCode(block[156] ?? 0);
  if (type !== '0' && type !== '\0' && type !== '7') return refuse(unsupported(type, nom));
  const fault = faultOfName(nom);
  if (fault) return refuse(fault);
  const tailleOctets = readSize(block.subarray(124, 136));
  if (tailleOctets === undefined) {
    return refuse({
      code: 'archive/bad-header',
      detail: `La taille de « ${nom} » est illisible : le tar est abîmé.`,
    });
  }
  return ok({ nom, tailleOctets });
}

/** Vrai si la somme de contrôle du bloc est juste : ce qui distingue un en-tête de n'importe quels octets. */
export function hasValidChecksum(block: Buffer): boolean {
  const declared = readOctal(block.subarray(148, 156));
  let sum = 8 * 32;
  for (let at = 0; at < TAR_BLOCK; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return declared === sum;
}

function nameOf(block: Buffer): string {
  const name = readString(block.subarray(0, 100));
  // Le préfixe n'existe que dans le format ustar proprement dit ; GNU y range autre chose.
  const isUstar = block.subarray(257, 263).toString('latin1') === 'ustar\0';
  const prefix = isUstar ? readString(block.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Les octets d'un champ jusqu'à son premier nul. */
export function readField(field: Buffer): Buffer {
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? field.byteLength : end);
}

function readString(field: Buffer): string {
  return readField(field).toString('latin1');
}

/** Un nombre en chiffres octaux, entre blancs ; `undefined` si ce n'en est pas un. */
export function readOctal(field: Buffer): number | undefined {
  const text = readString(field).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** Une taille en base 256 (bit fort levé) dépasse 8 Gio : la rendre telle suffit à la faire refuser par les bornes. */
function readSize(field: Buffer): number | undefined {
  return ((field[0] ?? 0) & 0x80) === 0x80 ? Number.MAX_SAFE_INTEGER : readOctal(field);
}

/** Le refus d'une entrée qui n'est pas un fichier ordinaire. */
export function unsupported(type: string, nom: string): Problem {
  const what = TYPES[type] ?? 'une entrée hors du format tar ordinaire';
  const code =
    type === '1' || type === '2'
      ? 'archive/link'
      : type === '3' || type === '4' || type === '6'
        ? 'archive/device'
        : type === '5'
          ? 'archive/directory'
          : 'archive/unsupported-entry';
  return {
    code,
    detail: `« ${nom} » est ${what} : une archive ACTES ne contient que des fichiers ordinaires, à plat.`,
  };
}

/** Le refus d'un chemin qui sort de l'archive, s'il en sort. */
export function faultOfChemin(nom: string): Problem | undefined {
  if (/^([/\\]|[A-Za-z]:)/.test(nom)) {
    return {
      code: 'archive/absolute-path',
      detail: `« ${printable(nom)} » est un chemin absolu : seul un nom simple est admis.`,
    };
  }
  if (nom.split(/[/\\]/).includes('..')) {
    return {
      code: 'archive/path-traversal',
      detail: `« ${printable(nom)} » remonte hors de l'archive : seul un nom simple est admis.`,
    };
  }
  return undefined;
}

function faultOfName(nom: string): Problem | undefined {
  const fault = faultOfChemin(nom);
  if (fault) return fault;
  if (/[/\\]/.test(nom)) {
    return {
      code: 'archive/nested-path',
      detail: `« ${nom} » est dans un répertoire : une archive ACTES est à plat.`,
    };
  }
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.() -]*$/.test(nom)) {
    return {
      code: 'archive/bad-name',
      detail: `« ${printable(nom)} » n'est pas un nom de fichier ACTES : lettres sans accent, chiffres, « _ », « - » et « . ».`,
    };
  }
  return undefined;
}

function printable(nom: string): string {
  return nom.replace(/[^\u0020-\u007e]/g, '?');
}
