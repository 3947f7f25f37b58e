import type { IdentifiantActe } from '@teletransmission/actes';
import type { Instant } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  DeliberationId,
  Transmission,
  TransmissionId,
} from '@teletransmission/teletransmission';
import { newTransmission } from '@teletransmission/teletransmission';

/** Une transmission en file, ou ce que le test en change. */
export function aTransmission(changes: Partial<Transmission> = {}): Transmission {
  return {
    ...newTransmission({
      id: 't0000000-0000-7000-8000-000000000001' as TransmissionId,
      deliberationId: 'd0000000-0000-7000-8000-000000000001' as DeliberationId,
      collectiviteId: 'c0000000-0000-7000-8000-000000000001' as CollectiviteId,
      identifiantActe: '034-213402761-20221020-2022-10-062-DE' as IdentifiantActe,
      flux: '1-1',
      since: '2022-11-02T09:00:00.000Z' as Instant,
    }),
    ...changes,
  };
}
