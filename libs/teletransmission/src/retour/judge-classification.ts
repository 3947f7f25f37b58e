import type { LectureXml } from '@teletransmission/actes';
import type { CivilDate, Instant } from '@teletransmission/kernel';
import { couldPrecede } from './horloges';
import type { RetourCase } from './policy';

/** Une nomenclature, ou la réponse qu'elle n'a pas changé, lue. */
export type LectureClassification = Extract<LectureXml, { type: '7-2' | '7-3' }>;

export function isClassification(lecture: LectureXml): lecture is LectureClassification {
  return lecture.type === '7-2' || lecture.type === '7-3';
}

/** Ce qu'il faut savoir pour juger une nomenclature. */
export interface ClassificationSituation {
  readonly lecture: LectureClassification;
  readonly recuLe: Instant;
  /** Vrai quand elle répond à une demande ouverte. */
  readonly isAsked: boolean;
  /** La version en place ; `null` : aucune n'est jamais venue, et la première fait foi. */
  readonly held: CivilDate | null;
}

/** Le cas d'une nomenclature : ni vide, ni à venir, ni plus ancienne que celle en place, elle la remplace. */
export function judgeClassification({ lecture, recuLe, isAsked, held }: ClassificationSituation): RetourCase {
  const { dateClassification: date } = lecture.message;
  if (!date) return 'date-illisible';
  if (lecture.type === '7-3') return isAsked ? 'nomenclature-demandee' : 'nomenclature-connue';
  if (isEmpty(lecture)) return 'nomenclature-vide';
  if (!couldPrecede(date, recuLe)) return 'nomenclature-future';
  const isOlder = held !== null && date < held;
  if (isAsked) return isOlder ? 'nomenclature-ancienne' : 'nomenclature-demandee';
  return isOlder || date === held ? 'nomenclature-connue' : 'nomenclature-spontanee';
}

/** Sans nature, ou sans une seule matière complète (deux niveaux au moins), aucun acte ne pourrait plus partir. */
function isEmpty({ message }: Extract<LectureClassification, { type: '7-2' }>): boolean {
  return message.natures.length === 0 || !message.matieres.some(({ matieres }) => matieres.length > 0);
}
