import type { Clock, Instant, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { TransmissionId } from '../../ids';
import type { ConstatRepository } from '../../ports/actes/constats';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import { allowedTransmissionEvents } from '../../transmission/advance';
import type { Constat, Verdict } from '../../outcome/constat';
import { concert } from '../../outcome/constat';
import { checkMotif } from '../../transmission/motif';
import type { SettleTimings } from '../../outcome/settle-uncertain';
import { happeningOfFinding } from '../../outcome/settle-uncertain';
import { changeState } from '../../transmission/state-change';
import type { Transmission } from '../../transmission/transmission';
import type { TransmissionState } from '../../vies/transmission-transitions';
import { visibleTransmission } from './visible-transmission';

export interface ConstatCommand {
  readonly compte: Compte;
  readonly transmissionId: TransmissionId;
  readonly constat: Verdict;
  readonly motif: string;
}

/** Où en est l'envoi après un constat. `attendu` : ce qui manque encore pour trancher, en français ; `null` : c'est fait. */
export interface ConstatAnswer {
  readonly transmissionId: TransmissionId;
  readonly state: TransmissionState;
  readonly constats: readonly Constat[];
  readonly attendu: string | null;
}

const AWAITED = {
  'second-awaited':
    'Un second opérateur, d’un autre compte, doit faire le même constat : un seul ne tranche jamais.',
  contradictory:
    'Les constats se contredisent : rien ne bouge. Accordez-vous ; qui s’est trompé refait le sien, avec son motif.',
} as const;

/** Vrai pour ce que deux personnes peuvent trancher : un envoi incertain, ou un accusé qui n'est pas venu à son échéance. */
function isUnsettled({ state, isOverdue }: Transmission): boolean {
  return state === 'uncertain' || (state === 'awaiting-ack' && isOverdue);
}

/** Un constat d'avant l'échéance parlait d'une autre attente. */
function isAbout({ state, ackDueAt }: Transmission, instant: Instant): boolean {
  return state !== 'awaiting-ack' || ackDueAt === null || instant >= ackDueAt;
}

/**
 * Tranche à deux un envoi incertain que la liaison ne sait pas trancher, ou un accusé qui ne vient jamais. Le premier constat se garde, le second du même avis, d'un autre
 * compte, fait arriver l'événement avec les deux noms et les deux motifs. Deux avis contraires se disent, et rien ne bouge.
 */
export class ResolveUncertain {
  constructor(
    private readonly transmissions: TransmissionRepository,
    private readonly constats: ConstatRepository,
    private readonly timings: SettleTimings,
    private readonly clock: Clock,
  ) {}

  /** @returns le refus `transmission/unknown` d'une autre collectivité, `transmission/event-refused` hors de l'incertitude, `transmission/reason-missing` sans motif. */
  async execute(command: ConstatCommand): Promise<Result<ConstatAnswer>> {
    const { compte, transmissionId } = command;
    const visible = await visibleTransmission(this.transmissions, compte, 'constater-envoi', transmissionId);
    if (!visible.ok) return visible;
    const acte = visible.value;
    const motif = checkMotif(command.motif);
    if (!motif.ok) return motif;
    const target = await this.uncertainOf(acte);
    if (!isUnsettled(target)) {
      const event = command.constat === 'absente' ? 'proven-absent' : 'found-at-prefecture';
      return refuse(problems.eventRefused(target.state, event, allowedTransmissionEvents(target.state)));
    }
    await this.keep(target, command, motif.value);
    // Relus après l'écriture : de deux constats simultanés, le dernier écrit voit les deux.
    return this.conclude(target, command);
  }

  /** Tant qu'une annulation est en cours, c'est de son envoi qu'on parle. */
  private async uncertainOf(acte: Transmission): Promise<Transmission> {
    if (acte.state !== 'cancelling' || acte.identifiantActe === null) return acte;
    return (await this.transmissions.findByIdentifiant(acte.identifiantActe, '6-1')) ?? acte;
  }

  private async keep(
    target: Transmission,
    { compte, constat }: ConstatCommand,
    motif: string,
  ): Promise<void> {
    const instant = this.clock.now();
    const { id: transmissionId, cycle, turn } = target;
    const { id: compteId, nom: compteNom } = compte;
    await this.constats.keep(
      { transmissionId, cycle, turn, compteId, compteNom, constat, motif, instant },
      {
        collectiviteId: target.collectiviteId,
        deliberationId: target.deliberationId,
        sujet: 'transmission',
        sujetId: transmissionId,
        evenement: 'constat-recorded',
        etatAvant: null,
        etatApres: null,
        instant,
        acteur: { kind: 'compte', id: compteId, nom: compteNom },
        motif,
        preuve: { constat, cycle, tour: turn },
      },
    );
  }

  private async conclude(target: Transmission, { compte }: ConstatCommand): Promise<Result<ConstatAnswer>> {
    const constats = (await this.constats.listOf(target)).filter(({ instant }) => isAbout(target, instant));
    const concertation = concert(constats);
    const answer = { transmissionId: target.id, constats };
    if (concertation.kind !== 'agreed')
      return ok({ ...answer, state: target.state, attendu: AWAITED[concertation.kind] });
    const { verdict, first, second } = concertation;
    const change = changeState(
      target,
      happeningOfFinding(
        target,
        verdict === 'presente' ? 'present' : 'absent',
        {
          at: this.clock.now(),
          actor: { kind: 'compte', id: compte.id, nom: compte.nom },
          reason: `${first.compteNom} : ${first.motif} — ${second.compteNom} : ${second.motif}`,
          evidence: {
            constat: verdict,
            premier: first.compteNom,
            premierId: first.compteId,
            second: second.compteNom,
            secondId: second.compteId,
          },
        },
        this.timings,
      ),
    );
    if (!change.ok) return change;
    const recorded = await this.transmissions.record(change.value);
    if (recorded.moved) return ok({ ...answer, state: recorded.transmission.state, attendu: null });
    const current = await this.transmissions.find(target.id);
    return refuse(problems.movedMeanwhile(current?.state ?? 'inconnu'));
  }
}
