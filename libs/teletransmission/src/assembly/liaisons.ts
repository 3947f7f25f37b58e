import type { Clock } from '@teletransmission/kernel';
import { BindCollectivite } from '../use-cases/liaison/bind-collectivite';
import { RegisterLiaison } from '../use-cases/liaison/register-liaison';
import type { Ports } from './ports';

export interface LiaisonUseCases {
  readonly bindCollectivite: BindCollectivite;
}

/** Voir les liaisons, y relier une collectivité. */
export function assembleLiaisons(
  { liaisons, collectivites }: Pick<Ports, 'liaisons' | 'collectivites'>,
  clock: Clock,
): LiaisonUseCases {
  return { bindCollectivite: new BindCollectivite(liaisons, collectivites, clock) };
}

/** Inscrire une liaison, depuis la machine. */
export function assembleRegister(
  { liaisons }: Pick<Ports, 'liaisons'>,
  clock: Clock,
): { readonly registerLiaison: RegisterLiaison } {
  return { registerLiaison: new RegisterLiaison(liaisons, clock) };
}
