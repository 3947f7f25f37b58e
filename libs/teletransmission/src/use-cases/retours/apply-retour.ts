import type { Clock, Problem } from '@teletransmission/kernel';
import { addMs, isOneOf } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { Collectivite } from '../../collectivite/collectivite';
import type { RetourId } from '../../ids';
import type { Dossiers } from '../../ports/actes/dossiers';
import type { DocumentStore } from '../../ports/pieces/document-store';
import type { EnvoiRepository } from '../../ports/actes/envois';
import type { RetourRepository } from '../../ports/actes/retours';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { isAnomalie } from '../../retour/anomalie';
import { changesOfRetour } from '../../retour/changes-of-retour';
import { isClassification } from '../../retour/judge-classification';
import type { Situation } from '../../retour/judge-retour';
import { judgeRetour } from '../../retour/judge-retour';
import type { RetourCase } from '../../retour/policy';
import { RETOUR_POLICY } from '../../retour/policy';
import type { Verdict } from '../../retour/verdict';
import {
  leadingVerdict,
  problemOf,
  remarqueOf,
  retourAuditOf,
  settlementOf,
  stateAfter,
} from '../../retour/verdict';
import { readInformation } from '../../retour/read-information';
import type { ReadMessage, RetourContent } from '../../retour/read-retour';
import { readableOf, readRetour } from '../../retour/read-retour';
import type { Remarque } from '../../retour/remarque';
import { boundedRemarques, REMARQUE_DE_RELEVE } from '../../retour/remarque';
import type { Retour } from '../../retour/retour';
import type { KeptMessage } from '../../transmission/change';
import { dateBruteOf } from '../../retour/retour-happening';
import type { AdoptClassification } from '../classification/adopt-classification';
import type { Concerned, FindConcerned } from './find-concerned';
import type { JobOutcome } from '../../travaux/job-outcome';
import { DONE, giveUp } from '../../travaux/job-outcome';
import type { ReceiveCourrier } from '../courriers/receive-courrier';
import { isLettre } from '../courriers/receive-courrier';
import type { SignalDefere } from '../courriers/signal-defere';
import { IN_FLIGHT_STATES } from '../../vies/transmission-transitions';
import { findAnnulledActe } from './find-annulled-acte';

export interface ApplyPorts {
  readonly retours: RetourRepository;
  readonly transmissions: TransmissionRepository;
  readonly envois: EnvoiRepository;
  readonly dossiers: Pick<Dossiers, 'around'>;
  readonly documents: DocumentStore;
}

/** Les gestes dont l'application d'un retour se compose. */
export interface ApplySteps {
  readonly find: FindConcerned;
  readonly courriers: ReceiveCourrier;
  readonly adopt: AdoptClassification;
  readonly signal: SignalDefere;
}

type FoundTransmission = Extract<Concerned, { kind: 'transmission' }>;

/** Au-delà, un état change sans cesse pendant qu'on juge : le travail se refera. */
const JUDGEMENTS_MAX = 5;
const CONTENDED_RETRY_MS = 1_000;

/**
 * Étape 6 : un retour est lu, rattaché à l'identifiant entier, jugé par la politique des retours, appliqué une fois. Ce qu'elle
 * n'applique pas attend dans le bac avec sa phrase ; rien n'est perdu.
 */
export class ApplyRetour {
  constructor(
    private readonly ports: ApplyPorts,
    private readonly steps: ApplySteps,
    private readonly clock: Clock,
  ) {}

  async execute(id: RetourId): Promise<JobOutcome> {
    const retour = await this.ports.retours.find(id);
    if (!retour) return giveUp({ code: 'retour/unknown', detail: `Aucun retour « ${id} ».` });
    if (retour.state !== 'received') return DONE;
    const content = await readRetour(await this.ports.documents.open(retour.empreinte), retour.nom);
    if (!content.ok) {
      const verdict = await this.readWithoutMessage(retour, content.problem);
      await this.settle(retour, verdict);
      return { kind: 'done', state: stateAfter(verdict) };
    }
    await this.annotate(retour, content.value.remarques);
    const { messages, faults } = content.value;
    const verdicts: Verdict[] = [];
    for (const message of messages) {
      const verdict = await this.apply(retour, message, content.value);
      if (verdict === 'settled-elsewhere') return DONE;
      if (verdict === 'contended') return { kind: 'later', at: addMs(this.clock.now(), CONTENDED_RETRY_MS) };
      verdicts.push(verdict);
    }
    for (const problem of faults) {
      verdicts.push({ case: 'illisible', flux: null, transmission: null, problem });
    }
    const verdict = leadingVerdict(verdicts);
    if (!verdict) throw new Error('Retour lu sans message');
    // Seul message du retour, et appliqué : ce qu'il a changé a réglé le retour dans la même transaction.
    const isSettled = verdicts.length === 1 && RETOUR_POLICY[verdict.case].event === 'retour-applied';
    if (!isSettled) await this.settle(retour, verdict);
    return { kind: 'done', state: stateAfter(verdict) };
  }

  /** Les remarques d'une lecture remplacent celles de la précédente ; celles de la relève restent. */
  private async annotate(retour: Retour, lues: readonly Remarque[]): Promise<void> {
    if (lues.length === 0 && retour.remarques.length === 0) return;
    const releve = retour.remarques.filter(({ regle }) => regle.startsWith(REMARQUE_DE_RELEVE));
    await this.ports.retours.annotate(retour.id, boundedRemarques([...releve, ...lues]));
  }

  /** Ce qui ne porte aucun message lisible : un courriel qui informe, sinon un retour illisible. */
  private async readWithoutMessage(retour: Retour, problem: Problem): Promise<Verdict> {
    const information = await readInformation(await this.ports.documents.open(retour.empreinte));
    if (!information) return { case: 'illisible', flux: null, transmission: null, problem };
    const transmission = await this.steps.find.findCited(information.identifiants);
    const of = transmission ? 'information' : 'information-sans-acte';
    return { case: of, flux: 'multicanal', transmission, problem: null };
  }

  /** Quand un état change pendant qu'on juge, on relit et l'on juge de nouveau : l'accusé n'y perd rien. Quelques fois, pas sans fin. */
  private async apply(
    retour: Retour,
    message: ReadMessage,
    content: RetourContent,
  ): Promise<Verdict | 'settled-elsewhere' | 'contended'> {
    for (let left = JUDGEMENTS_MAX; left > 0; left -= 1) {
      const verdict = await this.applyOnce(retour, message, content);
      if (verdict) return verdict;
      const current = await this.ports.retours.find(retour.id);
      // Un autre travailleur l'avait pris aussi, et vient de l'appliquer.
      if (current?.state !== 'received') return 'settled-elsewhere';
    }
    return 'contended';
  }

  /** @returns `null` quand un état a changé depuis sa lecture : rien n'est écrit. */
  private async applyOnce(
    retour: Retour,
    message: ReadMessage,
    content: RetourContent,
  ): Promise<Verdict | null> {
    const { lecture } = message;
    const flux = lecture.type;
    const found = await this.steps.find.execute(retour, message, content.enveloppe);
    if (!found.ok) {
      const { case: of, code, detail } = found.problem;
      return { case: of, flux, transmission: null, problem: { code, detail } };
    }
    if (found.value.kind === 'collectivite') return this.adopt(retour, message, found.value.collectivite);
    const { transmission, isCurrentEnveloppe, remarque } = found.value;
    const { collectivite, sent } = await this.ports.dossiers.around(transmission.id);
    if (isLettre(lecture)) return this.receive(retour, message, found.value, collectivite);
    const { fuseau } = collectivite;
    const { recuLe } = retour;
    const isAsking = transmission.flux === '7-1' && isOneOf(IN_FLIGHT_STATES, transmission.state);
    if (isClassification(lecture) && !isAsking) return this.adopt(retour, message, collectivite);
    const isEcho = isAnomalie(lecture) && (await this.ports.retours.hasAppliedTwin(retour));
    const of = isClassification(lecture)
      ? await this.steps.adopt.judge(retour, lecture, collectivite, isAsking)
      : await this.judge({ lecture, transmission, isCurrentEnveloppe, isEcho, sent, recuLe, fuseau });
    if (RETOUR_POLICY[of].event !== 'retour-applied')
      return {
        case: of,
        flux,
        transmission,
        problem: problemOf(of, dateBruteOf(lecture)),
        found: remarque,
      };
    const isOnlyMessage = content.messages.length + content.faults.length === 1;
    const verdict: Verdict = { case: of, flux, transmission, problem: null, found: remarque };
    const changes = changesOfRetour({
      retour,
      message: await this.keep(retour, message),
      transmission,
      acte: await findAnnulledActe(this.ports.transmissions, transmission),
      lecture,
      sent,
      collectivite,
      at: this.clock.now(),
      mark: { remarque: remarqueOf(verdict), audit: isOnlyMessage ? this.auditOf(retour, verdict) : null },
    });
    if (!changes.ok)
      return { case: 'message-inattendu', flux, transmission, problem: changes.problem, found: remarque };
    return (await this.ports.transmissions.recordTogether(changes.value)) ? verdict : null;
  }

  /** Range le message comme un document à lui ; deux fois valent une. */
  private async keep(retour: Retour, { lecture, nom, octets }: ReadMessage): Promise<KeptMessage> {
    const stored = await this.ports.documents.put(readableOf(octets));
    return { retourId: retour.id, type: lecture.type, nom, ...stored };
  }

  private async judge(situation: Situation): Promise<RetourCase> {
    const of = judgeRetour(situation);
    if (of !== 'accuse-veille') return of;
    // Sous la même identité, un envoi d'avant explique cette date mieux qu'un autre fuseau : c'est peut-être de lui qu'on parle.
    return (await this.ports.envois.wasSentAsAnother(situation.transmission)) ? 'accuse-anterieur' : of;
  }

  private async adopt(retour: Retour, message: ReadMessage, collectivite: Collectivite): Promise<Verdict> {
    const { lecture } = message;
    const flux = lecture.type;
    const verdict = (of: RetourCase): Verdict => ({
      case: of,
      flux,
      transmission: null,
      collectiviteId: collectivite.id,
      problem: problemOf(of),
    });
    if (!isClassification(lecture)) return verdict('message-inattendu');
    const of = await this.steps.adopt.judge(retour, lecture, collectivite, false);
    if (of === 'nomenclature-spontanee' && lecture.type === '7-2')
      await this.steps.adopt.execute(
        await this.keep(retour, message),
        lecture,
        collectivite,
        this.auditOf(retour, verdict(of)),
      );
    return verdict(of);
  }

  /** Une lettre ne change pas l'état de son acte : elle ouvre une correspondance. */
  private async receive(
    retour: Retour,
    message: ReadMessage,
    { transmission: acte, remarque }: FoundTransmission,
    collectivite: Collectivite,
  ): Promise<Verdict> {
    const flux = message.lecture.type;
    const isGone = acte.state === 'cancelled' || acte.state === 'withdrawn';
    const verdict: Verdict = {
      case: isGone ? 'lettre-acte-annule' : 'lettre',
      flux,
      transmission: acte,
      problem: null,
      found: remarque,
    };
    const retourAudit = this.auditOf(retour, verdict);
    const courrier = { retour, message, acte, collectivite, retourAudit, remarque: remarqueOf(verdict) };
    const received = await this.steps.courriers.execute(courrier);
    if (!received.ok) return { ...verdict, case: 'lettre-incomplete', problem: received.problem };
    if (!received.value) return { ...verdict, case: 'lettre-repetee' };
    await this.steps.signal.ofLettre(received.value);
    return verdict;
  }

  private async settle(retour: Retour, verdict: Verdict): Promise<void> {
    const settlement = settlementOf(retour, verdict, this.clock.now());
    if (await this.ports.retours.settle(settlement)) await this.steps.signal.ofRetour(settlement);
  }

  private auditOf(retour: Retour, verdict: Verdict): AuditEntry {
    return retourAuditOf(retour, verdict, this.clock.now());
  }
}
