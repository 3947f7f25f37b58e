import { readArchive } from '@teletransmission/actes';
import type { Clock, IdSource, Instant } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { Readable } from 'node:stream';
import type { EnvoiId, TransmissionId } from '../../ids';
import type { Departures, Route } from '../../ports/liaison/departures';
import type { DocumentStore } from '../../ports/pieces/document-store';
import type { Dossiers } from '../../ports/actes/dossiers';
import type { EnvoiRepository } from '../../ports/actes/envois';
import type { Heartbeat } from '../../ports/administration/heartbeat';
import type { Gateways } from '../../ports/liaison/gateways';
import type { Outgoing } from '../../ports/liaison/prefecture-gateway';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import type { AnswerTimings } from '../../outcome/answer-happening';
import { happeningOfAnswer } from '../../outcome/answer-happening';
import { answerThrough } from '../../outcome/answer-through';
import { changeState } from '../../transmission/state-change';
import type { Transmission } from '../../transmission/transmission';
import { HoldLease } from './hold-lease';
import type { JobOutcome } from '../../travaux/job-outcome';
import { DONE, giveUp } from '../../travaux/job-outcome';
import type { SealedArchive } from '../../transmission/enveloppe';
import type { SubmitAnswer } from '../../outcome/submit-answer';
import type { EnvoiLease } from '../../transmission/envoi';

/** Les délais d'un envoi, en millisecondes. */
export interface SubmitTimings extends AnswerTimings {
  /** La durée d'un bail, renouvelé par battements tant que l'envoi dure ; échu, son auteur est tenu pour mort. */
  readonly leaseMs: number;
}

export interface SubmitPorts {
  readonly dossiers: Pick<Dossiers, 'toSubmit'>;
  readonly transmissions: Pick<TransmissionRepository, 'record'>;
  readonly envois: EnvoiRepository;
  readonly documents: DocumentStore;
  readonly gateways: Gateways;
  readonly heartbeat: Heartbeat;
  readonly departures: Departures;
}

/** Un envoi ouvert : la transmission telle qu'elle est partie, et le droit d'en écrire l'issue. */
interface Claim {
  readonly transmission: Transmission;
  readonly lease: EnvoiLease;
  readonly leaseUntil: Instant;
}

/**
 * Étape 4 : un envoi s'ouvre sous bail (courte transaction), l'archive part hors de toute transaction, l'issue s'enregistre (courte
 * transaction). L'intention est écrite avant le départ ; une réponse perdue donne `uncertain`, jamais un second envoi ; qui a perdu son
 * bail n'écrit plus aucun état.
 */
export class SubmitEnveloppe {
  private readonly leases: HoldLease;

  constructor(
    private readonly ports: SubmitPorts,
    private readonly timings: SubmitTimings,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {
    this.leases = new HoldLease(ports.envois, ports.heartbeat, timings.leaseMs, clock);
  }

  async execute(id: TransmissionId): Promise<JobOutcome> {
    const dossier = await this.ports.dossiers.toSubmit(id);
    if (!dossier) return giveUp(problems.unknownTransmission(id));
    const { transmission, archive, destination } = dossier;
    if (transmission.state !== 'sealed') return DONE;
    const now = this.clock.now();
    if (transmission.nextTurnAt !== null && transmission.nextTurnAt > now)
      return { kind: 'later', at: transmission.nextTurnAt };
    if (!archive || !destination) throw new Error('Transmission scellée sans archive ou sans liaison');
    const departure = await this.ports.departures.ask({ transmission, archive, destination }, now);
    if (departure.kind === 'stay') return departure.outcome;
    try {
      return await this.send(transmission, archive, departure.route);
    } finally {
      departure.place.leave();
    }
  }

  private async send(
    transmission: Transmission,
    archive: SealedArchive,
    { liaison, departement }: Route,
  ): Promise<JobOutcome> {
    // Ouverte avant l'intention : une archive perdue laisse l'acte sous enveloppe, visible, au lieu d'un envoi qui n'a pas eu lieu.
    const content = await this.ports.documents.open(archive.empreinte);
    try {
      const claim = await this.claim(transmission, archive);
      if (!claim) return DONE;
      const gateway = this.ports.gateways.of(liaison);
      const outgoing = outgoingOf(archive, content, { liaison, departement });
      const work = await this.leases.during(claim.lease, claim.leaseUntil, (signal) =>
        gateway.submit(outgoing, signal),
      );
      // Abandonné par nous, l'envoi n'a pas de réponse : le balayage le rendra incertain, la préfecture dira le reste.
      return work.held
        ? await this.record(claim, archive, answerThrough(liaison, transmission, work.result))
        : DONE;
    } finally {
      content.destroy();
    }
  }

  private async claim(transmission: Transmission, archive: SealedArchive): Promise<Claim | null> {
    if (!transmission.enveloppeId) return null;
    const now = this.clock.now();
    const turn = transmission.turn + 1;
    const envoiId = this.ids.next() as EnvoiId;
    const leaseUntil = addMs(now, this.timings.leaseMs);
    const change = changeState(transmission, {
      event: 'envoi-opened',
      at: now,
      actor: { kind: 'service' },
      evidence: { tour: turn, archive: archive.nom, empreinte: archive.empreinte },
      patch: { turn, nextTurnAt: null },
      effects: [{ kind: 'open-envoi', envoiId, enveloppeId: transmission.enveloppeId, turn, leaseUntil }],
    });
    if (!change.ok) return null;
    const recorded = await this.ports.transmissions.record(change.value);
    if (!recorded.moved) return null;
    const { id, version } = recorded.transmission;
    return {
      transmission: recorded.transmission,
      lease: { envoiId, transmissionId: id, jeton: version },
      leaseUntil,
    };
  }

  private async record(claim: Claim, archive: SealedArchive, answer: SubmitAnswer): Promise<JobOutcome> {
    const at = this.clock.now();
    const change = changeState(
      claim.transmission,
      happeningOfAnswer(claim.transmission, archive, answer, at, this.timings),
    );
    if (!change.ok) return giveUp(change.problem);
    const recorded = await this.ports.transmissions.record(change.value);
    if (recorded.moved) return { kind: 'done', state: change.value.to };
    // Le bail a échu pendant l'envoi, ou l'accusé est arrivé avant la réponse : elle n'est plus qu'une pièce, et une raison de demander.
    const { transmissionId, jeton } = claim.lease;
    await this.ports.envois.keepLateAnswer(claim.lease, answer, at, {
      job: 'reconcile-envoi',
      targetId: transmissionId,
      turn: jeton,
      notBefore: null,
    });
    return DONE;
  }
}

/** Ce que la liaison prend de l'archive scellée : ses octets, ou les fichiers qu'ils contiennent. */
function outgoingOf(
  { nom, tailleOctets }: SealedArchive,
  content: Readable,
  { liaison, departement }: Route,
): Outgoing {
  if (liaison.traits.prend === 'archive') return { kind: 'archive', nom, tailleOctets, departement, content };
  return {
    kind: 'pieces',
    nom,
    tailleOctets,
    departement,
    read: async (onFile) => {
      const opened = await readArchive(content, onFile);
      if (!opened.ok) throw new Error(`Notre archive scellée ne se relit pas : ${opened.problem.code}`);
    },
  };
}
