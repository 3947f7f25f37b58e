import type { Result, Violation } from '@teletransmission/kernel';
import { ok, parseCompactCivilDate, refuse } from '@teletransmission/kernel';
import { isNatureAbregee, NATURES } from '../nomenclature/natures';
import { padDepartement, parseDepartement } from './departement';
import type { IdentifiantActe, IdentifiantActeParts } from './identifiant-acte';
import { buildIdentifiantActe } from './identifiant-acte';
import type { NumeroInterne } from './numero-interne';
import { NUMERO_INTERNE_MAX_LENGTH } from './numero-interne';
import { readSaisie, withoutSpaces } from './saisie';
import type { Siren } from './siren';
import { hasValidLuhnKey } from './siren';

/** Un identifiant lu : ses parties, sa forme normalisée, et ce qui s'écartait de la norme. */
export interface IdentifiantActeRead extends IdentifiantActeParts {
  readonly identifiant: IdentifiantActe;
  /** En français, une phrase par écart ; vide quand le texte suit le motif officiel à la lettre. */
  readonly remarques: readonly string[];
}

interface Champs {
  readonly departement: string;
  readonly siren: string;
  readonly date: string;
  readonly numero: string;
  readonly nature: string;
}

const FIELDS = /^([^-]+)-([^-]+)-([^-]+)-(.*)-([^-]+)$/s;

/**
 * Lit un identifiant d'acte venu d'un accusé, d'un tampon ou d'un nom de fichier. La lecture part des deux bouts : trois
 * champs à gauche, un à droite, le reste est le numéro, tirets compris. L'étiquette d'un tampon (« ID : »), le préfixe de typologie,
 * l'extension, le suffixe `-1-1_0` et les marques d'encadrement sont retirés ; les tirets typographiques sont lus comme des tirets ; un
 * département sur deux caractères est complété. Tout écart est dit dans `remarques`, rien n'est réparé en silence.
 * @returns l'identifiant, ou le refus `identifiant-acte/malformed` dont les violations nomment chaque champ fautif.
 * @example parseIdentifiantActe('34-213402761-20221005-2022-10-062-DE')
 */
export function parseIdentifiantActe(text: string): Result<IdentifiantActeRead> {
  const saisie = readSaisie(text);
  const remarques: string[] = [...saisie.remarques];
  const bare = tightened(stripped(saisie.texte, remarques), remarques);
  const match = FIELDS.exec(bare);
  if (!match) {
    return refuse({
      code: 'identifiant-acte/malformed',
      detail: `« ${text} » n'est pas un identifiant d'acte : attendu département-SIREN-AAAAMMJJ-numéro-NATURE, par exemple 034-213402761-20221020-2022_062-DE.`,
    });
  }
  const [, departement = '', siren = '', date = '', numero = '', nature = ''] = match;
  return assemble(text, { departement, siren, date, numero, nature }, remarques);
}

/** L'étiquette d'un tampon, jusqu'à ses deux-points ; un identifiant commence par un chiffre, et n'en est pas une. */
const ETIQUETTE = /^(?!\d)[^:=]{0,80}(?:[:=][^:=]{0,80})?[:=]\s*/;
const ETIQUETTE_NUE = /^(?:(?:id|identifiant[\p{L}\s'’]*)\s+(?=\d)|n[°º]\s*|num[ée]ro\s+)/iu;

/** Ôte de ce qu'une personne a recopié l'étiquette qui le précède : « ID : », « Identifiant Acte : », « Publié le … ID : ». */
export function withoutLabel(text: string): string {
  return text.replace(ETIQUETTE, '').replace(ETIQUETTE_NUE, '');
}

/** Ôte les espaces autour des tirets, et celles du SIREN ; celles du numéro se remarquent à part. */
function tightened(text: string, remarques: string[]): string {
  const [departement = '', siren = '', ...rest] = text.split('-');
  const tight = [departement.trim(), withoutSpaces(siren), ...rest.map((part) => part.trim())].join('-');
  if (tight !== text) remarques.push('Des espaces ont été retirées autour des tirets ou dans le SIREN.');
  return tight;
}

function stripped(text: string, remarques: string[]): string {
  let bare = text.trim();
  const remove = (pattern: RegExp, remarque: string): void => {
    const shorter = bare.replace(pattern, '');
    if (shorter === bare) return;
    bare = shorter;
    remarques.push(remarque);
  };
  const unlabelled = withoutLabel(bare);
  if (unlabelled !== bare) remarques.push('L’étiquette qui précédait l’identifiant a été retirée.');
  bare = unlabelled;
  remove(/^[[({|‘'«\s]+|[\])}|’'»\s]+$/g, "Des marques d'encadrement ont été retirées.");
  remove(/\s\(\d+\)(?=(\.[A-Za-z0-9]{2,4})?$)/, 'Le suffixe de téléchargement « (n) » a été retiré.');
  remove(/\.(pdf|xml|jpe?g|png|txt)$/i, "L'extension de fichier a été retirée.");
  remove(/-\d-\d(_\d+)?$/, "Le suffixe de message (« -1-1_0 ») a été retiré : c'était un nom de fichier.");
  remove(/^[A-Z0-9]{2}_[A-Z0-9]{2}-(?=[0-9]{2,3}|[0-9]{1,2}[AB])/, 'Le préfixe de typologie a été retiré.');
  return bare;
}

function assemble(text: string, champs: Champs, remarques: string[]): Result<IdentifiantActeRead> {
  const violations: Violation[] = [];
  const fault = (field: string, detail: string): void => {
    violations.push({ pointer: `/${field}`, code: `identifiant-acte/${field}`, detail });
  };

  const padded = padDepartement(champs.departement);
  if (padded !== champs.departement)
    remarques.push(`Le département est écrit sur deux caractères : lu « ${padded} ».`);
  const departement = parseDepartement(padded);
  if (!departement.ok) fault('departement', departement.problem.detail);

  if (!/^[0-9]{9}$/.test(champs.siren)) {
    fault('siren', `« ${champs.siren} » n'est pas un SIREN de neuf chiffres.`);
  } else if (!hasValidLuhnKey(champs.siren)) {
    remarques.push(`Le SIREN ${champs.siren} a une clé de contrôle fausse.`);
  }

  const dateDecision = parseCompactCivilDate(champs.date);
  if (!dateDecision.ok) fault('dateDecision', dateDecision.problem.detail);

  const { numero } = champs;
  if (numero === '') fault('numeroInterne', "Le numéro de l'acte manque entre la date et la nature.");
  remarques.push(...remarquesOfNumero(numero));

  if (!isNatureAbregee(champs.nature)) {
    const known = NATURES.map((nature) => nature.abrege).join(', ');
    fault('nature', `« ${champs.nature} » n'est pas une nature d'acte : attendu ${known}.`);
  }

  if (!departement.ok || !dateDecision.ok || !isNatureAbregee(champs.nature) || violations.length > 0) {
    const why = violations.map((violation) => violation.detail).join(' ');
    return refuse({
      code: 'identifiant-acte/malformed',
      detail: `« ${text} » n'est pas un identifiant d'acte. ${why}`,
      violations,
    });
  }
  if (isForeignSiren(departement.value, champs.siren)) {
    remarques.push(
      `Le SIREN ${champs.siren} est celui d'une commune d'un autre département que ${departement.value}.`,
    );
  }
  const parts: IdentifiantActeParts = {
    departement: departement.value,
    siren: champs.siren as Siren,
    dateDecision: dateDecision.value,
    numeroInterne: numero as NumeroInterne,
    nature: champs.nature,
  };
  return ok({ ...parts, identifiant: buildIdentifiantActe(parts), remarques });
}

function remarquesOfNumero(numero: string): string[] {
  const remarques: string[] = [];
  if (numero.includes('-'))
    remarques.push(`Le numéro « ${numero} » contient des tirets, hors du motif officiel.`);
  if (/[^A-Za-z0-9_-]/.test(numero))
    remarques.push(`Le numéro « ${numero} » contient des caractères hors du motif officiel.`);
  if (/[a-z]/.test(numero)) remarques.push(`Le numéro « ${numero} » contient des minuscules.`);
  if (numero.length > NUMERO_INTERNE_MAX_LENGTH) {
    remarques.push(
      `Le numéro « ${numero} » a ${numero.length} caractères, au lieu de ${NUMERO_INTERNE_MAX_LENGTH} au plus.`,
    );
  }
  return remarques;
}

/** Le SIREN d'une commune commence par 21 puis son département (20 pour la Corse, 97 et 98 outre-mer). */
function isForeignSiren(departement: string, siren: string): boolean {
  if (!siren.startsWith('21')) return false;
  const expected = departement.startsWith('02') && /[AB]$/.test(departement) ? '20' : prefixOf(departement);
  return siren.slice(2, 4) !== expected;
}

function prefixOf(departement: string): string {
  return departement.startsWith('9') ? departement.slice(0, 2) : departement.slice(1);
}
