import type { Clock, IdSource } from '@teletransmission/kernel';
import { Readable } from 'node:stream';
import type { LiaisonId, RetourId } from '../../ids';
import type { DocumentStore, StoredContent } from '../../ports/pieces/document-store';
import type { PendingRetour, PrefectureGateway } from '../../ports/liaison/prefecture-gateway';
import type { RetourRepository } from '../../ports/actes/retours';
import type { ReleveStep } from '../../retour/releve-en-echec';
import type { Remarque } from '../../retour/remarque';
import { REMARQUE_DE_RELEVE } from '../../retour/remarque';
import type { Retour } from '../../retour/retour';
import { INITIAL_RETOUR_STATE } from '../../vies/retour-transitions';

export interface TakePorts {
  readonly documents: DocumentStore;
  readonly retours: RetourRepository;
}

/** Par où un retour arrive. */
export interface Channel {
  readonly liaisonId: LiaisonId;
  readonly gateway: PrefectureGateway;
}

const SANS_NOM = 'sans-nom';

const NAMELESS: Remarque = {
  regle: `${REMARQUE_DE_RELEVE}sans-nom`,
  detail:
    'La préfecture l’a annoncé sans nom de fichier, ou sous un nom qui ne se garde pas. Une anomalie d’enveloppe ne se rattache que par son nom.',
};

/** Ce que la liaison a lancé, et de quel geste ; tout autre échec est le nôtre. */
export class UpstreamFailure extends Error {
  constructor(
    readonly step: ReleveStep,
    override readonly cause: unknown,
  ) {
    super(step, { cause });
  }
}

/** Prend un retour annoncé : ses octets rangés tels quels, puis sa ligne ; l'acquittement en amont ne vient qu'après. */
export class TakeRetour {
  constructor(
    private readonly ports: TakePorts,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** @throws UpstreamFailure quand ses octets n'arrivent pas. */
  async execute(
    pending: PendingRetour,
    { liaisonId, gateway }: Channel,
  ): Promise<{ readonly retourId: RetourId; readonly isNew: boolean }> {
    const stored = await this.store(pending.sourceId, gateway);
    const recuLe = this.clock.now();
    const retour: Retour = {
      id: this.ids.next() as RetourId,
      liaisonId,
      source: gateway.source,
      sourceId: pending.sourceId,
      nom: pending.nom ?? SANS_NOM,
      ...stored,
      recuLe,
      state: INITIAL_RETOUR_STATE,
      lecture: 1,
      rattacheA: null,
      remarques: pending.nom === null ? [NAMELESS] : [],
    };
    const isNew = await this.ports.retours.receive(
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
        preuve: {
          liaison: retour.liaisonId,
          nom: retour.nom,
          empreinte: retour.empreinte,
          tailleOctets: retour.tailleOctets,
        },
      },
      { job: 'apply-retour', targetId: retour.id, turn: 1, notBefore: null },
    );
    return { retourId: retour.id, isNew };
  }

  /** Dit en amont que le retour est chez nous. @throws UpstreamFailure quand l'amont n'en prend pas note. */
  acknowledge({ sourceId }: PendingRetour, { gateway }: Channel): Promise<void> {
    return upstream('acknowledge', gateway.acknowledgeRetour(sourceId));
  }

  /** Que ses octets n'arrivent pas est le fait de l'amont ; qu'ils ne se rangent pas est le nôtre. */
  private async store(sourceId: string, gateway: PrefectureGateway): Promise<StoredContent> {
    const content = await upstream('fetch', gateway.fetchRetour(sourceId));
    const met: { failure?: UpstreamFailure } = {};
    const watched = async function* (): AsyncGenerator<Buffer> {
      try {
        for await (const chunk of content as AsyncIterable<Buffer>) yield chunk;
      } catch (cause) {
        met.failure = new UpstreamFailure('fetch', cause);
        throw met.failure;
      }
    };
    try {
      return await this.ports.documents.put(Readable.from(watched(), { objectMode: false }));
    } catch (error) {
      throw met.failure ?? error;
    }
  }
}

async function upstream<T>(step: ReleveStep, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new UpstreamFailure(step, cause);
  }
}
