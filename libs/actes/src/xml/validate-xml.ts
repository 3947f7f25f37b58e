import { checkRegles } from './check-regles';
import type { DocumentXml } from './parse-xml';
import { parseXml } from './parse-xml';
import { positionAt } from './text-position';
import { validateSchema } from './validate-schema';
import type { XmlViolation } from './xml-violation';

/**
 * Valide un message, une enveloppe ou une anomalie d'enveloppe contre notre description du vocabulaire, puis contre les
 * règles que le schéma ne sait pas dire. Toutes les fautes sont rendues, dans l'ordre du document : `xml/…` pour celles que
 * le schéma officiel refuse aussi, `regle/…` pour les autres.
 * @returns les fautes ; vide quand il n'y en a pas.
 * @example validateXml(octets).filter(({ regle }) => regle.startsWith('xml/'))
 */
export function validateXml(bytes: Uint8Array): readonly XmlViolation[] {
  const parsed = parseXml(bytes);
  if (parsed.ok) return validateDocument(parsed.value);
  const { code, detail, facts } = parsed.problem;
  const ligne = typeof facts?.ligne === 'number' ? facts.ligne : 1;
  const colonne = typeof facts?.colonne === 'number' ? facts.colonne : 1;
  return [{ ligne, colonne, regle: code, chemin: '', detail }];
}

/** La même validation, d'un document déjà lu. */
export function validateDocument(document: DocumentXml): readonly XmlViolation[] {
  const fautes = [...validateSchema(document.racine), ...checkRegles(document.racine)];
  return fautes
    .sort((a, b) => a.decalage - b.decalage)
    .map(({ decalage, regle, chemin, detail }) => ({
      ...positionAt(document.texte, decalage),
      regle,
      chemin,
      detail,
    }));
}
