import { checkTexteXml, digitsOfSiren } from '@teletransmission/actes';
import type { Clock, IdSource, Result } from '@teletransmission/kernel';
import { addMs, ok, refuse } from '@teletransmission/kernel';
import type { Compte, Role } from '../../compte/compte';
import type { CompteId } from '../../ids';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type { CompteRepository } from '../../ports/administration/comptes';
import type { SecretSource } from '../../ports/administration/secret-source';
import { problems } from '../../problems';

export interface OpenedCompte {
  readonly compte: Compte;
  /** Montré une fois : seule son empreinte est gardée. */
  readonly jeton: string;
}

export interface OpenCompteCommand {
  readonly nom: string;
  readonly role: Role;
  /** `null` : le compte vaut pour toute la plateforme. */
  readonly siren: string | null;
  /** Ce que son jeton vaut, en millisecondes ; absent ou `null` : jusqu'à ce qu'on le renouvelle ou le révoque. */
  readonly validityMs?: number | null;
}

/** Ouvre un compte et lui donne un jeton. */
export class OpenCompte {
  constructor(
    private readonly comptes: CompteRepository,
    private readonly collectivites: CollectiviteRepository,
    private readonly secrets: SecretSource,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  async execute(command: OpenCompteCommand): Promise<Result<OpenedCompte>> {
    const refused = checkTexteXml(command.nom);
    if (refused.length > 0) return refuse(problems.refusedText('/nom', refused));
    const digits = command.siren === null ? null : digitsOfSiren(command.siren);
    const collectivite = digits === null ? null : await this.collectivites.findBySiren(digits);
    if (command.siren !== null && !collectivite) return refuse(problems.unknownCollectivite(command.siren));
    const jeton = this.secrets.mint();
    const creeLe = this.clock.now();
    const compte: Compte = {
      id: this.ids.next() as CompteId,
      nom: command.nom,
      role: command.role,
      collectiviteId: collectivite?.id ?? null,
    };
    await this.comptes.create(compte, {
      compteId: compte.id,
      empreinte: this.secrets.empreinteOf(jeton),
      creeLe,
      expireLe: command.validityMs ? addMs(creeLe, command.validityMs) : null,
    });
    return ok({ compte, jeton });
  }
}
