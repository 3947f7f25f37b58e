import type { Liaison } from '../../liaison/liaison';
import type { PrefectureGateway } from './prefecture-gateway';

/** L'adaptateur de chaque liaison, dans ce processus. */
export interface Gateways {
  of(liaison: Liaison): PrefectureGateway;
}
