import type { Clock, Problem } from '@teletransmission/kernel';
import { addMs } from '@teletransmission/kernel';
import type { RetourId } from '../../ids';
import type { RetourRepository } from '../../ports/actes/retours';
import type { DocumentStore } from '../../ports/pieces/document-store';
import { RETOUR_POLICY } from '../../retour/policy';
import { readInformation } from '../../retour/read-information';
import type { RetourContent } from '../../retour/read-retour';
import { readRetour } from '../../retour/read-retour';
import type { Remarque } from '../../retour/remarque';
import { boundedRemarques, REMARQUE_DE_RELEVE } from '../../retour/remarque';
import type { Retour } from '../../retour/retour';
import type { Verdict } from '../../retour/verdict';
import { leadingVerdict, settlementOf, stateAfter } from '../../retour/verdict';
import type { JobOutcome } from '../../travaux/job-outcome';
import { DONE, giveUp } from '../../travaux/job-outcome';
import type { SignalDefere } from '../courriers/signal-defere';
import type { ApplyMessage } from './apply-message';
import type { FindConcerned } from './find-concerned';

export interface ApplyPorts {
  readonly retours: RetourRepository;
  readonly documents: DocumentStore;
}

/** Les gestes dont l'application d'un retour se compose. */
export interface ApplySteps {
  readonly find: Pick<FindConcerned, 'findCited'>;
  readonly message: ApplyMessage;
  readonly signal: SignalDefere;
}

const CONTENDED_RETRY_MS = 1_000;

/**
 * Étape 6 : un retour est lu, chacun de ses messages appliqué, et le retour prend l'état du plus pressant. Ce que la politique n'applique
 * pas attend dans le bac avec sa phrase ; rien n'est perdu.
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
    if (!content.ok) return this.settle(retour, await this.readWithoutMessage(retour, content.problem));
    await this.annotate(retour, content.value.remarques);
    return this.applyAll(retour, content.value);
  }

  private async applyAll(retour: Retour, content: RetourContent): Promise<JobOutcome> {
    const verdicts: Verdict[] = [];
    for (const message of content.messages) {
      const verdict = await this.steps.message.execute(retour, message, content);
      if (verdict === 'settled-elsewhere') return DONE;
      if (verdict === 'contended') return { kind: 'later', at: addMs(this.clock.now(), CONTENDED_RETRY_MS) };
      verdicts.push(verdict);
    }
    for (const problem of content.faults)
      verdicts.push({ case: 'illisible', flux: null, transmission: null, problem });
    const verdict = leadingVerdict(verdicts);
    if (!verdict) throw new Error('Retour lu sans message');
    // Seul message du retour, et appliqué : ce qu'il a changé a réglé le retour dans la même transaction.
    if (verdicts.length === 1 && RETOUR_POLICY[verdict.case].event === 'retour-applied')
      return { kind: 'done', state: stateAfter(verdict) };
    return this.settle(retour, verdict);
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

  /** Le retour prend son état, s'il attend encore le sien : l'appliquer l'a peut-être déjà donné. */
  private async settle(retour: Retour, verdict: Verdict): Promise<JobOutcome> {
    const settlement = settlementOf(retour, verdict, this.clock.now());
    if (await this.ports.retours.settle(settlement)) await this.steps.signal.ofRetour(settlement);
    return { kind: 'done', state: stateAfter(verdict) };
  }
}
