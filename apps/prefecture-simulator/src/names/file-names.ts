import { isCompactDay } from '../clock/civil-day';

/** Le nom d'une archive déposée : `SLO-EACT--210703385--20170612-2.tar.gz`. */
export interface NomArchive {
  readonly trigramme: string;
  readonly quadrigramme: string;
  readonly siren: string;
  /** Jour de création, `AAAAMMJJ`. */
  readonly jour: string;
  /** Nom de l'enveloppe que l'archive doit contenir. */
  readonly enveloppe: string;
}

/** Le nom d'un message métier : `034-213499908-20260226-2026_014-DE-1-1_0.xml`. Date, numéro et nature peuvent manquer. */
export interface NomMessage {
  readonly departement: string;
  readonly siren: string;
  readonly jour: string;
  readonly numeroInterne: string;
  readonly nature: string;
  /** `1-1`, `6-1`… */
  readonly flux: string;
}

/** Le nom d'un document joint : `99_DE-034-213499908-20260226-2026_014-DE-1-1_1.pdf`. Il répète celui de son message. */
export interface NomDocument extends NomMessage {
  /** Code de typologie, absent des plus anciens envois. */
  readonly typePiece: string | undefined;
  /** Extension en minuscules. */
  readonly extension: string;
}

const ARCHIVE = /^([A-Z]{3})-(([FQETD][A-Z]{3})--(\d{9})--(\d{8})-[1-9]\d*)\.tar\.gz$/;
const ENVELOPPE = /^[FQETD][A-Z]{3}-[^-]*-.*\.xml$/;
const CORPS = String.raw`(\d{3}|02[AB])-(\d{9})-(\d{8}|)-([A-Za-z0-9_ -]{0,15})-([A-Z]{2}|)-([1-7]-[1-6])_(?:0|[1-9]\d*)`;
const MESSAGE = new RegExp(`^${CORPS}\\.xml$`);
const DOCUMENT = new RegExp(`^(?:([A-Z0-9_]{5})-)?${CORPS}\\.([A-Za-z]{3,4})$`);

/** Lit un nom d'archive de collectivité (protocole §2.1), ou rien s'il ne suit pas la grammaire. */
export function readNomArchive(nom: string): NomArchive | undefined {
  const [, trigramme, base, quadrigramme, siren, jour] = ARCHIVE.exec(nom) ?? [];
  if (!trigramme || !base || !quadrigramme || !siren || !jour || !isCompactDay(jour)) return undefined;
  return { trigramme, quadrigramme, siren, jour, enveloppe: `${base}.xml` };
}

/** Vrai si ce nom de fichier a l'allure d'une enveloppe, bonne ou mauvaise. */
export function looksLikeEnveloppe(nom: string): boolean {
  return ENVELOPPE.test(nom);
}

/** Lit un nom de message métier, par les deux bouts : le numéro peut contenir des traits d'union. */
export function readNomMessage(nom: string): NomMessage | undefined {
  const lu = MESSAGE.exec(nom);
  if (!lu) return undefined;
  const [, departement = '', siren = '', jour = '', numeroInterne = '', nature = '', flux = ''] = lu;
  if (jour !== '' && !isCompactDay(jour)) return undefined;
  return { departement, siren, jour, numeroInterne, nature, flux };
}

/** Lit un nom de document joint, ou rien s'il ne suit pas la grammaire. */
export function readNomDocument(nom: string): NomDocument | undefined {
  const lu = DOCUMENT.exec(nom);
  if (!lu) return undefined;
  const [, typePiece, departement = '', siren = '', jour = '', numeroInterne = '', nature = '', flux = ''] =
    lu;
  const extension = (lu[8] ?? '').toLowerCase();
  return { typePiece, departement, siren, jour, numeroInterne, nature, flux, extension };
}

/**
 * Le nom de l'anomalie qui rejette une archive : `ANO_` suivi du nom de son enveloppe.
 * D'un nom qui ne suit pas la grammaire, on garde ce qui peut s'écrire sans danger dans un nom de fichier.
 */
export function nameAnomalieEnveloppe(nomArchive: string): string {
  const lu = readNomArchive(nomArchive);
  if (lu) return `ANO_${lu.enveloppe}`;
  const reste = nomArchive
    .replace(/\.tar\.gz$/, '')
    .replace(/^[A-Z]{3}-(?=[A-Z]{4}-)/, '')
    .replace(/[^A-Za-z0-9_.-]/g, '_');
  return `ANO_${reste.slice(0, 100)}.xml`;
}
