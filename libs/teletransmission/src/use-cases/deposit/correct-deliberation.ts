import type { CORRECTION } from '../../deliberation/deposit-form';
import { digitsOfSiren } from '@teletransmission/actes';
import type { Clock, IdSource, Instant, Result, Violation } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Collectivite } from '../../collectivite/collectivite';
import type { Compte } from '../../compte/compte';
import { authorizeOn } from '../../compte/authorize-on';
import type { Deliberation, StoredFile } from '../../deliberation/deliberation';
import type { DeliberationId } from '../../ids';
import { isUuid } from '../../ids';
import type { Deposit, IdempotencyKey } from '../../ports/actes/deliberations';
import { problems } from '../../problems';
import { checkMotif } from '../../transmission/motif';
import { advanceTransmission } from '../../transmission/advance';
import { changeState } from '../../transmission/state-change';
import type { Transmission } from '../../transmission/transmission';
import type { DepositAnswer, DepositPorts } from './accept-dossier';
import { acceptDossier, answerOf, replayOf } from './accept-dossier';
import { composeDeposit } from './compose-deposit';

export interface CorrectionCommand {
  readonly compte: Compte;
  /** L'acte arrêté que la correction remplace. */
  readonly deliberationId: string;
  /** Un dossier de dépôt entier, et son `motif`. */
  readonly dossier: unknown;
  readonly fichiers: readonly StoredFile[];
  readonly idempotency: IdempotencyKey | null;
}

/** L'anomalie d'un acte dont la préfecture dit avoir déjà le numéro. */
const NUMBER_TAKEN = 'anomalie/001';

/**
 * Corrige un acte que la préfecture a refusé ou que nous avons retenu : un dépôt neuf le remplace. L'ancienne transmission est remplacée,
 * la neuve naît en file, chacune connaît l'autre, ensemble ou pas du tout. L'acte refusé n'a jamais été inscrit sous son identité : la
 * correction la garde, sauf si la préfecture dit justement que ce numéro est pris.
 */
export class CorrectDeliberation {
  constructor(
    private readonly ports: DepositPorts,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** @returns le reçu de la correction, ou toutes les fautes de son dossier, ou l'état qui n'admet pas de correction. */
  async execute(command: CorrectionCommand): Promise<Result<DepositAnswer>> {
    const { compte, idempotency } = command;
    const former = await this.visible(command);
    if (!former.ok) return former;
    const collectivite = await this.ports.collectivites.find(former.value.collectiviteId);
    if (!collectivite) throw new Error('Délibération sans collectivité');
    const replay = await replayOf(this.ports, collectivite.id, idempotency);
    if (replay) return replay;
    const stopped = await this.stoppedOf(former.value);
    if (!stopped.ok) return stopped;
    const { dossier, motif, found } = readCorrection(
      command.dossier,
      collectivite,
      former.value,
      stopped.value,
    );
    const reprises = former.value.pieces;
    const classification = await this.ports.classifications.current(collectivite.id);
    const { fichiers } = command;
    const submitted = { dossier, fichiers, collectivite, classification, reprises, found };
    const accepted = await acceptDossier(this.ports, this.clock, submitted);
    if (!accepted.ok) return accepted;
    const at = this.clock.now();
    const corrige = { deliberationId: former.value.id, transmissionId: stopped.value.id, motif };
    // Une correction qui ne dit rien de la date garde celle de l'acte corrigé ; « null » l'ôte.
    const isDateSaid = (dossier as { readonly pasAvant?: unknown }).pasAvant !== undefined;
    const inherited = isDateSaid ? null : stillAhead(former.value.pasAvant, at);
    const deposit = composeDeposit(
      { compte, collectivite, at, idempotency, corrige },
      { ...accepted.value, pasAvant: accepted.value.pasAvant ?? inherited },
      this.ids,
    );
    const replaced = this.supersede(stopped.value, deposit, command, motif);
    return replaced.ok
      ? answerOf(replaced.value, await this.ports.deliberations.deposit(replaced.value))
      : replaced;
  }

  /** L'acte à corriger. Celui d'une autre collectivité n'existe pas pour ce compte. */
  private async visible({ compte, deliberationId }: CorrectionCommand): Promise<Result<Deliberation>> {
    const found = isUuid(deliberationId)
      ? await this.ports.deliberations.find(deliberationId as DeliberationId)
      : null;
    return authorizeOn(compte, 'corriger-deliberation', {
      found,
      ownerOf: ({ collectiviteId }) => collectiviteId,
      unknown: problems.unknownDeliberation(deliberationId),
    });
  }

  /** La transmission de l'acte, si elle est de celles qu'une correction remplace. */
  private async stoppedOf({ id, identifiantActe }: Deliberation): Promise<Result<Transmission>> {
    const found = await this.ports.transmissions.findByIdentifiant(identifiantActe, '1-1');
    // L'identité a pu passer à un autre dépôt : celui-ci n'est plus à corriger.
    if (!found || found.deliberationId !== id) {
      return refuse(problems.eventRefused('withdrawn', 'superseded', []));
    }
    const to = advanceTransmission(found.state, 'superseded');
    return to.ok ? ok(found) : to;
  }

  private supersede(
    former: Transmission,
    deposit: Deposit,
    { compte }: CorrectionCommand,
    motif: string,
  ): Result<Deposit> {
    const superseded = changeState(former, {
      event: 'superseded',
      at: deposit.deliberation.deposeeLe,
      actor: { kind: 'compte', id: compte.id, nom: compte.nom },
      reason: motif,
      evidence: { corrigeePar: deposit.deliberation.id },
      patch: { nextTurnAt: null },
    });
    return superseded.ok ? ok({ ...deposit, superseded: superseded.value }) : superseded;
  }
}

function stillAhead(date: Instant | null, at: Instant): Instant | null {
  return date !== null && date > at ? date : null;
}

/** Sépare du dossier ce qui n'est qu'à la correction, et dit ce qui n'y va pas. */
function readCorrection(
  dossier: unknown,
  { siren, nom }: Collectivite,
  former: Deliberation,
  { stopReason }: Transmission,
): { readonly dossier: unknown; readonly motif: string; readonly found: readonly Violation[] } {
  if (typeof dossier !== 'object' || dossier === null || Array.isArray(dossier))
    return { dossier, motif: '', found: [] };
  const { motif: text, ...rest } = dossier as Readonly<
    Partial<Record<keyof typeof CORRECTION.champs, unknown>>
  >;
  const found: Violation[] = [];
  const motif = checkMotif(typeof text === 'string' ? text : '');
  if (!motif.ok) found.push({ pointer: '/motif', code: motif.problem.code, detail: motif.problem.detail });
  const given = rest.collectivite;
  if (typeof given !== 'string' || digitsOfSiren(given) !== siren) {
    found.push({
      pointer: '/collectivite',
      code: 'correction/other-collectivite',
      detail: `L'acte à corriger est de ${nom} (SIREN ${siren}) : sa correction aussi.`,
    });
  }
  const isSameNumber =
    rest.numeroInterne === former.numeroInterne && rest.dateDecision === former.dateDecision;
  if (stopReason?.code === NUMBER_TAKEN && isSameNumber && (rest.nature ?? 'DE') === former.nature) {
    found.push({
      pointer: '/numeroInterne',
      code: 'correction/number-taken',
      detail: `La préfecture dit avoir déjà l'acte ${former.identifiantActe} : donnez un autre numéro à la correction. Si le premier envoi est acquitté, il n'y a rien à corriger.`,
    });
  }
  return { dossier: rest, motif: motif.ok ? motif.value : '', found };
}
