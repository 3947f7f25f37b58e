import type { Clock, IdSource, Result, Violation } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import type { Classification } from '../../classification/classification';
import type { Collectivite } from '../../collectivite/collectivite';
import type { Compte } from '../../compte/compte';
import { authorize } from '../../compte/permissions';
import type { StoredFile } from '../../deliberation/deliberation';
import { readDossierSiren } from '../../deliberation/deposit-rules';
import type { DossierToDeposit } from '../../ports/actes/dossiers';
import type { IdempotencyKey } from '../../ports/actes/deliberations';
import { problems } from '../../problems';
import type { DepositAnswer, DepositPorts } from './accept-dossier';
import { acceptDossier, answerOf, replayOf } from './accept-dossier';
import { composeDeposit } from './compose-deposit';

export interface DepositCommand {
  readonly compte: Compte;
  readonly dossier: unknown;
  readonly fichiers: readonly StoredFile[];
  readonly idempotency: IdempotencyKey | null;
}

/**
 * Étape 1 : une collectivité dépose une délibération adoptée. La délibération, sa transmission en file, l'entrée d'audit, le
 * message vers la mise sous enveloppe et la clé d'idempotence s'écrivent ensemble ou pas du tout.
 */
export class DepositDeliberation {
  constructor(
    private readonly ports: DepositPorts,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** @returns le reçu, ou toutes les fautes du dossier, ou le conflit avec un acte déjà déposé ou une clé déjà servie. */
  async execute({ compte, dossier, fichiers, idempotency }: DepositCommand): Promise<Result<DepositAnswer>> {
    const named = await this.namedIn(dossier, compte);
    if (!named.ok) return named;
    const { collectivite, classification, found } = named.value;
    if (collectivite && found.length === 0) {
      const replay = await replayOf(this.ports, collectivite.id, idempotency);
      if (replay) return replay;
    }
    const submitted = { dossier, fichiers, collectivite, classification, reprises: null, found };
    const accepted = await acceptDossier(this.ports, this.clock, submitted);
    if (!accepted.ok) return accepted;
    if (!collectivite) throw new Error('Dossier admis sans collectivité');
    const origin = { compte, collectivite, at: this.clock.now(), idempotency, corrige: null };
    const deposit = composeDeposit(origin, accepted.value, this.ids);
    return answerOf(deposit, await this.ports.deliberations.deposit(deposit));
  }

  /**
   * La collectivité que le dossier nomme. L'autorisation d'abord : un compte d'une autre collectivité n'apprend pas qui est inscrit.
   * Mal nommée, celle du compte prête ses règles au reste du dossier, dont toutes les fautes se disent.
   */
  private async namedIn(dossier: unknown, compte: Compte): Promise<Result<NamedCollectivite>> {
    const siren = readDossierSiren(dossier);
    const named = siren.ok ? await this.ports.dossiers.toDeposit(siren.value) : await this.ownOf(compte);
    const collectivite = named?.collectivite ?? null;
    const classification = named?.classification ?? null;
    const concerned = siren.ok ? (collectivite?.id ?? null) : compte.collectiviteId;
    const allowed = authorize(compte, 'deposer-deliberation', concerned);
    if (!allowed.ok) return allowed;
    if (!siren.ok) return ok({ collectivite, classification, found: siren.problem.violations ?? [] });
    const { code, detail } = problems.unknownCollectivite(siren.value);
    const unknown = collectivite ? [] : [{ pointer: '/collectivite', code, detail }];
    return ok({ collectivite, classification, found: unknown });
  }

  /** La collectivité du compte, quand le dossier n'en nomme pas qui se lise. */
  private async ownOf({ collectiviteId }: Compte): Promise<DossierToDeposit | null> {
    const own = collectiviteId && (await this.ports.collectivites.find(collectiviteId));
    return own && this.ports.dossiers.toDeposit(own.siren);
  }
}

/** La collectivité d'un dossier, et ce qui ne va pas dans la façon dont il la nomme. */
interface NamedCollectivite {
  readonly collectivite: Collectivite | null;
  readonly classification: Classification | null;
  readonly found: readonly Violation[];
}
