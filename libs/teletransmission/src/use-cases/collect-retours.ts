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
/** Chaque retour attend surtout la liaison et le disque : huit de front en relèvent plusieurs fois plus qu'un à un. */
const LANES = 8;

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

  /**
   * Relève tout ce qui attend. Un retour qui ne vient pas n'arrête pas ceux d'à côté ; il se dit quand la page est finie.
   * @throws GatewayFailure quand la liaison est coupée, ou qu'un retour n'est pas venu : la prochaine relève reprendra.
   */
  async execute(): Promise<CollectReport> {
    let collected = 0;
    let alreadyKnown = 0;
    for (;;) {
      const pending = await this.prefecture.pendingRetours(PAGE);
      const kept = await this.collect(pending);
      const fresh = kept.filter((isNew) => isNew).length;
      collected += fresh;
      alreadyKnown += kept.length - fresh;
      if (pending.length < PAGE) return { collected, alreadyKnown };
    }
  }

  /** Relève une page sur plusieurs voies. Autant d'échecs que de voies : la liaison est coupée, le reste attendra. */
  private async collect(pending: readonly PendingRetour[]): Promise<readonly boolean[]> {
    const waiting = pending.values();
    const kept: boolean[] = [];
    const failures: Error[] = [];
    const lane = async (): Promise<void> => {
      for (const retour of waiting) {
        try {
          kept.push(await this.keep(retour));
          await this.prefecture.acknowledgeRetour(retour.sourceId);
        } catch (error) {
          failures.push(error instanceof Error ? error : new Error(String(error)));
        }
        if (failures.length >= LANES) return;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const [failure] = failures;
    if (failure) throw failure;
    return kept;
  }

  private async keep(pending: PendingRetour): Promise<boolean> {
    const stored = await this.documents.put(await this.prefecture.fetchRetour(pending.sourceId));
    const recuLe = this.clock.now();
    const retour: Retour = {
      id: this.ids.next() as RetourId,
      source: this.prefecture.source,
      sourceId: pending.sourceId,
      nom: pending.nom,
      ...stored,
      recuLe,
      state: INITIAL_RETOUR_STATE,
      lecture: 1,
      rattacheA: null,
      remarques: [],
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
