import type { CivilDate, Result } from '@teletransmission/kernel';
import { compactCivilDate, ok, parseCompactCivilDate, refuse } from '@teletransmission/kernel';
import type { Departement } from '../identifiant/departement';
import type { NumeroInterne } from '../identifiant/numero-interne';
import type { Siren } from '../identifiant/siren';
import type { Flux } from './flux';
import { isFlux } from './flux';
import type { NatureAbregee } from '../nomenclature/natures';
import { baseName } from './nom-enveloppe';

/**
 * De quoi nommer un message ou un document : les parties de l'identifiant de l'acte, ou la seule collectivité pour un
 * message sans acte (7-1) ; les champs absents restent vides entre leurs tirets.
 */
export interface NomIdentity {
  readonly departement: Departement;
  readonly siren: Siren;
  /** Le jour de la décision, jamais celui de l'envoi. */
  readonly dateDecision?: CivilDate;
  readonly numeroInterne?: NumeroInterne;
  readonly nature?: NatureAbregee;
}

/**
 * Le nom d'un message métier. À l'émission `n` vaut 0 ; celui de l'État est quelconque et ne porte aucun sens.
 * @example nomMessage(acte, '1-1', 0) // '034-213402761-20221020-2022-10-062-DE-1-1_0.xml'
 */
export function nomMessage(identity: NomIdentity, flux: Flux, n: number): string {
  return `${radical(identity)}-${flux}_${n}.xml`;
}

/**
 * Le nom d'un document joint : `n` vaut 1 pour le document principal, puis 2, 3… pour les annexes dans leur ordre.
 * @param extension sans le point
 * @param typePiece les cinq caractères de la typologie
 * @example nomDocument(acte, '1-1', 1, 'pdf', '99_DE') // '99_DE-034-213402761-20221020-2022-10-062-DE-1-1_1.pdf'
 */
export function nomDocument(
  identity: NomIdentity,
  flux: Flux,
  n: number,
  extension: string,
  typePiece: string,
): string {
  return `${typePiece}-${radical(identity)}-${flux}_${n}.${extension}`;
}

function radical(identity: NomIdentity): string {
  const { departement, siren, dateDecision, numeroInterne, nature } = identity;
  const day = dateDecision === undefined ? '' : compactCivilDate(dateDecision);
  return [departement, siren, day, numeroInterne ?? '', nature ?? ''].join('-');
}

/** Un nom de message ou de document, lu. Les champs sont ceux du nom, sans contrôle contre le contenu du message. */
export interface NomFichierLu {
  readonly nom: string;
  readonly typePiece?: string;
  readonly departement: string;
  readonly siren: string;
  readonly dateDecision?: CivilDate;
  readonly numeroInterne?: string;
  readonly nature?: string;
  readonly flux: Flux;
  /** N'en tirer aucun sens : un message se rapproche de ses fichiers par ses `NomFichier`, jamais par leur compteur. */
  readonly n: number;
  /** Sans le point, casse conservée. */
  readonly extension: string;
}

const FICHIER =
  /^(?:([A-Z0-9_]{5})-)?([0-9]{2}[0-9AB])-([0-9]{4,9})-([0-9]{8})?-(.*?)-([A-Z]{2})?-([0-9]-[0-9])_([0-9]+)\.([A-Za-z0-9]{1,5})$/;

/**
 * Lit le nom d'un message métier, par les deux bouts : le numéro interne peut contenir des tirets. Date, numéro et nature
 * peuvent manquer, comme dans `044-214400152----1-3_1.xml`. Un chemin ou un suffixe ` (1)` est ignoré.
 * @returns le nom lu, ou le refus `nom-fichier/malformed`.
 */
export function parseNomMessage(nom: string): Result<NomFichierLu> {
  const read = parseNom(nom);
  if (!read.ok) return read;
  if (read.value.typePiece === undefined && read.value.extension.toLowerCase() === 'xml') return read;
  return malformed(nom, "ce nom est celui d'un document, pas d'un message.");
}

/**
 * Lit le nom d'un document joint. Le préfixe de typologie, apparu en 2018, peut manquer.
 * @returns le nom lu, ou le refus `nom-fichier/malformed`.
 */
export function parseNomDocument(nom: string): Result<NomFichierLu> {
  return parseNom(nom);
}

function parseNom(nom: string): Result<NomFichierLu> {
  const local = baseName(nom.trim()).replace(/ \(\d+\)(?=\.[A-Za-z0-9]+$)/, '');
  const match = FICHIER.exec(local);
  if (!match) return malformed(nom, 'attendu département-SIREN-AAAAMMJJ-numéro-NATURE-flux_n.extension.');
  const [
    ,
    typePiece,
    departement = '',
    siren = '',
    day,
    numero = '',
    nature,
    flux = '',
    n = '',
    extension = '',
  ] = match;
  if (!isFlux(flux)) return malformed(nom, `« ${flux} » n'est pas un flux du protocole.`);
  const date = day === undefined ? undefined : parseCompactCivilDate(day);
  if (date && !date.ok) return malformed(nom, date.problem.detail);
  return ok({
    nom: local,
    ...(typePiece === undefined ? {} : { typePiece }),
    departement,
    siren,
    ...(date ? { dateDecision: date.value } : {}),
    ...(numero === '' ? {} : { numeroInterne: numero }),
    ...(nature === undefined ? {} : { nature }),
    flux,
    n: Number(n),
    extension,
  });
}

function malformed(nom: string, why: string): Result<never> {
  return refuse({
    code: 'nom-fichier/malformed',
    detail: `« ${nom} » n'est pas un nom de fichier ACTES : ${why}`,
  });
}
