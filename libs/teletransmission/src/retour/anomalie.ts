import type { LectureXml } from '@teletransmission/actes';
import { explainAnomalie } from '@teletransmission/actes';
import type { StopReason } from '../transmission/transmission';

/** Une anomalie d'acte ou d'enveloppe, lue. */
export type Anomalie = Extract<LectureXml, { type: '1-3' | 'anomalie-enveloppe' }>;

/** L'anomalie d'un acte qui portait une nomenclature périmée : la seule qu'on corrige sans personne. */
export const OUTDATED_CLASSIFICATION = 'anomalie/002';

/** « Autre » : ces codes ne disent rien de la cause, seuls les mots la disent. */
const VAGUE: readonly string[] = ['anomalie/999', 'anomalie/enveloppe-999', 'anomalie/enveloppe-100'];

/** Vrai pour une anomalie d'acte ou d'enveloppe. */
export function isAnomalie(lecture: LectureXml): lecture is Anomalie {
  return lecture.type === '1-3' || lecture.type === 'anomalie-enveloppe';
}

/** Sous quelle raison une anomalie arrête ce qu'elle refuse : la cause comprise, et toute l'explication. */
export function stopReasonOf({ type, message }: Anomalie): StopReason {
  const { sens, explication } = explainAnomalie(
    type === '1-3' ? 'acte' : 'enveloppe',
    message.nature,
    message.detail,
  );
  return { code: `anomalie/${sens}`, detail: explication };
}

/** Vrai si cette anomalie redit la raison pour laquelle l'acte est déjà arrêté. */
export function repeatsReason(anomalie: Anomalie, known: StopReason | null): boolean {
  const { code, detail } = stopReasonOf(anomalie);
  return known?.code === code && (!VAGUE.includes(code) || known.detail === detail);
}
