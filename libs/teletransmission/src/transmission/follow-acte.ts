import type { OutboxMessage } from '../travaux/outbox-message';
import type { Transmission } from './transmission';
import type { TransmissionState } from '../vies/transmission-transitions';
import { turnAfter } from './turn-after';

/**
 * Le travail que fait naître un acte qui entre dans cet état : accusé, ou rendu à son accusé par une annulation refusée, il suit sa
 * publication. Seul un acte se publie : l'accusé d'une annulation ou d'une réponse n'ouvre rien.
 */
export function followActe(transmission: Transmission, to: TransmissionState): readonly OutboxMessage[] {
  const { state, flux, deliberationId } = transmission;
  if (to !== 'acknowledged' || state === to || flux !== '1-1' || deliberationId === null) return [];
  return [
    {
      job: 'track-publication',
      targetId: deliberationId,
      turn: turnAfter(transmission),
      notBefore: null,
    },
  ];
}
