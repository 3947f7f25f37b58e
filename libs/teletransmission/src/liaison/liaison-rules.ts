import type { Result } from '@teletransmission/kernel';
import { isOneOf, ok, refuse } from '@teletransmission/kernel';
import { DossierReader } from '../demande/dossier';
import { problems } from '../problems';
import type { DepositRules } from './deposit-rules';
import type { Liaison, LiaisonSettings, LiaisonTraits } from './liaison';
import {
  COLIS,
  DIRECT_TRAITS,
  ETATS_DE_LIAISON,
  GENRES_DE_LIAISON,
  parseLiaisonId,
  RELEVES,
} from './liaison';

const FIELDS = ['id', 'genre', 'nom', 'compte', 'traits', 'regles', 'reglages', 'etat', 'parDefaut'];
const TRAIT_FIELDS = ['prend', 'releve', 'prouveAbsence', 'accuseLettres', 'bruleNumeros'];
const RULE_FIELDS = ['sansTiret', 'objetMax', 'latin1', 'fichiersMax'];
const SETTING_FIELDS = ['url', 'sondagePeriodeMs'];

const NOM_MAX = 100;
const URL_MAX = 500;
const COUNT_MAX = 100_000_000;

/**
 * Tient la description d'une liaison à sa forme, toutes fautes ensemble. Ce qui n'est pas dit vaut ce que fait la liaison directe.
 * @returns la liaison, ou le refus `liaison/invalid` avec ses violations.
 */
export function checkLiaison(description: unknown): Result<Liaison> {
  const reader = new DossierReader();
  const fields = reader.object(description, '', FIELDS);
  if (!fields) return refuse(problems.invalidLiaison(reader.violations));
  const text = reader.text(fields.id, '/id', 'L’identité de la liaison');
  const id = text === undefined ? null : parseLiaisonId(text);
  if (text !== undefined && id === null)
    reader.note(
      '/id',
      'liaison/malformed-id',
      'L’identité d’une liaison s’écrit en minuscules sans accent, chiffres et tirets, 32 au plus.',
    );
  const nom = reader.text(fields.nom, '/nom', 'Le nom de la liaison', NOM_MAX);
  const genre = chosen(reader, fields.genre ?? 'directe', '/genre', GENRES_DE_LIAISON);
  const etat = chosen(reader, fields.etat ?? 'ouverte', '/etat', ETATS_DE_LIAISON);
  const compte = optional(fields.compte, (value) => reader.text(value, '/compte', 'Le compte', NOM_MAX));
  const traits = readTraits(reader, fields.traits);
  const regles = readRules(reader, fields.regles);
  const reglages = readSettings(reader, fields.reglages);
  const parDefaut = reader.flag(fields.parDefaut, '/parDefaut', 'Le choix par défaut');
  if (parDefaut && etat === 'fermee')
    reader.note('/parDefaut', 'liaison/closed-default', 'Une liaison fermée ne reçoit plus de collectivité.');
  if (reader.violations.length > 0 || !id || !nom || !genre || !etat || !traits)
    return refuse(problems.invalidLiaison(reader.violations));
  return ok({ id, genre, nom, compte, traits, regles, reglages, etat, parDefaut });
}

function optional<T>(value: unknown, read: (value: unknown) => T | undefined): T | null {
  return value === undefined || value === null ? null : (read(value) ?? null);
}

function chosen<T extends string>(
  reader: DossierReader,
  value: unknown,
  pointer: string,
  choices: readonly T[],
): T | undefined {
  if (typeof value === 'string' && isOneOf(choices, value)) return value;
  reader.note(pointer, 'liaison/unknown-choice', `Valeurs admises : ${choices.join(', ')}.`);
  return undefined;
}

function readTraits(reader: DossierReader, value: unknown): LiaisonTraits | undefined {
  const fields = reader.object(value ?? {}, '/traits', TRAIT_FIELDS);
  if (!fields) return undefined;
  const flag = (name: 'prouveAbsence' | 'accuseLettres' | 'bruleNumeros', label: string): boolean =>
    fields[name] === undefined ? DIRECT_TRAITS[name] : reader.flag(fields[name], `/traits/${name}`, label);
  const prend = chosen(reader, fields.prend ?? DIRECT_TRAITS.prend, '/traits/prend', COLIS);
  const releve = chosen(reader, fields.releve ?? DIRECT_TRAITS.releve, '/traits/releve', RELEVES);
  const prouveAbsence = flag('prouveAbsence', 'La preuve d’absence');
  const accuseLettres = flag('accuseLettres', 'L’accusé des lettres');
  const bruleNumeros = flag('bruleNumeros', 'La perte des numéros refusés');
  if (!prend || !releve) return undefined;
  return { prend, releve, prouveAbsence, accuseLettres, bruleNumeros };
}

function readRules(reader: DossierReader, value: unknown): DepositRules {
  const fields = reader.object(value ?? {}, '/regles', RULE_FIELDS) ?? {};
  return {
    sansTiret: reader.flag(fields.sansTiret, '/regles/sansTiret', 'Le refus du tiret'),
    objetMax: limit(reader, fields.objetMax, '/regles/objetMax'),
    latin1: reader.flag(fields.latin1, '/regles/latin1', 'La limite à l’ISO-8859-1'),
    fichiersMax: limit(reader, fields.fichiersMax, '/regles/fichiersMax'),
  };
}

function readSettings(reader: DossierReader, value: unknown): LiaisonSettings {
  const fields = reader.object(value ?? {}, '/reglages', SETTING_FIELDS) ?? {};
  const url = optional(fields.url, (text) => reader.text(text, '/reglages/url', 'L’adresse', URL_MAX));
  if (url !== null && !isWebAddress(url))
    reader.note(
      '/reglages/url',
      'liaison/malformed-url',
      'L’adresse commence par http:// ou https://, et ne porte ni mot de passe ni jeton.',
    );
  return { url, sondagePeriodeMs: limit(reader, fields.sondagePeriodeMs, '/reglages/sondagePeriodeMs') };
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return isOneOf(['http:', 'https:'], protocol) && username === '' && password === '';
}

function limit(reader: DossierReader, value: unknown, pointer: string): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= COUNT_MAX) return value;
  reader.note(pointer, 'liaison/not-a-limit', `Un nombre entier de 1 à ${COUNT_MAX}, ou rien.`);
  return null;
}
