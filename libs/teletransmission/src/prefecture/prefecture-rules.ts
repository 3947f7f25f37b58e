import type { Instant, LocalTime, Result, TimeZone } from '@teletransmission/kernel';
import { instantAtLocal, ok, parseCivilDate, refuse } from '@teletransmission/kernel';
import { DossierReader } from '../demande/dossier';
import { problems } from '../problems';
import type { Fenetre, Interruption, Jour, Prefecture } from './prefecture';
import { JOURS } from './prefecture';

const FIELDS = [
  'fuseau',
  'actesParHeure',
  'octetsParHeure',
  'fenetres',
  'interruption',
  'leverInterruptions',
] as const;

/** Une semaine découpée à l'heure n'en demande pas davantage. */
const FENETRES_MAX = 168;
const INTERRUPTIONS_MAX = 100;

/** Une heure de `00:00` à `23:59`, ou `24:00` pour la fin du jour. */
const HEURE = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

function readTime(reader: DossierReader, value: unknown, pointer: string): LocalTime | undefined {
  const text = reader.text(value, pointer, 'L’heure');
  if (text === undefined || HEURE.test(text)) return text;
  reader.note(pointer, 'prefecture/malformed-time', `« ${text} » n'est pas une heure de 00:00 à 24:00.`);
  return undefined;
}

function readFenetre(reader: DossierReader, value: unknown, pointer: string): Fenetre | undefined {
  const fields = reader.object(value, pointer, ['jours', 'de', 'a']);
  if (!fields) return undefined;
  const jours = reader.list(fields.jours, `${pointer}/jours`, JOURS.length).flatMap((jour, index): Jour[] => {
    const known = JOURS.find((candidate) => candidate === jour);
    if (known) return [known] as const;
    reader.note(
      `${pointer}/jours/${index}`,
      'prefecture/unknown-day',
      `Jours attendus : ${JOURS.join(', ')}.`,
    );
    return [];
  });
  if (fields.jours === undefined || (Array.isArray(fields.jours) && fields.jours.length === 0))
    reader.note(`${pointer}/jours`, 'dossier/missing', 'Donnez au moins un jour.');
  const de = readTime(reader, fields.de, `${pointer}/de`);
  const a = readTime(reader, fields.a, `${pointer}/a`);
  if (de === undefined || a === undefined) return undefined;
  if (de < a) return { jours, de, a };
  reader.note(
    `${pointer}/a`,
    'prefecture/empty-window',
    `La fenêtre de ${de} à ${a} est vide : pour passer minuit, écrivez-en deux (jusqu'à 24:00, puis depuis 00:00).`,
  );
  return undefined;
}

function readLimit(
  reader: DossierReader,
  value: unknown,
  pointer: string,
  current: number | null,
): number | null {
  if (value === undefined) return current;
  if (value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  reader.note(
    pointer,
    'prefecture/malformed-limit',
    'Un nombre entier au-dessus de zéro est attendu, ou rien pour aucune limite.',
  );
  return current;
}

function readZone(reader: DossierReader, value: unknown, current: TimeZone): TimeZone {
  if (value === undefined) return current;
  const text = reader.text(value, '/fuseau', 'Le fuseau');
  if (text === undefined) return current;
  try {
    return new Intl.DateTimeFormat('fr-FR', { timeZone: text }) instanceof Intl.DateTimeFormat
      ? text
      : current;
  } catch {
    reader.note('/fuseau', 'collectivite/timezone-unknown', `« ${text} » n'est pas un fuseau connu.`);
    return current;
  }
}

/** Un jour, ou un jour et une heure, à l'heure de la préfecture. Un jour seul finit à minuit, inclus. */
function readBound(
  reader: DossierReader,
  value: unknown,
  pointer: string,
  fuseau: TimeZone,
  midnight: LocalTime,
): Instant | undefined {
  const text = reader.text(value, pointer, 'La date');
  if (text === undefined) return undefined;
  const [day = '', time] = text.split('T');
  const date = parseCivilDate(day);
  if (!date.ok || (time !== undefined && !HEURE.test(time))) {
    reader.note(
      pointer,
      'prefecture/malformed-date',
      `« ${text} » ne se lit pas : écrivez AAAA-MM-JJ ou AAAA-MM-JJThh:mm, à l'heure de la préfecture.`,
    );
    return undefined;
  }
  return instantAtLocal(date.value, time ?? midnight, fuseau);
}

function readInterruption(
  reader: DossierReader,
  value: unknown,
  motif: string,
  fuseau: TimeZone,
): readonly Interruption[] {
  if (value === undefined) return [];
  const fields = reader.object(value, '/interruption', ['du', 'au']);
  if (!fields) return [];
  const du = readBound(reader, fields.du, '/interruption/du', fuseau, '00:00');
  const au = readBound(reader, fields.au, '/interruption/au', fuseau, '24:00');
  if (du === undefined || au === undefined) return [];
  if (du < au) return [{ du, au, motif }];
  reader.note('/interruption/au', 'prefecture/empty-interruption', 'L’arrêt finirait avant de commencer.');
  return [];
}

/**
 * La préfecture avec ces changements, toutes fautes ensemble ; un champ absent reste, `null` ôte une limite. Les arrêts passés s'oublient.
 * @param changes un objet venu de l'extérieur.
 * @returns la préfecture réglée, ou le refus `prefecture/invalid` avec ses violations.
 */
export function changePrefecture(
  prefecture: Prefecture,
  changes: unknown,
  motif: string,
  now: Instant,
): Result<Prefecture> {
  const reader = new DossierReader();
  const fields: Partial<Record<(typeof FIELDS)[number], unknown>> = reader.object(changes, '', FIELDS) ?? {};
  if (Object.keys(fields).length === 0)
    reader.note('', 'prefecture/nothing-to-change', `Donnez au moins un réglage : ${FIELDS.join(', ')}.`);
  const fuseau = readZone(reader, fields.fuseau, prefecture.fuseau);
  const fenetres =
    fields.fenetres === undefined
      ? prefecture.fenetres
      : reader
          .list(fields.fenetres, '/fenetres', FENETRES_MAX)
          .flatMap((value, index) => readFenetre(reader, value, `/fenetres/${index}`) ?? []);
  const kept = reader.flag(fields.leverInterruptions, '/leverInterruptions', 'La levée des arrêts')
    ? []
    : prefecture.interruptions.filter(({ au }) => au > now);
  const added = readInterruption(reader, fields.interruption, motif, fuseau);
  if (kept.length + added.length > INTERRUPTIONS_MAX)
    reader.note(
      '/interruption',
      'prefecture/too-many-interruptions',
      `${kept.length} arrêts sont déjà prévus, et ${INTERRUPTIONS_MAX} au plus : levez-les d'abord.`,
    );
  const changed: Prefecture = {
    ...prefecture,
    fuseau,
    actesParHeure: readLimit(reader, fields.actesParHeure, '/actesParHeure', prefecture.actesParHeure),
    octetsParHeure: readLimit(reader, fields.octetsParHeure, '/octetsParHeure', prefecture.octetsParHeure),
    fenetres,
    interruptions: [...kept, ...added].sort((a, b) => (a.du < b.du ? -1 : 1)),
    version: prefecture.version + 1,
  };
  return reader.violations.length > 0 ? refuse(problems.invalidPrefecture(reader.violations)) : ok(changed);
}
