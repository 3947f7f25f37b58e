import type { Clock } from '@teletransmission/kernel';
import { isOneOf } from '@teletransmission/kernel';
import type { Collectivite } from '../../collectivite/collectivite';
import type { RetourRepository } from '../../ports/actes/retours';
import type { Dossiers } from '../../ports/actes/dossiers';
import { isClassification } from '../../retour/judge-classification';
import type { RetourCase } from '../../retour/policy';
import type { ReadMessage, RetourContent } from '../../retour/read-retour';
import type { Retour } from '../../retour/retour';
import type { Verdict } from '../../retour/verdict';
import { problemOf, remarqueOf, retourAuditOf } from '../../retour/verdict';
import { IN_FLIGHT_STATES } from '../../vies/transmission-transitions';
import type { AdoptClassification } from '../classification/adopt-classification';
import type { ReceiveCourrier } from '../courriers/receive-courrier';
import { isLettre } from '../courriers/receive-courrier';
import type { SignalDefere } from '../courriers/signal-defere';
import type { ApplyReply } from './apply-reply';
import type { Concerned, FindConcerned } from './find-concerned';
import type { KeepMessage } from './keep-message';

export interface MessagePorts {
  readonly retours: Pick<RetourRepository, 'find'>;
  readonly dossiers: Pick<Dossiers, 'around'>;
}

/** Ce qu'un message peut être : une réponse à l'un de nos messages, une lettre, une nomenclature. */
export interface MessageSteps {
  readonly find: FindConcerned;
  readonly keep: KeepMessage;
  readonly reply: ApplyReply;
  readonly courriers: ReceiveCourrier;
  readonly adopt: AdoptClassification;
  readonly signal: SignalDefere;
}

/** Ce qu'un message est devenu ; `settled-elsewhere` : un autre travailleur a appliqué son retour ; `contended` : à reprendre plus tard. */
export type MessageOutcome = Verdict | 'settled-elsewhere' | 'contended';

/** Au-delà, un état change sans cesse pendant qu'on juge : le travail se refera. */
const JUDGEMENTS_MAX = 5;

/** Un message d'un retour : rattaché à qui il concerne, puis appliqué comme ce qu'il est. */
export class ApplyMessage {
  constructor(
    private readonly ports: MessagePorts,
    private readonly steps: MessageSteps,
    private readonly clock: Clock,
  ) {}

  /** Quand un état change pendant qu'on juge, on relit et l'on juge de nouveau : l'accusé n'y perd rien. Quelques fois, pas sans fin. */
  async execute(retour: Retour, message: ReadMessage, content: RetourContent): Promise<MessageOutcome> {
    for (let left = JUDGEMENTS_MAX; left > 0; left -= 1) {
      const verdict = await this.once(retour, message, content);
      if (verdict) return verdict;
      const current = await this.ports.retours.find(retour.id);
      // Un autre travailleur l'avait pris aussi, et vient de l'appliquer.
      if (current?.state !== 'received') return 'settled-elsewhere';
    }
    return 'contended';
  }

  /** @returns `null` quand un état a changé depuis sa lecture : rien n'est écrit. */
  private async once(retour: Retour, message: ReadMessage, content: RetourContent): Promise<Verdict | null> {
    const { lecture } = message;
    const found = await this.steps.find.execute(retour, message, content.enveloppe);
    if (!found.ok) {
      const { case: of, code, detail } = found.problem;
      return { case: of, flux: lecture.type, transmission: null, problem: { code, detail } };
    }
    const concerned = found.value;
    if (concerned.kind === 'collectivite') return this.adopt(retour, message, concerned.collectivite);
    const { transmission } = concerned;
    const { collectivite, sent } = await this.ports.dossiers.around(transmission.id);
    if (isLettre(lecture)) return this.receive(retour, message, concerned, collectivite);
    const isAsking = transmission.flux === '7-1' && isOneOf(IN_FLIGHT_STATES, transmission.state);
    if (isClassification(lecture) && !isAsking) return this.adopt(retour, message, collectivite);
    const isOnlyMessage = content.messages.length + content.faults.length === 1;
    const reply = { retour, message, concerned, collectivite, sent, isAsking, isOnlyMessage };
    return this.steps.reply.execute(reply);
  }

  /** Une nomenclature que rien n'attend : elle se charge quand même, si elle est de bon aloi. */
  private async adopt(retour: Retour, message: ReadMessage, collectivite: Collectivite): Promise<Verdict> {
    const { lecture } = message;
    const verdict = (of: RetourCase): Verdict => ({
      case: of,
      flux: lecture.type,
      transmission: null,
      collectiviteId: collectivite.id,
      problem: problemOf(of),
    });
    if (!isClassification(lecture)) return verdict('message-inattendu');
    const of = await this.steps.adopt.judge(retour, lecture, collectivite, false);
    if (of === 'nomenclature-spontanee' && lecture.type === '7-2') {
      const audit = retourAuditOf(retour, verdict(of), this.clock.now());
      const kept = await this.steps.keep.execute(retour, message);
      await this.steps.adopt.execute(kept, lecture, collectivite, audit);
    }
    return verdict(of);
  }

  /** Une lettre ne change pas l'état de son acte : elle ouvre une correspondance. */
  private async receive(
    retour: Retour,
    message: ReadMessage,
    { transmission: acte, remarque: found }: Extract<Concerned, { kind: 'transmission' }>,
    collectivite: Collectivite,
  ): Promise<Verdict> {
    const isGone = acte.state === 'cancelled' || acte.state === 'withdrawn';
    const verdict: Verdict = {
      case: isGone ? 'lettre-acte-annule' : 'lettre',
      flux: message.lecture.type,
      transmission: acte,
      problem: null,
      found,
    };
    const retourAudit = retourAuditOf(retour, verdict, this.clock.now());
    const courrier = { retour, message, acte, collectivite, retourAudit, remarque: remarqueOf(verdict) };
    const received = await this.steps.courriers.execute(courrier);
    if (!received.ok) return { ...verdict, case: 'lettre-incomplete', problem: received.problem };
    if (!received.value) return { ...verdict, case: 'lettre-repetee' };
    await this.steps.signal.ofLettre(received.value);
    return verdict;
  }
}
