import type { Clock, IdSource } from '@teletransmission/kernel';
import type { RetourId } from '../ids';
import type { DocumentStore } from '../ports/document-store';
import type { PendingRetour, PrefectureGateway } from '../ports/prefecture-gateway';
import type { RetourRepository } from '../ports/retours';
import type { Retour } from '../retour/retour';
import { INITIAL_RETOUR_STATE } from '../retour/transitions';

export interface CollectReport {
  readonly collected: number;
  readonly alreadyKnown: number;
}

const PAGE = 50;

/**
 * Étape 5 : ce que la préfecture a rendu est rangé tel quel avec son empreinte, inscrit et validé en base, et seulement alors
 * acquitté en amont. Tuée entre deux, la relève suivante retrouve le retour et n'en fait qu'un.
 */
export class CollectRetours {
  constructor(
    private readonly prefecture: PrefectureGateway,
    private readonly documents: DocumentStore,
    private readonly retours: RetourRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Relève tout ce qui attend. @throws GatewayFailure quand la liaison est coupée : la prochaine relève reprendra. */
  async execute(): Promise<CollectReport> {
    let collected = 0;
    let alreadyKnown = 0;
    for (;;) {
      const pending = await this.prefecture.pendingRetours(PAGE);
      for (const retour of pending) {
        if (await this.keep(retour)) collected += 1;
        else alreadyKnown += 1;
        await this.prefecture.acknowledgeRetour(retour.sourceId);
      }
      if (pending.length < PAGE) return { collected, alreadyKnown };
    }
  }

  private async keep(pending: PendingRetour): Promise<boolean> {
    const stored = await this.documents.put(await this.prefecture.fetchRetour(pending.sourceId));
    const recuLe = this.clock.now();
    const retour: Retour = {
      id: this.ids.next() as RetourId,
      sourceId: pending.sourceId,
      nom: pending.nom,
      ...stored,
      recuLe,
      state: INITIAL_RETOUR_STATE,
      lecture: 1,
      rattacheA: null,
    };
    return this.retours.receive(
      retour,
      {
        collectiviteId: null,
        deliberationId: null,
        sujet: 'retour',
        sujetId: retour.id,
        evenement: 'retour-received',
        etatAvant: null,
        etatApres: INITIAL_RETOUR_STATE,
        instant: recuLe,
        acteur: { kind: 'prefecture' },
        motif: null,
        preuve: { nom: retour.nom, empreinte: retour.empreinte, tailleOctets: retour.tailleOctets },
      },
      { job: 'apply-retour', targetId: retour.id, turn: 1, notBefore: null },
    );
  }
}
