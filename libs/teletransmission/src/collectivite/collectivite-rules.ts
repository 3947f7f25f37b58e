import { isAdresse, parseDepartement, parseSiren } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { ok, parseCivilDate, refuse } from '@teletransmission/kernel';
import { DossierReader } from '../demande/dossier';
import type { CollectiviteId } from '../ids';
import { problems } from '../problems';
import { MODELE_ADRESSE_MAX, parseModeleAdresse } from './adresse';
import type { Collectivite, Referent } from './collectivite';

const FIELDS = [
  'siren',
  'nom',
  'departement',
  'arrondissement',
  'natureCollectivite',
  'fuseau',
  'referent',
  'adressesRetour',
  'classificationDateVersion',
  'tiretsPermis',
  'publicationAutomatique',
  'adresseDesActes',
  'quotaOctets',
];

const REFERENT_FIELDS = ['nom', 'telephone', 'email'];

/** Un dépôt de cent cinquante mébioctets tient dans le plus petit des quotas. */
const QUOTA_MIN_OCTETS = 1024 * 1024 * 1024;

/** Un nom, une adresse électronique : au-delà, l'enveloppe n'en voudrait pas. */
const TEXT_MAX = 255;
const ADRESSES_MAX = 20;

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('fr-FR', { timeZone: text }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

function readReferent(reader: DossierReader, value: unknown): Referent {
  if (value === undefined) return {};
  const fields = reader.object(value, '/referent', REFERENT_FIELDS);
  if (!fields) return {};
  const referent: Record<string, string> = {};
  for (const key of REFERENT_FIELDS) {
    if (fields[key] === undefined) continue;
    const checked = reader.text(fields[key], `/referent/${key}`, `Le champ « ${key} » du référent`, TEXT_MAX);
    if (checked !== undefined) referent[key] = checked;
  }
  if (referent.email !== undefined) checkEmail(reader, '/referent/email', referent.email);
  return referent;
}

function readQuota(reader: DossierReader, value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= QUOTA_MIN_OCTETS) return value;
  reader.note(
    '/quotaOctets',
    'collectivite/quota-refused',
    `Le quota est un nombre entier d'octets, de ${QUOTA_MIN_OCTETS} (1 Gio) au moins, ou nul pour ne rien limiter.`,
  );
  return null;
}

function checkEmail(reader: DossierReader, pointer: string, email: string): void {
  if (isAdresse(email)) return;
  reader.note(
    pointer,
    'collectivite/email-refused',
    `« ${email} » ne tient pas dans la norme ACTES (lettres, chiffres, points, tirets ; domaine de 2 à 6 lettres) : l'enveloppe serait refusée.`,
  );
}

/**
 * Tient la description d'une collectivité à ce que l'enveloppe exige d'elle (élément `IDCL`, type `Email`), toutes fautes ensemble.
 * @returns la collectivité sous l'identité `id`, ou le refus avec ses violations.
 */
export function checkCollectivite(description: unknown, id: CollectiviteId): Result<Collectivite> {
  const reader = new DossierReader();
  const fields = reader.object(description, '', FIELDS);
  if (!fields) return refuse(problems.invalidCollectivite(reader.violations));
  const parsed = <T>(
    pointer: string,
    label: string,
    value: unknown,
    parse: (text: string) => Result<T>,
    maxLength?: number,
  ): T | undefined => {
    const text = reader.text(value, pointer, label, maxLength);
    if (text === undefined) return undefined;
    const result = parse(text);
    if (result.ok) return result.value;
    reader.note(pointer, result.problem.code, result.problem.detail);
    return undefined;
  };
  const pattern = (
    pointer: string,
    label: string,
    value: unknown,
    expression: RegExp,
    form: string,
  ): string | undefined =>
    parsed(pointer, label, value, (text) =>
      expression.test(text)
        ? ok(text)
        : refuse({ code: 'collectivite/malformed', detail: `${label} s'écrit ${form}.` }),
    );
  const siren = parsed('/siren', 'Le SIREN', fields.siren, parseSiren);
  const departement = parsed('/departement', 'Le département', fields.departement, parseDepartement);
  const nom = reader.text(fields.nom, '/nom', 'Le nom', TEXT_MAX);
  const arrondissement = pattern(
    '/arrondissement',
    "L'arrondissement",
    fields.arrondissement,
    /^\d$/,
    'sur un chiffre',
  );
  const nature = pattern(
    '/natureCollectivite',
    'La nature',
    fields.natureCollectivite,
    /^\d{2}$/,
    'sur deux chiffres (31 : commune)',
  );
  const classification = parsed(
    '/classificationDateVersion',
    'La date de la nomenclature',
    fields.classificationDateVersion,
    parseCivilDate,
  );
  const fuseau = parsed('/fuseau', 'Le fuseau', fields.fuseau ?? 'Europe/Paris', (text) =>
    isTimeZone(text)
      ? ok(text)
      : refuse({ code: 'collectivite/timezone-unknown', detail: `« ${text} » n'est pas un fuseau connu.` }),
  );
  const adresses = reader
    .list(fields.adressesRetour, '/adressesRetour', ADRESSES_MAX)
    .flatMap((value, index) => {
      const text = reader.text(value, `/adressesRetour/${index}`, "L'adresse de retour", TEXT_MAX);
      if (text !== undefined) checkEmail(reader, `/adressesRetour/${index}`, text);
      return text === undefined ? [] : [text];
    });
  const referent = readReferent(reader, fields.referent);
  const tiretsPermis = reader.flag(fields.tiretsPermis, '/tiretsPermis', 'Le réglage des tirets');
  const publicationAutomatique = reader.flag(
    fields.publicationAutomatique,
    '/publicationAutomatique',
    'Le réglage de la publication',
  );
  const adresseDesActes =
    fields.adresseDesActes === undefined || fields.adresseDesActes === null
      ? null
      : parsed(
          '/adresseDesActes',
          'L’adresse des actes',
          fields.adresseDesActes,
          parseModeleAdresse,
          MODELE_ADRESSE_MAX,
        );
  const quotaOctets = readQuota(reader, fields.quotaOctets);
  if (
    reader.violations.length > 0 ||
    !siren ||
    !departement ||
    !nom ||
    !arrondissement ||
    !nature ||
    !classification ||
    !fuseau
  ) {
    return refuse(problems.invalidCollectivite(reader.violations));
  }
  return ok({
    id,
    siren,
    nom,
    departement,
    arrondissement,
    natureCollectivite: nature,
    fuseau,
    referent,
    adressesRetour: adresses,
    classificationDateVersion: classification,
    tiretsPermis,
    publicationAutomatique,
    adresseDesActes: adresseDesActes ?? null,
    quotaOctets,
  });
}
