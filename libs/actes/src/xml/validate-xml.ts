import { positionAt, positionsAt } from '@teletransmission/kernel';
import { checkRegles } from './check-regles';
import { decodeXml, HORS_ASCII } from './decode';
import type { DocumentXml } from './parse-xml';
import { parseXml, XML_LIMITS } from './parse-xml';
import { validateSchema } from './validate-schema';
import type { XmlViolation } from './xml-violation';

/**
 * Valide un message, une enveloppe ou une anomalie d'enveloppe contre notre description du vocabulaire, puis contre les
 * règles que le schéma ne sait pas dire. Toutes les fautes sont rendues, dans l'ordre du document : `xml/…` pour celles que
 * le schéma officiel refuse aussi, `regle/…` pour les autres. Au-delà de mille, une dernière (`xml/autres-fautes`) dit combien au moins.
 * @param decode la rigueur de ce qui part ; de ce qui arrive, `decodeXmlRetour`.
 * @returns les fautes ; vide quand il n'y en a pas.
 * @example validateXml(octets).filter(({ regle }) => regle.startsWith('xml/'))
 */
export function validateXml(bytes: Uint8Array, decode = decodeXml): readonly XmlViolation[] {
  const parsed = parseXml(bytes, XML_LIMITS, decode);
  if (parsed.ok) return [...beyondAscii(parsed.value), ...validateDocument(parsed.value)];
  const { code, detail, facts } = parsed.problem;
  const ligne = typeof facts?.ligne === 'number' ? facts.ligne : 1;
  const colonne = typeof facts?.colonne === 'number' ? facts.colonne : 1;
  return [{ ligne, colonne, regle: code, chemin: '', detail }];
}

/** Des octets que l'encodage déclaré ne connaît pas : la lecture les comprend, un validateur non. */
function beyondAscii({ texte, ecarts }: DocumentXml): readonly XmlViolation[] {
  const place = positionAt(texte, texte.search(/[^\u0000-\u007f]/));
  return ecarts
    .filter(({ regle }) => regle === HORS_ASCII)
    .map(({ regle, detail }) => ({ ...place, regle, chemin: '', detail }));
}

/** Personne ne corrige mille fautes à la main : au-delà, le fichier est à refaire. */
const FAUTES_RENDUES_MAX = 1_000;

/** La même validation, d'un document déjà lu. */
export function validateDocument(document: DocumentXml): readonly XmlViolation[] {
  const fautes = [...validateSchema(document.racine), ...checkRegles(document.racine)];
  fautes.sort((a, b) => a.decalage - b.decalage);
  const shown = fautes.slice(0, FAUTES_RENDUES_MAX);
  const positions = positionsAt(
    document.texte,
    shown.map(({ decalage }) => decalage),
  );
  const violations = shown.map(({ regle, chemin, detail }, index) => ({
    ...(positions[index] ?? { ligne: 1, colonne: 1 }),
    regle,
    chemin,
    detail,
  }));
  const last = violations.at(-1);
  if (fautes.length <= FAUTES_RENDUES_MAX || !last) return violations;
  const detail = `Et au moins ${fautes.length - FAUTES_RENDUES_MAX} autres fautes, qui ne sont pas détaillées.`;
  return [...violations, { ...last, regle: 'xml/autres-fautes', chemin: '', detail }];
}
