import { buildIdentifiantActe } from '@teletransmission/actes';
import type { Clock, IdSource, Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Collectivite } from '../collectivite/collectivite';
import type { Compte } from '../compte/compte';
import { authorize } from '../compte/permissions';
import type { StoredFile } from '../deliberation/deliberation';
import type { AcceptedDossier } from '../deliberation/deposit-rules';
import { piecePointer, readDossier, readDossierSiren } from '../deliberation/deposit-rules';
import { evidenceOf, verifySignatures } from '../deliberation/verify-signatures';
import type { DeliberationId, TransmissionId } from '../ids';
import type { ClassificationRepository } from '../ports/classifications';
import type { CollectiviteRepository } from '../ports/collectivites';
import type { Deposit, DeliberationRepository, DepositReceipt, IdempotencyKey } from '../ports/deliberations';
import type { SignatureVerifier } from '../ports/signature-verifier';
import type { TransmissionRepository } from '../ports/transmissions';
import { problems } from '../problems';
import { bearTransmission } from '../transmission/new-transmission';

export interface DepositCommand {
  readonly compte: Compte;
  readonly dossier: unknown;
  readonly fichiers: readonly StoredFile[];
  readonly idempotency: IdempotencyKey | null;
}

export interface DepositAnswer {
  readonly receipt: DepositReceipt;
  readonly isReplay: boolean;
}

/** Ce qu'un dépôt lit et écrit. */
export interface DepositPorts {
  readonly collectivites: CollectiviteRepository;
  readonly deliberations: DeliberationRepository;
  readonly transmissions: TransmissionRepository;
  readonly classifications: ClassificationRepository;
  readonly signatures: SignatureVerifier;
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
  async execute(command: DepositCommand): Promise<Result<DepositAnswer>> {
    const siren = readDossierSiren(command.dossier);
    if (!siren.ok) return siren;
    const collectivite = await this.ports.collectivites.findBySiren(siren.value);
    // L'autorisation d'abord : un compte d'une autre collectivité n'apprend pas qui est inscrit.
    const allowed = authorize(command.compte, 'deposer-deliberation', collectivite?.id ?? null);
    if (!allowed.ok) return allowed;
    if (!collectivite) return refuse(problems.unknownCollectivite(siren.value));
    const replay = await this.replayOf(collectivite, command.idempotency);
    if (replay) return replay;
    const accepted = await this.accept(command, collectivite);
    if (!accepted.ok) return accepted;
    const deposit = this.compose(command, collectivite, accepted.value);
    const taken = accepted.value.reprendNumeroAnnule ? null : await this.cancelledActe(deposit);
    return taken ? refuse(taken) : this.record(deposit);
  }

  /** Toutes les fautes du dossier ensemble, celles de ses signatures comprises. */
  private async accept(
    { dossier, fichiers }: DepositCommand,
    collectivite: Collectivite,
  ): Promise<Result<AcceptedDossier>> {
    const today = this.clock.today(collectivite.fuseau);
    const classification = await this.ports.classifications.current(collectivite.id);
    const read = readDossier(dossier, { collectivite, classification, fichiers, today });
    const { signatures } = this.ports;
    const signed = await verifySignatures(read.pieces, piecePointer, signatures, this.clock.now());
    const violations = [...read.violations, ...signed.violations];
    if (violations.length > 0 || !read.content) return refuse(problems.invalidDossier(violations));
    return ok({ ...read.content, pieces: signed.pieces });
  }

  private async replayOf(
    collectivite: Collectivite,
    key: IdempotencyKey | null,
  ): Promise<Result<DepositAnswer> | null> {
    if (!key) return null;
    const known = await this.ports.deliberations.findRequest(collectivite.id, key.cle);
    return known ? this.replay(key, known) : null;
  }

  private replay(
    key: IdempotencyKey,
    known: { readonly empreinteDemande: string; readonly receipt: DepositReceipt },
  ): Result<DepositAnswer> {
    if (known.empreinteDemande !== key.empreinteDemande) return refuse(problems.otherRequest(key.cle));
    return ok({ receipt: known.receipt, isReplay: true });
  }

  /** Un numéro d'acte annulé ne se reprend pas par mégarde : la préfecture en garde la trace. */
  private async cancelledActe(deposit: Deposit): Promise<Problem | null> {
    const { identifiantActe } = deposit.deliberation;
    const last = await this.ports.transmissions.findByIdentifiant(identifiantActe, '1-1');
    return last?.state === 'cancelled'
      ? problems.numberCancelled(identifiantActe, last.deliberationId)
      : null;
  }

  private async record(deposit: Deposit): Promise<Result<DepositAnswer>> {
    const outcome = await this.ports.deliberations.deposit(deposit);
    if (outcome.kind === 'deposited') return ok({ receipt: deposit.receipt, isReplay: false });
    if (outcome.kind === 'key-taken' && deposit.idempotency) return this.replay(deposit.idempotency, outcome);
    if (outcome.kind === 'key-taken') throw new Error('Clé prise sans clé demandée');
    const { identifiantActe } = deposit.deliberation;
    return refuse(problems.alreadyDeposited(identifiantActe, outcome.state, outcome.deliberationId));
  }

  private compose(command: DepositCommand, collectivite: Collectivite, dossier: AcceptedDossier): Deposit {
    const now = this.clock.now();
    const deliberationId = this.ids.next() as DeliberationId;
    const transmissionId = this.ids.next() as TransmissionId;
    const { siren, departement } = collectivite;
    const { dateDecision, numeroInterne, nature, objet, matiere, vote, pieces } = dossier;
    const identifiantActe = buildIdentifiantActe({ departement, siren, dateDecision, numeroInterne, nature });
    return {
      deliberation: {
        id: deliberationId,
        collectiviteId: collectivite.id,
        identifiantActe,
        numeroInterne,
        nature,
        dateDecision,
        objet,
        matiere,
        vote,
        pieces,
        deposeeLe: now,
        deposeePar: command.compte.id,
      },
      ...bearTransmission(
        {
          id: transmissionId,
          deliberationId,
          collectiviteId: collectivite.id,
          identifiantActe,
          flux: '1-1',
          since: now,
        },
        {
          acteur: { kind: 'compte', id: command.compte.id, nom: command.compte.nom },
          motif: null,
          preuve: {
            identifiantActe,
            votants: vote.votants,
            pour: vote.pour,
            contre: vote.contre,
            abstentions: vote.abstentions,
            ...evidenceOf(pieces),
          },
        },
      ),
      receipt: { deliberationId, transmissionId, identifiantActe, deposeeLe: now },
      idempotency: command.idempotency,
    };
  }
}
