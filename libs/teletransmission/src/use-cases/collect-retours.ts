import type { Clock, IdSource } from '@teletransmission/kernel';
import type { RetourId } from '../ids';
import type { DocumentStore } from '../ports/document-store';
import type { PendingPage, PendingRetour, PrefectureGateway } from '../ports/prefecture-gateway';
import type { EntreeAmont, ReleveEnEchec, ReleveRepository } from '../ports/releves';
import type { RetourRepository } from '../ports/retours';
import type { ReleveFault, ReleveStep } from '../retour/releve-en-echec';
import { isAnswered, nextFailure, releveFaultOf } from '../retour/releve-en-echec';
import type { Remarque } from '../retour/remarque';
import { REMARQUE_DE_RELEVE } from '../retour/remarque';
import type { Retour } from '../retour/retour';
import { INITIAL_RETOUR_STATE } from '../retour/transitions';
import { Readable } from 'node:stream';

export interface CollectPorts {
  readonly prefecture: PrefectureGateway;
  readonly documents: DocumentStore;
  readonly retours: RetourRepository;
  readonly releves: ReleveRepository;
}

export interface CollectReport {
  readonly collected: number;
  readonly alreadyKnown: number;
  /** Relevés sans nom de fichier. */
  readonly nameless: readonly { readonly retourId: RetourId; readonly sourceId: string }[];
  /** Les entrées passées faute de pouvoir les relever, cette fois-ci. */
  readonly failed: readonly ReleveEnEchec[];
  /** Celles dont la prochaine tentative n'est pas encore due. */
  readonly waiting: number;
}

const PAGE = 50;
/** Sans curseur, une page s'allonge de tout ce qu'on a passé : les entrées en échec ne cachent pas les suivantes. */
const PAGE_MAX = 500;
/** Une liste qui ne finit pas ne tient pas la relève : la suivante reprendra. */
const PAGES_MAX = 400;
/** Chaque retour attend surtout la liaison et le disque : huit de front en relèvent plusieurs fois plus qu'un à un. */
const LANES = 8;
const SANS_NOM = 'sans-nom';

/** Ce qui arrive pendant une relève. */
interface Pass {
  collected: number;
  alreadyKnown: number;
  waiting: number;
  readonly nameless: { readonly retourId: RetourId; readonly sourceId: string }[];
  readonly failed: ReleveEnEchec[];
  /** Nos propres défauts, ou la liaison coupée : ils finissent la relève, et la disent manquée. */
  readonly faults: Error[];
  /** Échecs d'affilée d'entrées neuves, sans qu'un mot vienne de la préfecture. */
  silent: number;
  readonly seen: Set<string>;
}

/** Une entrée à relever, et son échec d'avant s'il y en a un. */
interface Due {
  readonly entree: EntreeAmont;
  readonly retour: PendingRetour;
  readonly before: ReleveEnEchec | undefined;
}

/** Ce qu'une liaison a lancé, et de quel geste. */
class Upstream extends Error {
  constructor(
    readonly step: ReleveStep,
    override readonly cause: unknown,
  ) {
    super(step, { cause });
  }
}

/**
 * Étape 5 : ce que la préfecture a rendu est rangé tel quel avec son empreinte, inscrit et validé en base, et seulement alors
 * acquitté en amont. Tuée entre deux, la relève suivante retrouve le retour et n'en fait qu'un.
 */
export class CollectRetours {
  constructor(
    private readonly ports: CollectPorts,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Relève tout ce qui attend. Chaque entrée est jugée seule : celle qui ne vient pas est passée, gardée avec sa raison, et reprise
   * après des délais croissants.
   * @throws GatewayFailure quand la liaison est coupée : la prochaine relève reprendra.
   */
  async execute(): Promise<CollectReport> {
    const pass: Pass = {
      collected: 0,
      alreadyKnown: 0,
      waiting: 0,
      nameless: [],
      failed: [],
      faults: [],
      silent: 0,
      seen: new Set(),
    };
    const isComplete = await this.walk(pass);
    const [fault] = pass.faults;
    if (fault) throw fault;
    const { prefecture, releves } = this.ports;
    if (isComplete) await releves.forgetUnseen(prefecture.source, [...pass.seen]);
    const { collected, alreadyKnown, nameless, failed, waiting } = pass;
    return { collected, alreadyKnown, nameless, failed, waiting };
  }

  /** Parcourt la liste, page après page. @returns vrai quand elle a été lue jusqu'au bout. */
  private async walk(pass: Pass): Promise<boolean> {
    let after: string | null = null;
    let limit = PAGE;
    for (let page = 0; page < PAGES_MAX && pass.faults.length === 0; page += 1) {
      const { entries, next }: PendingPage = await this.ports.prefecture.pendingRetours(limit, after);
      const isFresh = await this.collectPage(entries, pass);
      if (next === null && entries.length < limit) return true;
      // Rien de neuf dans cette page : la liste se répète.
      if (!isFresh) return false;
      after = next;
      if (after === null) limit = Math.min(PAGE + pass.failed.length + pass.waiting, PAGE_MAX);
    }
    return false;
  }

  /** Relève une page. @returns faux quand cette relève en avait déjà vu toutes les entrées. */
  private async collectPage(entries: PendingPage['entries'], pass: Pass): Promise<boolean> {
    const { source } = this.ports.prefecture;
    const fresh = entries
      .map((entry) => ({ entry, entree: entreeOf(source, entry) }))
      .filter(({ entree: { cle } }) => !pass.seen.has(cle) && pass.seen.add(cle));
    if (fresh.length === 0) return false;
    const known = await this.ports.releves.find(
      source,
      fresh.map(({ entree }) => entree.cle),
    );
    const now = this.clock.now();
    const due: Due[] = [];
    for (const { entry, entree } of fresh) {
      const before = known.get(entree.cle);
      if (before !== undefined && before.prochaineLe > now) pass.waiting += 1;
      else if (entry.kind === 'retour') due.push({ entree, retour: entry, before });
      else
        await this.fail(entree, before, { code: 'releve/entree-inutilisable', detail: entry.detail }, pass);
    }
    // Les neuves d'abord : celles qui ont déjà manqué peuvent tenir une voie longtemps.
    await this.collect([...due.filter(({ before }) => !before), ...due.filter(({ before }) => before)], pass);
    return true;
  }

  /** Relève sur plusieurs voies. Autant de silences d'affilée que de voies : la liaison est coupée, le reste attendra. */
  private async collect(due: readonly Due[], pass: Pass): Promise<void> {
    const waiting = due.values();
    const lane = async (): Promise<void> => {
      for (const one of waiting) {
        try {
          await this.takeOrPass(one, pass);
        } catch (error) {
          pass.faults.push(error instanceof Error ? error : new Error(String(error)));
        }
        if (pass.faults.length > 0) return;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  /** @throws ce qui n'est pas le fait de cette entrée : notre disque, notre base, ou la liaison entière. */
  private async takeOrPass({ entree, retour, before }: Due, pass: Pass): Promise<void> {
    try {
      await this.take(retour, pass);
    } catch (error) {
      if (!(error instanceof Upstream)) throw error;
      await this.fail(entree, before, releveFaultOf(error.step, error.cause), pass);
      if (isAnswered(error.cause)) pass.silent = 0;
      else if (!before) pass.silent += 1;
      if (pass.silent >= LANES) throw error.cause;
      return;
    }
    pass.silent = 0;
    if (before) await this.ports.releves.settle(entree.source, entree.cle);
  }

  private async fail(
    entree: EntreeAmont,
    before: ReleveEnEchec | undefined,
    fault: ReleveFault,
    pass: Pass,
  ): Promise<void> {
    const failure = nextFailure(before, entree, fault, this.clock.now(), this.ids.next());
    await this.ports.releves.fail(failure);
    pass.failed.push(failure);
  }

  private async take(pending: PendingRetour, pass: Pass): Promise<void> {
    const { prefecture, retours } = this.ports;
    const stored = await this.store(pending.sourceId);
    const recuLe = this.clock.now();
    const retour: Retour = {
      id: this.ids.next() as RetourId,
      source: prefecture.source,
      sourceId: pending.sourceId,
      nom: pending.nom ?? SANS_NOM,
      ...stored,
      recuLe,
      state: INITIAL_RETOUR_STATE,
      lecture: 1,
      rattacheA: null,
      remarques: pending.nom === null ? [NAMELESS] : [],
    };
    const isNew = await retours.receive(
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
    if (isNew) pass.collected += 1;
    else pass.alreadyKnown += 1;
    if (isNew && pending.nom === null) pass.nameless.push({ retourId: retour.id, sourceId: retour.sourceId });
    await upstream('acknowledge', prefecture.acknowledgeRetour(pending.sourceId));
  }

  /** Range les octets d'un retour. Qu'ils n'arrivent pas est le fait de l'amont ; qu'ils ne se rangent pas est le nôtre. */
  private async store(sourceId: string): ReturnType<DocumentStore['put']> {
    const content = await upstream('fetch', this.ports.prefecture.fetchRetour(sourceId));
    const met: { failure?: Upstream } = {};
    const watched = async function* (): AsyncGenerator<Buffer> {
      try {
        for await (const chunk of content as AsyncIterable<Buffer>) yield chunk;
      } catch (cause) {
        met.failure = new Upstream('fetch', cause);
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

const NAMELESS: Remarque = {
  regle: `${REMARQUE_DE_RELEVE}sans-nom`,
  detail:
    'La préfecture l’a annoncé sans nom de fichier, ou sous un nom qui ne se garde pas. Une anomalie d’enveloppe ne se rattache que par son nom.',
};

function entreeOf(source: string, entry: PendingPage['entries'][number]): EntreeAmont {
  return entry.kind === 'retour'
    ? { source, cle: `identité ${entry.sourceId}`, sourceId: entry.sourceId, nom: entry.nom, extrait: null }
    : { source, cle: `entrée ${entry.empreinte}`, sourceId: null, nom: entry.nom, extrait: entry.extrait };
}

async function upstream<T>(step: ReleveStep, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Upstream(step, cause);
  }
}
