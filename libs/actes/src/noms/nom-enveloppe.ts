import type { CivilDate, Result } from '@teletransmission/kernel';
import { compactCivilDate, ok, parseCompactCivilDate, refuse } from '@teletransmission/kernel';
import type { Siren } from '../identifiant/siren';

/** Ce qui rend une enveloppe unique : l'environnement, la collectivité, le jour de création et son numéro ce jour-là. */
export interface EnveloppeKey {
  /** `EACT` en production, `TACT` en essai. */
  readonly quadrigramme: string;
  readonly siren: Siren;
  readonly jour: CivilDate;
  /** De 1 à 9999 à l'émission. */
  readonly numero: number;
}

/**
 * Le nom de l'enveloppe qui part vers l'État ; le destinataire y est vide.
 * @example nomEnveloppe({ quadrigramme: 'EACT', siren, jour, numero: 1 }) // 'EACT--213402761--20221102-1.xml'
 */
export function nomEnveloppe(key: EnveloppeKey): string {
  return `${racineOf(key)}.xml`;
}

/**
 * Le nom de l'archive : le trigramme de l'opérateur, puis le nom de l'enveloppe.
 * @example nomArchive('TLT', key) // 'TLT-EACT--213402761--20221102-1.tar.gz'
 */
export function nomArchive(trigramme: string, key: EnveloppeKey): string {
  return `${trigramme}-${racineOf(key)}.tar.gz`;
}

/** Le nom sous lequel l'État rejette cette enveloppe : `ANO_EACT--213402761--20221102-1.xml`. */
export function nomAnomalieEnveloppe(key: EnveloppeKey): string {
  return `ANO_${nomEnveloppe(key)}`;
}

/**
 * Le nom d'une enveloppe de l'État vers la collectivité.
 * @param service `PREF034`, `SPREF0343` ou `SGAR076`
 */
export function nomEnveloppeRetour(service: string, key: EnveloppeKey): string {
  return `${key.quadrigramme}--${service}-${key.siren}-${compactCivilDate(key.jour)}-${key.numero}.xml`;
}

function racineOf(key: EnveloppeKey): string {
  return `${key.quadrigramme}--${key.siren}--${compactCivilDate(key.jour)}-${key.numero}`;
}

/** Un nom d'enveloppe, d'archive ou d'anomalie, lu. */
export interface NomEnveloppeLu {
  readonly genre: 'enveloppe' | 'archive' | 'anomalie';
  readonly sens: 'aller' | 'retour';
  readonly key: EnveloppeKey;
  /** Le nom de l'enveloppe en cause, sans `ANO_`, trigramme ni chemin : la clé de rapprochement, à comparer par égalité. */
  readonly nomEnveloppe: string;
  /** Présent pour une archive. */
  readonly trigramme?: string;
  /** Présent au retour : `PREF034`, `SPREF0343`, `SGAR076`. */
  readonly service?: string;
}

const SERVICE = '(?:PREF[0-9]{2}[0-9AB]|SPREF[0-9]{2}[0-9AB][0-9]|SGAR[0-9]{3})';
const RACINE = `([A-Z]{4})-([A-Z0-9]*)-(?:([0-9]{9})-|(${SERVICE})-([0-9]{9}))-([0-9]{8})-([0-9]+)`;
const ENVELOPPE = new RegExp(`^(ANO_)?${RACINE}\\.xml$`);
const ARCHIVE = new RegExp(`^([A-Za-z]{3})-${RACINE}\\.tar\\.gz$`);

/**
 * Lit un nom d'enveloppe dans les deux sens, d'anomalie (`ANO_…`) ou d'archive (`TLT-….tar.gz`). Un chemin qui le précède est
 * ignoré. Le numéro n'est pas borné : ceux de l'État dépassent quatre chiffres.
 * @returns le nom lu, ou le refus `nom-enveloppe/malformed`.
 * @example parseNomEnveloppe('ANO_EACT--210703385--20170612-2.xml')
 */
export function parseNomEnveloppe(nom: string): Result<NomEnveloppeLu> {
  const local = baseName(nom);
  const archive = ARCHIVE.exec(local);
  const match = archive ?? ENVELOPPE.exec(local);
  if (!match) {
    return refuse({
      code: 'nom-enveloppe/malformed',
      detail: `« ${nom} » n'est le nom ni d'une enveloppe (EACT--213402761--20221102-1.xml), ni d'une archive (TLT-EACT--213402761--20221102-1.tar.gz).`,
    });
  }
  const [, prefix, quadrigramme = '', , sender, service, receiver, day = '', numero = ''] = match;
  const jour = parseCompactCivilDate(day);
  if (!jour.ok) {
    return refuse({ code: 'nom-enveloppe/malformed', detail: `« ${nom} » : ${jour.problem.detail}` });
  }
  const genre = archive ? 'archive' : prefix === undefined ? 'enveloppe' : 'anomalie';
  const key = {
    quadrigramme,
    siren: (sender ?? receiver ?? '') as Siren,
    jour: jour.value,
    numero: Number(numero),
  };
  return ok({
    genre,
    sens: service === undefined ? 'aller' : 'retour',
    key,
    nomEnveloppe: archive ? `${local.slice(4, -'.tar.gz'.length)}.xml` : local.replace(/^ANO_/, ''),
    ...(archive && prefix !== undefined ? { trigramme: prefix } : {}),
    ...(service === undefined ? {} : { service }),
  });
}

/** Le nom sans le répertoire qui le précède : certains opérateurs laissent fuir un chemin dans `NomFichier`. */
export function baseName(nom: string): string {
  return nom.slice(Math.max(nom.lastIndexOf('/'), nom.lastIndexOf('\\')) + 1);
}
