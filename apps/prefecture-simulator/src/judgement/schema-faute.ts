import type { XmlReading } from '../xml/actes-schema';
import { childNamed, textOf } from '../xml/xml-tree';
import type { XmlElement } from '../xml/xml-tree';
import type { Faute } from '../dossier/anomalie';

/** Ce qu'on attend d'un document : sa racine et les enfants sans lesquels il n'a pas de sens. */
export interface DocumentAttendu {
  readonly racine: string;
  readonly obligatoires: readonly string[];
  /** Ceux qui, présents, ne peuvent pas être vides, bien que le schéma l'admette. */
  readonly nonVides?: readonly string[];
}

/**
 * Traduit les fautes de schéma en anomalie : 004 s'il manque un champ, 005 si le contenu est mauvais (protocole §6.2).
 * Le schéma signale un champ manquant à l'endroit du suivant : on cherche donc les absents par leur nom.
 */
export function schemaFaute(lecture: XmlReading | undefined, attendu: DocumentAttendu): Faute | undefined {
  if (lecture?.kind !== 'read') {
    return {
      nature: '005',
      detail: `le fichier n'est pas un XML bien formé (${lecture?.detail ?? 'absent'})`,
    };
  }
  if (lecture.racine.nom !== attendu.racine) {
    return { nature: '005', detail: `la racine est ${lecture.racine.nom}, et non ${attendu.racine}` };
  }
  const absents = absentFields(lecture.racine, attendu);
  if (absents.length > 0)
    return { nature: '004', detail: `champs obligatoires absents : ${absents.join(', ')}` };
  const [premiere] = lecture.fautes;
  if (!premiere) return undefined;
  const manque = lecture.fautes.find((faute) => /required but missing|Missing child/.test(faute.message));
  const retenue = manque ?? premiere;
  return {
    nature: manque ? '004' : '005',
    detail: `ligne ${retenue.ligne}, le contenu ne suit pas le schéma (${retenue.message})`,
  };
}

function absentFields(racine: XmlElement, attendu: DocumentAttendu): readonly string[] {
  const absents = attendu.obligatoires.filter((nom) => !childNamed(racine, nom));
  const vides = (attendu.nonVides ?? []).filter((nom) => textOf(childNamed(racine, nom)).trim() === '');
  return [...new Set([...absents, ...vides])];
}
