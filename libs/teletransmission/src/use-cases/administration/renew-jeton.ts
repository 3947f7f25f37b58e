import type { Clock, Instant, Result } from '@teletransmission/kernel';
import { addMs, ok, refuse } from '@teletransmission/kernel';
import type { CompteId } from '../../ids';
import type { CompteRepository } from '../../ports/administration/comptes';
import type { SecretSource } from '../../ports/administration/secret-source';
import { problems } from '../../problems';

export interface RenewJetonCommand {
  readonly compteId: CompteId;
  /** Ce que les jetons d'avant valent encore, en millisecondes ; 0 : plus rien. */
  readonly overlapMs: number;
  /** Ce que le neuf vaut, en millisecondes ; `null` : jusqu'à ce qu'on le renouvelle ou le révoque. */
  readonly validityMs: number | null;
}

export interface RenewedJeton {
  /** Montré une fois : seule son empreinte est gardée. */
  readonly jeton: string;
  readonly expireLe: Instant | null;
  /** Quand les jetons d'avant ne vaudront plus. */
  readonly finDesAutres: Instant;
}

/** Donne à un compte un jeton neuf ; ceux d'avant valent encore le temps de le mettre en place. Leurs sessions finissent avec eux. */
export class RenewJeton {
  constructor(
    private readonly comptes: CompteRepository,
    private readonly secrets: SecretSource,
    private readonly clock: Clock,
  ) {}

  /** @returns le refus `compte/unknown` quand aucun compte vivant n'a cette identité. */
  async execute({ compteId, overlapMs, validityMs }: RenewJetonCommand): Promise<Result<RenewedJeton>> {
    const at = this.clock.now();
    const jeton = this.secrets.mint();
    const expireLe = validityMs === null ? null : addMs(at, validityMs);
    const finDesAutres = addMs(at, overlapMs);
    const stored = { compteId, empreinte: this.secrets.empreinteOf(jeton), creeLe: at, expireLe };
    const renewed = await this.comptes.renew(stored, finDesAutres);
    return renewed ? ok({ jeton, expireLe, finDesAutres }) : refuse(problems.unknownCompte(compteId));
  }
}
