import type { Clock, Result, Violation } from '@teletransmission/kernel';
import { EUROPE_PARIS, ok, refuse } from '@teletransmission/kernel';
import type { Classification } from '../../classification/classification';
import type { Collectivite } from '../../collectivite/collectivite';
import type { Piece, StoredFile } from '../../deliberation/deliberation';
import type { AcceptedDossier } from '../../deliberation/deposit-rules';
import { readDossier } from '../../deliberation/deposit-rules';
import { quotaFault } from './quota';
import type { PieceJudges } from './judge-pieces';
import { judgePieces } from './judge-pieces';
import type { CollectiviteId } from '../../ids';
import type { ClassificationRepository } from '../../ports/actes/classifications';
import type { Dossiers } from '../../ports/actes/dossiers';
import type { CollectiviteRepository } from '../../ports/administration/collectivites';
import type {
  DeliberationRepository,
  Deposit,
  DepositOutcome,
  DepositReceipt,
  IdempotencyKey,
} from '../../ports/actes/deliberations';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';

/** Ce qu'un dépôt ou une correction lit et écrit. */
export interface DepositPorts extends PieceJudges {
  readonly collectivites: CollectiviteRepository;
  readonly deliberations: DeliberationRepository;
  readonly transmissions: TransmissionRepository;
  readonly classifications: ClassificationRepository;
  readonly dossiers: Pick<Dossiers, 'toDeposit'>;
}

export interface DepositAnswer {
  readonly receipt: DepositReceipt;
  readonly isReplay: boolean;
}

/** Un dossier à juger. */
export interface SubmittedDossier {
  readonly dossier: unknown;
  readonly fichiers: readonly StoredFile[];
  /** `null` : le dossier n'en nomme pas une qui soit d'ici ; les règles communes disent alors ses autres fautes. */
  readonly collectivite: Collectivite | null;
  /** La nomenclature qu'elle a reçue. */
  readonly classification: Classification | null;
  /** Les pièces de l'acte corrigé, que le dossier peut reprendre ; `null` pour un premier dépôt. */
  readonly reprises: readonly Piece[] | null;
  /** Les fautes que l'appelant a déjà trouvées : elles se disent avec les autres. */
  readonly found: readonly Violation[];
}

/** Ce qu'on suppose d'une collectivité qu'on ne connaît pas : rien qui fasse une faute de plus. */
const ANY_COLLECTIVITE = { tiretsPermis: true, fuseau: EUROPE_PARIS };

/**
 * Toutes les fautes d'un dossier ensemble, celles de ses documents et de leurs signatures comprises.
 * @returns le refus `deliberation/invalid`, ou `collectivite/quota-reached` quand il n'a pas d'autre faute ; ou `piece/unopened`, quand il n'a pas de faute et qu'un document n'a pas pu être ouvert.
 */
export async function acceptDossier(
  ports: DepositPorts,
  clock: Clock,
  { dossier, fichiers, collectivite, classification, reprises, found }: SubmittedDossier,
): Promise<Result<AcceptedDossier>> {
  const rules = collectivite ?? ANY_COLLECTIVITE;
  const today = clock.today(rules.fuseau);
  const read = readDossier(dossier, {
    collectivite: rules,
    classification,
    fichiers,
    today,
    now: clock.now(),
    reprises,
  });
  const {
    pieces,
    violations: faults,
    unopened,
  } = await judgePieces(read.pieces, ports, read.isBudget, clock.now());
  const quota = collectivite && (await quotaFault(ports.deliberations, collectivite, fichiers));
  const violations = [...found, ...read.violations, ...faults];
  if (quota && violations.length === 0) return refuse(quota);
  // Au quota avec d'autres fautes, il se dit parmi elles : on ne corrige pas un dossier pour l'apprendre ensuite.
  if (quota) violations.push({ pointer: '', code: quota.code, detail: quota.detail });
  if (violations.length > 0 || !read.content)
    return refuse(problems.invalidDossier([...violations, ...unopened]));
  return unopened.length > 0 ? refuse(problems.piecesUnopened(unopened)) : ok({ ...read.content, pieces });
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

/** Ce que l'écriture d'un dépôt a donné, en réponse au déposant. */
export function answerOf(deposit: Deposit, outcome: DepositOutcome): Result<DepositAnswer> {
  switch (outcome.kind) {
    case 'deposited':
      return ok({ receipt: deposit.receipt, isReplay: false });
    case 'key-taken':
      if (!deposit.idempotency) throw new Error('Clé prise sans clé demandée');
      return replay(deposit.idempotency, outcome);
    case 'number-cancelled':
      return refuse(
        problems.numberCancelled(deposit.deliberation.identifiantActe, outcome.deliberationId || null),
      );
    case 'moved':
      return refuse(problems.movedMeanwhile(outcome.state));
    case 'identifiant-taken': {
      const { state, deliberationId } = outcome;
      return refuse(problems.alreadyDeposited(deposit.deliberation.identifiantActe, state, deliberationId));
    }
  }
}
