import type { LectureXml } from '@teletransmission/actes';
import { nomEnveloppe } from '@teletransmission/actes';
import type { Clock, Problem, Result } from '@teletransmission/kernel';
import { frenchDate, ok, refuse } from '@teletransmission/kernel';
import type { AuditEntry } from '../audit/audit-entry';
import type { RetourId } from '../ids';
import type { CollectiviteRepository } from '../ports/collectivites';
import type { DocumentStore } from '../ports/document-store';
import type { RetourRepository } from '../ports/retours';
import type { StateChange, TransmissionRepository } from '../ports/transmissions';
import { followReponse } from '../correspondance/follow-transmission';
import { followClassification } from '../retour/follow-classification';
import { matchKeyOf } from '../retour/match-retour';
import type { ReadMessage, RetourContent } from '../retour/read-retour';
import { readRetour } from '../retour/read-retour';
import type { Retour } from '../retour/retour';
import { dateOfAccuse, eventOnActe, happeningOfRetour } from '../retour/retour-happening';
import type { RetourState } from '../retour/transitions';
import { RETOUR_TRANSITIONS } from '../retour/transitions';
import { changeState } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import type { ReceiveCourrier } from './receive-courrier';
import { isLettre } from './receive-courrier';
import type { JobOutcome } from './job-outcome';
import { DONE, giveUp } from './job-outcome';

/** Ce qu'un message d'un retour est devenu. `applied` : écrit avec l'état de la transmission, dans la même transaction. */
interface Verdict {
  readonly event: keyof typeof RETOUR_TRANSITIONS.received;
  readonly flux: string | null;
  readonly transmission: Transmission | null;
  readonly problem: Problem | null;
}

/**
 * Étape 6 : un retour est lu, rattaché à l'identifiant entier, appliqué une fois. Ce que la table refuse, ce qui ne se rattache pas
 * et ce qui ne se lit pas attend dans le bac avec sa raison ; rien n'est perdu.
 */
export class ApplyRetour {
  constructor(
    private readonly retours: RetourRepository,
    private readonly transmissions: TransmissionRepository,
    private readonly collectivites: CollectiviteRepository,
    private readonly documents: DocumentStore,
    private readonly courriers: ReceiveCourrier,
    private readonly clock: Clock,
  ) {}

  async execute(id: RetourId): Promise<JobOutcome> {
    const retour = await this.retours.find(id);
    if (!retour) return giveUp({ code: 'retour/unknown', detail: `Aucun retour « ${id} ».` });
    if (retour.state !== 'received') return DONE;
    const content = await readRetour(await this.documents.open(retour.empreinte));
    if (!content.ok) {
      await this.settle(retour, {
        event: 'retour-unreadable',
        flux: null,
        transmission: null,
        problem: content.problem,
      });
      return { kind: 'done', state: 'unreadable' };
    }
    const { messages, faults } = content.value;
    const verdicts: Verdict[] = [];
    for (const message of messages) verdicts.push(await this.apply(retour, message, content.value));
    for (const problem of faults) {
      verdicts.push({ event: 'retour-unreadable', flux: null, transmission: null, problem });
    }
    // Le message qui demande une personne donne son état au retour ; sinon le premier.
    const verdict = verdicts.find((v) => v.problem !== null) ?? verdicts.at(0);
    if (!verdict) throw new Error('Retour lu sans message');
    await this.settle(retour, verdict);
    return { kind: 'done', state: stateAfter(verdict) };
  }

  private async apply(retour: Retour, message: ReadMessage, content: RetourContent): Promise<Verdict> {
    const { lecture } = message;
    const flux = lecture.type;
    const matched = await this.match(retour, lecture, content);
    if (!matched.ok) return { event: 'retour-unmatched', flux, transmission: null, problem: matched.problem };
    const transmission = matched.value;
    if (isLettre(lecture)) return this.receive(retour, message, transmission);
    if (isAlreadyApplied(transmission, lecture))
      return { event: 'retour-duplicate', flux, transmission, problem: null };
    const isOnlyMessage = content.messages.length + content.faults.length === 1;
    const changes = await this.changesOf(retour, transmission, lecture, isOnlyMessage);
    if (!changes.ok) return { event: 'retour-contradictory', flux, transmission, problem: changes.problem };
    // Quelqu'un vient de changer un état : relire et juger de nouveau, l'accusé n'y perd rien.
    if (!(await this.transmissions.recordTogether(changes.value)))
      return this.apply(retour, message, content);
    return { event: 'retour-applied', flux, transmission, problem: null };
  }

  /** Une lettre ne change pas l'état de son acte : elle ouvre une correspondance. */
  private async receive(retour: Retour, message: ReadMessage, acte: Transmission): Promise<Verdict> {
    const flux = message.lecture.type;
    const collectivite = await this.collectivites.find(acte.collectiviteId);
    if (!collectivite) throw new Error('Transmission sans collectivité');
    const retourAudit = this.auditOf(retour, {
      event: 'retour-applied',
      flux,
      transmission: acte,
      problem: null,
    });
    const received = await this.courriers.execute({ retour, message, acte, collectivite, retourAudit });
    if (!received.ok)
      return { event: 'retour-unmatched', flux, transmission: acte, problem: received.problem };
    return {
      event: received.value ? 'retour-applied' : 'retour-duplicate',
      flux,
      transmission: acte,
      problem: null,
    };
  }

  /** Ce qui s'écrit ensemble : la transmission et, pour une annulation, l'acte qu'elle visait. */
  private async changesOf(
    retour: Retour,
    transmission: Transmission,
    lecture: LectureXml,
    isOnlyMessage: boolean,
  ): Promise<Result<readonly StateChange[]>> {
    const at = this.clock.now();
    const flux = lecture.type;
    const happening = happeningOfRetour(retour, transmission, lecture, at);
    if (!happening.ok) return happening;
    const audit = this.auditOf(retour, { event: 'retour-applied', flux, transmission, problem: null });
    const collectivite = await this.collectivites.find(transmission.collectiviteId);
    if (!collectivite) throw new Error('Transmission sans collectivité');
    const change = changeState(transmission, {
      ...happening.value,
      outbox: [
        ...(happening.value.outbox ?? []),
        ...followClassification(lecture, transmission, collectivite, at),
      ],
      effects: [
        ...(happening.value.effects ?? []),
        ...followReponse(transmission, happening.value.event, at, happening.value.actor),
        { kind: 'close-envoi', outcome: 'answered', code: `flux/${flux}`, detail: null },
        ...(isOnlyMessage ? [{ kind: 'apply-retour' as const, retourId: retour.id, flux, audit }] : []),
      ],
    });
    if (!change.ok) return change;
    if (transmission.flux !== '6-1' || transmission.identifiantActe === null) return ok([change.value]);
    const acte = await this.transmissions.findByIdentifiant(transmission.identifiantActe, '1-1');
    if (!acte) throw new Error('Annulation sans acte');
    const { actor, evidence, reason } = happening.value;
    const event = eventOnActe(lecture);
    const onActe = changeState(acte, {
      event,
      at,
      actor,
      ...(evidence ? { evidence } : {}),
      ...(reason ? { reason } : {}),
    });
    return onActe.ok ? ok([change.value, onActe.value]) : onActe;
  }

  private async match(
    retour: Retour,
    lecture: LectureXml,
    content: RetourContent,
  ): Promise<Result<Transmission>> {
    const key = matchKeyOf(lecture, content.enveloppe, retour.nom);
    if (!key.ok) return key;
    const match = key.value;
    switch (match.by) {
      case 'identifiant': {
        const found = await this.transmissions.findByIdentifiant(match.identifiant, match.flux);
        return found ? ok(found) : refuse(unknownAct(`l'acte ${match.identifiant}`));
      }
      case 'enveloppe': {
        const found = await this.transmissions.findByEnveloppe(match.key);
        return found ? ok(found) : refuse(unknownAct(`l'enveloppe ${nomEnveloppe(match.key)}`));
      }
      case 'reponse': {
        const found = await this.transmissions.findOpenReponse(
          match.identifiant,
          match.dateCourrier,
          match.repondues,
        );
        return found
          ? ok(found)
          : refuse(
              unknownAct(
                `une réponse à la lettre du ${frenchDate(match.dateCourrier)} sur ${match.identifiant}`,
              ),
            );
      }
      case 'classification': {
        const found = await this.transmissions.findOpenClassification(match.siren);
        return found ? ok(found) : refuse(unasked(match.siren));
      }
    }
  }

  private async settle(retour: Retour, verdict: Verdict): Promise<void> {
    const current = await this.retours.find(retour.id);
    if (current?.state !== 'received') return;
    await this.retours.settle({
      retour,
      to: stateAfter(verdict),
      flux: verdict.flux,
      collectiviteId: verdict.transmission?.collectiviteId ?? null,
      transmissionId: verdict.transmission?.id ?? null,
      code: verdict.problem?.code ?? null,
      detail: verdict.problem?.detail ?? null,
      audit: this.auditOf(retour, verdict),
    });
  }

  private auditOf(retour: Retour, verdict: Verdict): AuditEntry {
    return {
      collectiviteId: verdict.transmission?.collectiviteId ?? null,
      deliberationId: verdict.transmission?.deliberationId ?? null,
      sujet: 'retour',
      sujetId: retour.id,
      evenement: verdict.event,
      etatAvant: 'received',
      etatApres: stateAfter(verdict),
      instant: this.clock.now(),
      acteur: { kind: 'service' },
      motif: verdict.problem?.detail ?? null,
      preuve: {
        retour: retour.nom,
        empreinteRetour: retour.empreinte,
        flux: verdict.flux,
        code: verdict.problem?.code ?? null,
      },
    };
  }
}

/** Où un verdict mène le retour qu'on vient de lire. */
function stateAfter({ event }: Verdict): RetourState {
  return RETOUR_TRANSITIONS.received[event];
}

/** Le même accusé, venu deux fois : même envoi, même date. Une autre date serait une contradiction, pas un doublon. */
function isAlreadyApplied(transmission: Transmission, lecture: LectureXml): boolean {
  const date = dateOfAccuse(lecture);
  const isClosed = ['acknowledged', 'cancelling', 'cancelled'].includes(transmission.state);
  return isClosed && date !== undefined && transmission.dateReception === date;
}

function unasked(siren: string): Problem {
  return {
    code: 'retour/classification-unasked',
    detail: `Une nomenclature est venue pour ${siren} sans que nous l'ayons demandée. Elle est gardée ; demandez-la pour la charger.`,
  };
}

function unknownAct(what: string): Problem {
  return {
    code: 'retour/act-unknown',
    detail: `Ce retour parle de ${what}, que nous n'avons pas transmis. Rattachez-le à la main ou mettez-le de côté.`,
  };
}
