import type { Result } from '@teletransmission/kernel';
import { authorizeOn } from '../../compte/authorize-on';
import type { Compte } from '../../compte/compte';
import type { Action } from '../../compte/permissions';
import type { TransmissionId } from '../../ids';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import type { Transmission } from '../../transmission/transmission';

/**
 * La transmission sur laquelle ce compte peut faire cette action.
 * @returns le refus du rôle ; `transmission/unknown` pour ce qui n'existe pas, et pour ce qui est d'une autre collectivité.
 */
export async function visibleTransmission(
  transmissions: Pick<TransmissionRepository, 'find'>,
  compte: Compte,
  action: Action,
  id: TransmissionId,
): Promise<Result<Transmission>> {
  return authorizeOn(compte, action, {
    found: await transmissions.find(id),
    ownerOf: ({ collectiviteId }) => collectiviteId,
    unknown: problems.unknownTransmission(id),
  });
}
