import type { LectureXml } from '@teletransmission/actes';
import { explainAnomalie, nomEnveloppe } from '@teletransmission/actes';
import type { CivilDate, Clock, Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { AuditEntry, Evidence } from '../audit/audit-entry';
import type { RetourId } from '../ids';
import type { DocumentStore } from '../ports/document-store';
import type { RetourRepository } from '../ports/retours';
import type { TransmissionRepository } from '../ports/transmissions';
import { matchKeyOf } from '../retour/match-retour';
import type { RetourContent } from '../retour/read-retour';
import { readRetour } from '../retour/read-retour';
import type { Retour } from '../retour/retour';
import type { RetourEvent, RetourState } from '../retour/transitions';
import { RETOUR_TRANSITIONS } from '../retour/transitions';
import type { TransmissionHappening } from '../transmission/state-change';
import { changeState, turnAfter } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import type { JobOutcome } from './job-outcome';
import { DONE, giveUp } from './job-outcome';

/** Ce qu'un message d'un retour est devenu. `applied` : écrit avec l'état de la transmission, dans la même transaction. */
interface Verdict {
  readonly event: RetourEvent;
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
    private readonly documents: DocumentStore,
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
    const verdicts: Verdict[] = [];
    for (const lecture of content.value.messages)
      verdicts.push(await this.apply(retour, lecture, content.value));
    // Le message qui demande une personne donne son état au retour ; sinon le premier.
    const verdict = verdicts.find((v) => v.problem !== null) ?? verdicts.at(0);
    if (!verdict) throw new Error('Retour lu sans message');
    await this.settle(retour, verdict);
    return {
      kind: 'done',
      state: RETOUR_TRANSITIONS.received[verdict.event as keyof typeof RETOUR_TRANSITIONS.received],
    };
  }

  private async apply(retour: Retour, lecture: LectureXml, content: RetourContent): Promise<Verdict> {
    const flux = lecture.type;
    const matched = await this.match(retour, lecture, content);
    if (!matched.ok) return { event: 'retour-unmatched', flux, transmission: null, problem: matched.problem };
    const transmission = matched.value;
    if (isAlreadyApplied(transmission, lecture))
      return { event: 'retour-duplicate', flux, transmission, problem: null };
    const happening = this.happeningOf(retour, transmission, lecture);
    if (!happening.ok)
      return { event: 'retour-contradictory', flux, transmission, problem: happening.problem };
    const isOnlyMessage = content.messages.length === 1;
    const change = changeState(transmission, {
      ...happening.value,
      effects: [
        { kind: 'close-envoi', outcome: 'answered', code: `flux/${flux}`, detail: null },
        ...(isOnlyMessage
          ? [
              {
                kind: 'apply-retour' as const,
                retourId: retour.id,
                flux,
                audit: this.auditOf(retour, { event: 'retour-applied', flux, transmission, problem: null }),
              },
            ]
          : []),
      ],
    });
    if (!change.ok) return { event: 'retour-contradictory', flux, transmission, problem: change.problem };
    const recorded = await this.transmissions.record(change.value);
    // Quelqu'un vient de changer l'état : relire et juger de nouveau, l'accusé n'y perd rien.
    if (!recorded.moved) return this.apply(retour, lecture, content);
    return { event: 'retour-applied', flux, transmission, problem: null };
  }

  private async match(
    retour: Retour,
    lecture: LectureXml,
    content: RetourContent,
  ): Promise<Result<Transmission>> {
    const key = matchKeyOf(lecture, content.enveloppe, retour.nom);
    if (!key.ok) return key;
    const match = key.value;
    const found =
      match.by === 'identifiant'
        ? await this.transmissions.findByIdentifiant(match.identifiant)
        : await this.transmissions.findByEnveloppe(match.key);
    if (found) return ok(found);
    return refuse(
      unknownAct(
        match.by === 'identifiant' ? `l'acte ${match.identifiant}` : `l'enveloppe ${nomEnveloppe(match.key)}`,
      ),
    );
  }

  private happeningOf(
    retour: Retour,
    transmission: Transmission,
    lecture: LectureXml,
  ): Result<TransmissionHappening> {
    const at = this.clock.now();
    const actor = { kind: 'prefecture' } as const;
    const proof = { retour: retour.nom, empreinteRetour: retour.empreinte };
    if (lecture.type === '1-2') {
      const { dateReception } = lecture.message;
      if (!dateReception)
        return refuse({
          code: 'retour/date-missing',
          detail: 'Cet accusé ne porte pas de date de réception lisible.',
        });
      return ok({
        event: 'ar-received',
        at,
        actor,
        evidence: { ...proof, dateReception },
        patch: {
          dateReception,
          teletransmiseLe: transmission.teletransmiseLe ?? transmission.since,
          isOverdue: false,
          ackDueAt: null,
          stopReason: null,
        },
        outbox: [
          {
            job: 'track-publication',
            targetId: transmission.deliberationId,
            turn: turnAfter(transmission),
            notBefore: null,
          },
        ],
      });
    }
    if (lecture.type !== '1-3' && lecture.type !== 'anomalie-enveloppe') {
      return refuse({
        code: 'retour/flux-unexpected',
        detail: `Un message ${lecture.type} ne change pas une transmission.`,
      });
    }
    const { nature, detail } = lecture.message;
    const explained = explainAnomalie(lecture.type === '1-3' ? 'acte' : 'enveloppe', nature, detail);
    const evidence: Evidence = { ...proof, nature, detail };
    return ok({
      event: 'anomalie-received',
      at,
      actor,
      reason: detail || explained.libelle,
      evidence,
      patch: {
        stopReason: {
          code: `anomalie/${explained.code}`,
          detail: `${explained.libelle}. ${detail ? `Texte de la préfecture : « ${detail} ». ` : ''}${explained.correction}`,
        },
        isOverdue: false,
        ackDueAt: null,
      },
    });
  }

  private async settle(retour: Retour, verdict: Verdict): Promise<void> {
    const current = await this.retours.find(retour.id);
    if (current?.state !== 'received') return;
    const to: RetourState =
      RETOUR_TRANSITIONS.received[verdict.event as keyof typeof RETOUR_TRANSITIONS.received];
    await this.retours.settle({
      retour,
      to,
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
      etatApres: RETOUR_TRANSITIONS.received[verdict.event as keyof typeof RETOUR_TRANSITIONS.received],
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

/** Le même accusé, venu deux fois : même acte, même date. Une autre date serait une contradiction, pas un doublon. */
function isAlreadyApplied(transmission: Transmission, lecture: LectureXml): boolean {
  return (
    lecture.type === '1-2' &&
    ['acknowledged', 'cancelling', 'cancelled'].includes(transmission.state) &&
    sameDay(transmission.dateReception, lecture.message.dateReception)
  );
}

function sameDay(a: CivilDate | null, b: CivilDate | undefined): boolean {
  return a !== null && a === b;
}

function unknownAct(what: string): Problem {
  return {
    code: 'retour/act-unknown',
    detail: `Ce retour parle de ${what}, que nous n'avons pas transmis. Rattachez-le à la main ou mettez-le de côté.`,
  };
}
