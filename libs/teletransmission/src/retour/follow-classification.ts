import type { LectureXml } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import { epochMsOf } from '@teletransmission/kernel';
import type { Collectivite } from '../collectivite/collectivite';
import type { OutboxMessage } from '../travaux/outbox-message';
import { turnAfter } from '../transmission/turn-after';
import type { Transmission } from '../transmission/transmission';
import { OUTDATED_CLASSIFICATION, stopReasonOf } from './anomalie';
import { classificationEnCours } from './retour-happening';

/**
 * Ce que la réponse à un acte demande de faire pour la nomenclature : la redemander quand la préfecture en nomme une que nous n'avons
 * pas, ou reprendre l'acte quand la nôtre a changé pendant qu'il voyageait. Un accusé qui en nomme une plus ancienne n'est pas une
 * erreur : des préfectures le font.
 */
export function followClassification(
  lecture: LectureXml,
  transmission: Transmission,
  collectivite: Collectivite,
  at: Instant,
): readonly OutboxMessage[] {
  const enCours = classificationEnCours(lecture);
  if (transmission.flux !== '1-1' || enCours === undefined) return [];
  const held = collectivite.classificationDateVersion;
  const isOutdated = lecture.type === '1-3' && stopReasonOf(lecture).code === OUTDATED_CLASSIFICATION;
  if (enCours > held || (isOutdated && enCours !== held)) {
    // La seconde fait le tour : une demande ouverte suffit à tous les actes qui la réclament.
    const turn = Math.floor(epochMsOf(at) / 1000);
    return [{ job: 'request-classification', targetId: collectivite.id, turn, notBefore: null }];
  }
  if (!isOutdated || transmission.classificationEnvoyee === held) return [];
  return [
    {
      job: 'resubmit-outdated',
      targetId: transmission.id,
      turn: turnAfter(transmission),
      notBefore: null,
    },
  ];
}
