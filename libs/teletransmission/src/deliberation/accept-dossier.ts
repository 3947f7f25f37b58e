import type { Clock, Problem, Result, Violation } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Collectivite } from '../collectivite/collectivite';
import type { Piece, StoredFile } from './deliberation';
import type { AcceptedDossier } from './deposit-rules';
import { piecePointer, readDossier } from './deposit-rules';
import { verifySignatures } from './verify-signatures';
import type { CollectiviteId } from '../ids';
import type { ClassificationRepository } from '../ports/classifications';
import type { CollectiviteRepository } from '../ports/collectivites';
import type {
  DeliberationRepository,
  Deposit,
  DepositOutcome,
  DepositReceipt,
  IdempotencyKey,
} from '../ports/deliberations';
import type { SignatureVerifier } from '../ports/signature-verifier';
import type { TransmissionRepository } from '../ports/transmissions';
import { problems } from '../problems';

/** Ce qu'un dépôt ou une correction lit et écrit. */
export interface DepositPorts {
  readonly collectivites: CollectiviteRepository;
  readonly deliberations: DeliberationRepository;
  readonly transmissions: TransmissionRepository;
  readonly classifications: ClassificationRepository;
  readonly signatures: SignatureVerifier;
}

export interface DepositAnswer {
  readonly receipt: DepositReceipt;
  readonly isReplay: boolean;
}

/** Un dossier à juger. */
export interface SubmittedDossier {
  readonly dossier: unknown;
  readonly fichiers: readonly StoredFile[];
  readonly collectivite: Collectivite;
  /** Les pièces de l'acte corrigé, que le dossier peut reprendre ; `null` pour un premier dépôt. */
  readonly reprises: readonly Piece[] | null;
  /** Les fautes que l'appelant a déjà trouvées : elles se disent avec les autres. */
  readonly found: readonly Violation[];
}

/** Toutes les fautes d'un dossier ensemble, celles de ses signatures comprises. @returns le refus `deliberation/invalid`. */
export async function acceptDossier(
  { classifications, signatures }: DepositPorts,
  clock: Clock,
  { dossier, fichiers, collectivite, reprises, found }: SubmittedDossier,
): Promise<Result<AcceptedDossier>> {
  const today = clock.today(collectivite.fuseau);
  const classification = await classifications.current(collectivite.id);
  const read = readDossier(dossier, {
    collectivite,
    classification,
    fichiers,
    today,
    now: clock.now(),
    reprises,
  });
  const signed = await verifySignatures(read.pieces, piecePointer, signatures, clock.now());
  const violations = [...found, ...read.violations, ...signed.violations];
  if (violations.length > 0 || !read.content) return refuse(problems.invalidDossier(violations));
  return ok({ ...read.content, pieces: signed.pieces });
}

/** La réponse déjà donnée sous cette clé, s'il y en a une. */
export async function replayOf(
  { deliberations }: DepositPorts,
  collectiviteId: CollectiviteId,
  key: IdempotencyKey | null,
): Promise<Result<DepositAnswer> | null> {
  if (!key) return null;
  const known = await deliberations.findRequest(collectiviteId, key.cle);
  return known ? replay(key, known) : null;
}

function replay(
  key: IdempotencyKey,
  known: { readonly empreinteDemande: string; readonly receipt: DepositReceipt },
): Result<DepositAnswer> {
  if (known.empreinteDemande !== key.empreinteDemande) return refuse(problems.otherRequest(key.cle));
  return ok({ receipt: known.receipt, isReplay: true });
}

/** Un numéro d'acte annulé ne se reprend pas par mégarde : la préfecture en garde la trace. */
export async function cancelledActe(
  { transmissions }: DepositPorts,
  { deliberation: { identifiantActe } }: Deposit,
): Promise<Problem | null> {
  const last = await transmissions.findByIdentifiant(identifiantActe, '1-1');
  return last?.state === 'cancelled' ? problems.numberCancelled(identifiantActe, last.deliberationId) : null;
}

/** Ce que l'écriture d'un dépôt a donné, en réponse au déposant. */
export function answerOf(deposit: Deposit, outcome: DepositOutcome): Result<DepositAnswer> {
  switch (outcome.kind) {
    case 'deposited':
      return ok({ receipt: deposit.receipt, isReplay: false });
    case 'key-taken':
      if (!deposit.idempotency) throw new Error('Clé prise sans clé demandée');
      return replay(deposit.idempotency, outcome);
    case 'moved':
      return refuse(problems.movedMeanwhile(outcome.state));
    case 'identifiant-taken': {
      const { state, deliberationId } = outcome;
      return refuse(problems.alreadyDeposited(deposit.deliberation.identifiantActe, state, deliberationId));
    }
  }
}
