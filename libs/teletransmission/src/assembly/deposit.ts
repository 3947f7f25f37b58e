import type { DepositPorts } from '../use-cases/deposit/accept-dossier';
import { CorrectDeliberation } from '../use-cases/deposit/correct-deliberation';
import { DepositDeliberation } from '../use-cases/deposit/deposit-deliberation';
import type { Sources } from './policies';

export interface DepositUseCases {
  readonly deposit: DepositDeliberation;
  readonly correct: CorrectDeliberation;
}

/** Déposer, et corriger ce qui est revenu. */
export function assembleDeposit(ports: DepositPorts, { clock, ids }: Sources): DepositUseCases {
  return {
    deposit: new DepositDeliberation(ports, clock, ids),
    correct: new CorrectDeliberation(ports, clock, ids),
  };
}
