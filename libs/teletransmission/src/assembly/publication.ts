import type { Clock } from '@teletransmission/kernel';
import type { PublishPorts } from '../use-cases/publication/publish-deliberation';
import { PublishDeliberation } from '../use-cases/publication/publish-deliberation';

export interface PublicationUseCases {
  readonly publish: PublishDeliberation;
}

/** Publier, et suivre l'accusé quand la collectivité l'a réglé ainsi. */
export function assemblePublication(ports: PublishPorts, clock: Clock): PublicationUseCases {
  return { publish: new PublishDeliberation(ports, clock) };
}
