import type { Alteration } from '../scenarios/alteration';
import type { ActesSchema } from '../xml/actes-schema';
import { writeLatin1 } from '../xml/write-latin1';
import { textOf } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';
import { alterDocument, writeAltered } from './alter';

/**
 * Écrit un document, après l'avoir relu avec le schéma du simulateur : une réponse invalide sans qu'on l'ait demandé est un
 * défaut à nous. Les altérations viennent ensuite, et elles seules peuvent la rendre fautive.
 */
export function emit(
  racine: XmlElement,
  schema: ActesSchema,
  alterations: readonly Alteration[] = [],
): Buffer {
  const octets = writeLatin1(racine);
  const relu = schema.read(isOutsideNature(racine) ? writeLatin1(withNature100(racine)) : octets);
  if (relu.kind !== 'read' || relu.fautes.length > 0) {
    const faute = relu.kind === 'read' ? (relu.fautes[0]?.message ?? '') : relu.detail;
    throw new Error(`Le simulateur allait émettre un ${racine.nom} invalide : ${faute}`);
  }
  return alterations.length === 0 ? octets : writeAltered(alterDocument(racine, alterations), alterations);
}

// Le ministère écrit 999, que le schéma de l'enveloppe n'a pas : on juge alors tout le reste (protocole §6.2).
const isNature999 = (enfant: XmlElement | string): boolean =>
  typeof enfant !== 'string' && enfant.nom === 'Nature' && textOf(enfant) === '999';
const isOutsideNature = ({ nom, enfants }: XmlElement): boolean =>
  nom === 'AnomalieEnveloppe' && enfants.some(isNature999);
const withNature100 = (racine: XmlElement): XmlElement => ({
  ...racine,
  enfants: racine.enfants.map((enfant) =>
    typeof enfant !== 'string' && isNature999(enfant) ? { ...enfant, enfants: ['100'] } : enfant,
  ),
});
