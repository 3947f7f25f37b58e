import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { ESPACE_ACTES } from '../vocabulaire/description';
import { decodeXmlRetour } from '../xml/decode-retour';
import type { Noeud } from '../xml/noeud';
import type { DocumentXml } from '../xml/parse-xml';
import { parseXml, XML_LIMITS } from '../xml/parse-xml';
import { validateDocument } from '../xml/validate-xml';
import { fluxOfRacine } from '../noms/flux';
import type { LectureXml, MessagesLus, TypeXml } from './messages-lus';
import { readActe, readAnomalieActe, readARActe } from './read-acte';
import { readClassificationDatee, readRetourClassification } from './read-classification';
import {
  readAnnulation,
  readARAnnulation,
  readARReponse,
  readCourrier,
  readDefereTA,
} from './read-courriers';
import { readAnomalieEnveloppe, readEnveloppeAller, readEnveloppeRetour } from './read-enveloppe';
import type { Ecart } from '../xml/ecart';

/** Le lecteur de chaque type ; en oublier un ne compile pas. */
const LECTEURS: { readonly [T in TypeXml]: (racine: Noeud) => MessagesLus[T] } = {
  '1-1': readActe,
  '1-2': readARActe,
  '1-3': readAnomalieActe,
  '2-1': (racine) => readCourrier(racine, '2-1'),
  '2-2': (racine) => readCourrier(racine, '2-2'),
  '3-1': (racine) => readCourrier(racine, '3-1'),
  '3-2': (racine) => readCourrier(racine, '3-2'),
  '3-3': (racine) => readCourrier(racine, '3-3'),
  '3-4': (racine) => readCourrier(racine, '3-4'),
  '3-5': (racine) => readARReponse(racine, '3-5'),
  '4-1': (racine) => readCourrier(racine, '4-1'),
  '4-2': (racine) => readCourrier(racine, '4-2'),
  '4-3': (racine) => readCourrier(racine, '4-3'),
  '4-4': (racine) => readCourrier(racine, '4-4'),
  '4-5': (racine) => readARReponse(racine, '4-5'),
  '5-1': readDefereTA,
  '6-1': readAnnulation,
  '6-2': readARAnnulation,
  '7-1': (racine) => readClassificationDatee(racine, '7-1'),
  '7-2': readRetourClassification,
  '7-3': (racine) => readClassificationDatee(racine, '7-3'),
  'enveloppe-aller': readEnveloppeAller,
  'enveloppe-retour': readEnveloppeRetour,
  'anomalie-enveloppe': readAnomalieEnveloppe,
};

const ENVELOPPES: Readonly<Record<string, TypeXml>> = {
  EnveloppeCLMISILL: 'enveloppe-aller',
  EnveloppeMISILLCL: 'enveloppe-retour',
  AnomalieEnveloppe: 'anomalie-enveloppe',
};

/** Une lecture, avant que ses écarts soient cherchés. */
type Lecture = Sans<LectureXml, 'ecarts'>;
type Sans<L, K extends PropertyKey> = L extends unknown ? Omit<L, K> : never;

/** Les brouillons de la norme ont circulé sous d'autres dates, dans le même espace. */
const ESPACE_ANCIEN = /^http:\/\/www\.interieur\.gouv\.fr\/ACTES#/;

/**
 * Lit un XML reçu, sans exiger qu'il soit valide : par espace de noms et nom local, champ par champ. Ce qui s'écarte du
 * schéma ou des règles est rendu dans `ecarts` et n'empêche rien ; un message réel sur quatre a quelque écart.
 * @returns la lecture, ou un refus quand le type ne se détermine pas (`xml/unknown-root`, `xml/unknown-namespace`) ou que
 * le fichier est dangereux ou mal formé (`xml/doctype`, `xml/too-large`, `xml/too-deep`, `xml/too-many-attributes`,
 * `xml/too-many-elements`, `xml/empty`, `xml/unknown-encoding`, `xml/invalid-bytes`, `xml/malformed`).
 * @example const lu = readXml(octets); if (lu.ok && lu.value.type === '1-2') lu.value.message.dateReception
 */
export function readXml(bytes: Uint8Array): Result<LectureXml> {
  return lectureOfParsed(parseXml(bytes));
}

/**
 * La même lecture, pour ce que la préfecture rend : tout encodage qui se lit se lit, et se note dans les écarts.
 * @returns la lecture, ou les refus de `readXml`.
 */
export function readXmlRetour(bytes: Uint8Array): Result<LectureXml> {
  return lectureOfParsed(parseXml(bytes, XML_LIMITS, decodeXmlRetour));
}

function lectureOfParsed(parsed: Result<DocumentXml>): Result<LectureXml> {
  if (!parsed.ok) return parsed;
  const read = readDocument(parsed.value);
  return read.ok ? ok({ ...read.value, ecarts: ecartsOf(parsed.value) }) : read;
}

/** La même lecture, d'un document déjà analysé, sans le valider. */
export function readDocument(document: DocumentXml): Result<Lecture> {
  const { racine, encodage } = document;
  const type =
    fluxOfRacine(racine.local) ??
    (Object.hasOwn(ENVELOPPES, racine.local) ? ENVELOPPES[racine.local] : undefined);
  if (type === undefined) {
    return refuse({
      code: 'xml/unknown-root',
      detail: `« ${racine.local} » n'est la racine d'aucun message du protocole : ce fichier vient d'ailleurs, ou d'une version inconnue.`,
      facts: { racine: racine.local, espace: racine.espace },
    });
  }
  if (racine.espace !== ESPACE_ACTES && !ESPACE_ANCIEN.test(racine.espace.trim())) {
    return refuse({
      code: 'xml/unknown-namespace',
      detail: `« ${racine.local} » est dans l'espace de noms « ${racine.espace} », qui n'est pas celui du protocole ACTES.`,
      facts: { racine: racine.local, espace: racine.espace },
    });
  }
  // La table apparie chaque type à son message ; TypeScript ne suit pas cette correspondance à travers l'union.
  return ok({ type, racine: racine.local, encodage, message: LECTEURS[type](racine) } as Lecture);
}

function ecartsOf(document: DocumentXml): readonly Ecart[] {
  const { espace } = document.racine;
  const found = validateDocument(document).map(({ regle, detail, ligne }) => ({ regle, detail, ligne }));
  if (espace === ESPACE_ACTES) return [...document.ecarts, ...found];
  if (espace.trim() === ESPACE_ACTES) {
    const detail = `L'espace de noms est entouré de blancs (« ${espace} ») : lu par les noms d'éléments.`;
    return [...document.ecarts, { regle: 'xml/espace-de-noms-blancs', detail, ligne: 1 }];
  }
  const detail = `Espace de noms d'un ancien brouillon (${espace}) : lu par les noms d'éléments.`;
  return [...document.ecarts, { regle: 'xml/espace-de-noms-ancien', detail, ligne: 1 }];
}
