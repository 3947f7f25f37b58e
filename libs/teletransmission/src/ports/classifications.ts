import type { Instant } from '@teletransmission/kernel';
import type { Classification } from '../classification/classification';
import type { CollectiviteId } from '../ids';

/** Les nomenclatures reçues. Elles s'écrivent avec l'état de la demande qui les amène (`Effect`). */
export interface ClassificationRepository {
  /** La plus récente par sa date, jamais par son ordre d'arrivée. */
  current(collectiviteId: CollectiviteId): Promise<Classification | null>;
  /** Les collectivités qui n'ont rien demandé depuis cet instant. */
  findStale(before: Instant, limit: number): Promise<readonly CollectiviteId[]>;
}
