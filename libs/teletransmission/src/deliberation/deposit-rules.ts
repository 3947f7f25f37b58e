import type { NatureAbregee, NumeroInterne } from '@teletransmission/actes';
import {
  NATURES,
  checkMatiere,
  checkTexteXml,
  parseNumeroInterne,
  parseSiren,
} from '@teletransmission/actes';
import type { CivilDate, Instant, Result, Violation } from '@teletransmission/kernel';
import { frenchDate, parseCivilDate, refuse } from '@teletransmission/kernel';
import type { Classification } from '../classification/classification';
import type { Collectivite } from '../collectivite/collectivite';
import { problems } from '../problems';
import type { Piece, StoredFile } from './deliberation';
import { DossierReader } from '../demande/dossier';
import { nomsDe } from '../demande/forme';
import { CORRECTION, DEPOT, OBJET_MAX, VOTE } from './deposit-form';
import { parsePasAvant } from './pas-avant';
import type { ReadPieces } from './piece-rules';
import { readPieces } from './piece-rules';
import type { Vote } from './vote';
import { checkVote } from './vote';

/** Au-delà, ce n'est plus un objet, et le lire caractère par caractère ne dirait rien de plus. */
const OBJET_READ_MAX = 10 * OBJET_MAX;

/** Ce qu'un dossier dit de l'acte, hors de ses pièces, quand toutes les règles sont tenues. */
export interface DossierContent {
  readonly numeroInterne: NumeroInterne;
  readonly nature: NatureAbregee;
  readonly dateDecision: CivilDate;
  readonly objet: string;
  readonly matiere: string;
  readonly vote: Vote;
  /** Le déposant sait que ce numéro est celui d'un acte annulé, et le veut. */
  readonly reprendNumeroAnnule: boolean;
  /** L'instant avant lequel l'acte ne doit pas partir. */
  readonly pasAvant: Instant | null;
}

/** Un dossier de dépôt dont toutes les règles sont tenues, signatures comprises. */
export interface AcceptedDossier extends DossierContent {
  readonly pieces: readonly Piece[];
}

/** Un dossier lu : ses fautes toutes ensemble, ses pièces, qui restent à ouvrir, et son contenu s'il est sans faute. */
export interface ReadDossier extends ReadPieces {
  readonly violations: readonly Violation[];
  readonly content: DossierContent | null;
}

/** Ce à quoi un dossier se mesure. */
export interface DepositContext {
  /** Ce que la collectivité a réglé de ses actes. */
  readonly collectivite: Pick<Collectivite, 'tiretsPermis' | 'fuseau'>;
  /** La nomenclature de sa préfecture ; `null` : jamais reçue, les listes nationales valent. */
  readonly classification: Classification | null;
  readonly fichiers: readonly StoredFile[];
  readonly today: CivilDate;
  readonly now: Instant;
  /** Les pièces de l'acte corrigé, que le dossier peut reprendre sans les joindre ; `null` pour un premier dépôt. */
  readonly reprises: readonly Piece[] | null;
}

/**
 * Lit le SIREN de la collectivité déposante d'un dossier encore non vérifié : il faut la connaître pour appliquer ses règles.
 * @returns le refus `deliberation/invalid` quand il manque ou n'en est pas un.
 */
export function readDossierSiren(dossier: unknown): Result<string> {
  const reader = new DossierReader();
  const isObject = typeof dossier === 'object' && dossier !== null && !Array.isArray(dossier);
  // Ce qui n'est pas un objet le dit une fois ; lui demander sa collectivité n'apprendrait rien.
  if (!isObject) return refuse(problems.invalidDossier([]));
  const siren = 'collectivite' in dossier ? dossier.collectivite : undefined;
  const text = reader.text(siren, '/collectivite', 'Le SIREN de la collectivité');
  if (text === undefined) return refuse(problems.invalidDossier(reader.violations));
  const parsed = parseSiren(text);
  if (parsed.ok) return parsed;
  const { code, detail } = parsed.problem;
  return refuse(problems.invalidDossier([{ pointer: '/collectivite', code, detail }]));
}

/**
 * Tient un dossier aux règles du dépôt, toutes ensemble : forme, numéro (15 caractères, `NumeroInterne`), objet (500 caractères,
 * une ligne), date qui n'est pas à venir, matière et types de pièce de la nomenclature de la préfecture, vote adopté (CGCT L2121-20), pièces présentes et permises.
 * @returns une violation par faute, chacune à son pointeur JSON, et ce qui a pu être lu.
 */
export function readDossier(
  dossier: unknown,
  { collectivite, classification, fichiers, today, now, reprises }: DepositContext,
): ReadDossier {
  const reader = new DossierReader();
  const fields = reader.object(dossier, '', nomsDe(reprises ? CORRECTION : DEPOT));
  if (!fields) return { violations: reader.violations, pieces: [], isBudget: null, content: null };
  const nature = readNature(reader, fields.nature);
  const numeroInterne = readNumero(reader, fields.numeroInterne, collectivite.tiretsPermis);
  const dateDecision = readDate(reader, fields.dateDecision, today);
  const objet = readObjet(reader, fields.objet);
  const matiere = readMatiere(reader, fields.matiere, classification);
  const vote = readVote(reader, fields.vote);
  const reprend = reader.flag(
    fields.reprendNumeroAnnule,
    '/reprendNumeroAnnule',
    'La reprise d’un numéro annulé',
  );
  const pasAvant = readPasAvant(reader, fields.pasAvant, collectivite, now);
  const read = readPieces(reader, fields, { fichiers, nature, classification, reprises }, matiere);
  if (
    reader.violations.length > 0 ||
    !nature ||
    !numeroInterne ||
    !dateDecision ||
    !objet ||
    !matiere ||
    !vote
  ) {
    return { ...read, violations: reader.violations, content: null };
  }
  const content = {
    numeroInterne,
    nature,
    dateDecision,
    objet,
    matiere,
    vote,
    reprendNumeroAnnule: reprend,
    pasAvant,
  };
  return { ...read, violations: [], content };
}

function readNature(reader: DossierReader, value: unknown): NatureAbregee | undefined {
  if (value === undefined) return 'DE';
  const nature = NATURES.find((candidate) => candidate.abrege === value)?.abrege;
  if (!nature) {
    const known = NATURES.map((candidate) => `${candidate.abrege} (${candidate.libelle})`).join(', ');
    reader.note('/nature', 'dossier/nature-unknown', `Nature inconnue. Natures : ${known}.`);
  }
  return nature;
}

function readNumero(reader: DossierReader, value: unknown, tiretsPermis: boolean): NumeroInterne | undefined {
  const text = reader.text(value, '/numeroInterne', 'Le numéro interne');
  if (text === undefined) return undefined;
  const parsed = parseNumeroInterne(text, { tiretsPermis });
  if (parsed.ok) return parsed.value;
  reader.note('/numeroInterne', parsed.problem.code, parsed.problem.detail);
  return undefined;
}

function readDate(reader: DossierReader, value: unknown, today: CivilDate): CivilDate | undefined {
  const text = reader.text(value, '/dateDecision', 'La date de la décision');
  if (text === undefined) return undefined;
  const parsed = parseCivilDate(text);
  if (!parsed.ok) {
    reader.note('/dateDecision', parsed.problem.code, parsed.problem.detail);
    return undefined;
  }
  if (parsed.value > today) {
    reader.note(
      '/dateDecision',
      'dossier/date-in-future',
      `La décision serait du ${frenchDate(parsed.value)} et nous sommes le ${frenchDate(today)} : une délibération se transmet après le vote.`,
    );
    return undefined;
  }
  return parsed.value;
}

function readPasAvant(
  reader: DossierReader,
  value: unknown,
  { fuseau }: Pick<Collectivite, 'fuseau'>,
  now: Instant,
): Instant | null {
  if (value === undefined || value === null) return null;
  const text = reader.text(value, '/pasAvant', 'L’instant avant lequel ne pas transmettre');
  const parsed = text === undefined ? null : parsePasAvant(text, fuseau, now);
  if (parsed?.ok) return parsed.value;
  if (parsed) reader.note('/pasAvant', parsed.problem.code, parsed.problem.detail);
  return null;
}

function readObjet(reader: DossierReader, value: unknown): string | undefined {
  if (typeof value === 'string' && value.length > OBJET_READ_MAX) {
    reader.note('/objet', 'objet/too-long', objetTooLong(value.length));
    return undefined;
  }
  const text = reader.filled(value, '/objet', "L'objet", OBJET_READ_MAX);
  if (text === undefined) return undefined;
  const before = reader.violations.length;
  if (/[\r\n\t]/.test(text)) {
    reader.note(
      '/objet',
      'objet/several-lines',
      "L'objet tient sur une ligne : remplacez les retours à la ligne et tabulations par une espace.",
    );
  }
  // La norme compte des caractères XML, pas ce qu'un lecteur voit comme un seul signe.
  const { length } = Array.from(text);
  if (length > OBJET_MAX) {
    reader.note('/objet', 'objet/too-long', objetTooLong(length));
  }
  for (const { detail } of checkTexteXml(text)) reader.note('/objet', 'objet/character-refused', detail);
  return reader.violations.length === before ? text : undefined;
}

function objetTooLong(length: number): string {
  return `L'objet compte ${length} caractères ; la préfecture n'en admet que ${OBJET_MAX}. Raccourcissez-le de ${length - OBJET_MAX}.`;
}

function readMatiere(
  reader: DossierReader,
  value: unknown,
  classification: Classification | null,
): string | undefined {
  const text = reader.text(value, '/matiere', 'La matière');
  if (text === undefined) return undefined;
  const parsed = checkMatiere(text, classification);
  if (parsed.ok) return parsed.value.code;
  reader.note('/matiere', parsed.problem.code, parsed.problem.detail);
  return undefined;
}

function readVote(reader: DossierReader, value: unknown): Vote | undefined {
  const fields = reader.object(value, '/vote', nomsDe(VOTE));
  if (!fields) return undefined;
  const votants = reader.count(fields.votants, '/vote/votants', 'Le nombre de votants');
  const pour = reader.count(fields.pour, '/vote/pour', 'Le nombre de voix pour');
  const contre = reader.count(fields.contre, '/vote/contre', 'Le nombre de voix contre');
  const abstentions = reader.count(fields.abstentions, '/vote/abstentions', "Le nombre d'abstentions");
  const blancs = reader.count(fields.blancs ?? 0, '/vote/blancs', 'Le nombre de bulletins blancs');
  const nuls = reader.count(fields.nuls ?? 0, '/vote/nuls', 'Le nombre de bulletins nuls');
  const voixPreponderante = reader.flag(
    fields.voixPreponderante,
    '/vote/voixPreponderante',
    'La voix prépondérante',
  );
  if (
    votants === undefined ||
    pour === undefined ||
    contre === undefined ||
    abstentions === undefined ||
    blancs === undefined ||
    nuls === undefined
  ) {
    return undefined;
  }
  const vote: Vote = { votants, pour, contre, abstentions, blancs, nuls, voixPreponderante };
  const violations = checkVote(vote);
  for (const { pointer, code, detail } of violations) reader.note(pointer, code, detail);
  return violations.length === 0 ? vote : undefined;
}
