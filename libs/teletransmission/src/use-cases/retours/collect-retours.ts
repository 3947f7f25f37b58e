import type { Clock, IdSource } from '@teletransmission/kernel';
import type { RetourId, TransmissionId } from '../../ids';
import type { Liaison } from '../../liaison/liaison';
import type { EnvoiRepository } from '../../ports/actes/envois';
import type { Gateways } from '../../ports/liaison/gateways';
import type { LiaisonRepository } from '../../ports/liaison/liaisons';
import type { OpenTransaction, PendingPage, PendingRetour } from '../../ports/liaison/prefecture-gateway';
import type { ReleveRepository } from '../../ports/liaison/releves';
import type { ReleveFault } from '../../retour/releve-en-echec';
import { isAnswered, nextFailure, releveFaultOf } from '../../retour/releve-en-echec';
import { PollSchedule } from './poll-schedule';
import type { Channel, TakePorts } from './take-retour';
import { TakeRetour, UpstreamFailure } from './take-retour';
import type { EntreeAmont, Provenance, ReleveEnEchec } from '../../retour/entree-amont';

export interface CollectPorts extends TakePorts {
  readonly releves: ReleveRepository;
  readonly liaisons: Pick<LiaisonRepository, 'list'>;
  readonly envois: Pick<EnvoiRepository, 'openTransactions'>;
  readonly gateways: Gateways;
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

/** Ce qui arrive pendant une relève. */
interface Pass {
  readonly channel: Channel;
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

/**
 * Étape 5 : ce que la préfecture a rendu est rangé tel quel avec son empreinte, inscrit et validé en base, et seulement alors
 * acquitté en amont. Tuée entre deux, la relève suivante retrouve le retour et n'en fait qu'un.
 */
export class CollectRetours {
  private readonly taking: TakeRetour;
  private readonly polls = new PollSchedule();

  constructor(
    private readonly ports: CollectPorts,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {
    this.taking = new TakeRetour(ports, clock, ids);
  }

  /**
   * Relève tout ce qui attend. Chaque entrée est jugée seule : celle qui ne vient pas est passée, gardée avec sa raison, et reprise
   * après des délais croissants.
   * @throws GatewayFailure quand la liaison est coupée : la prochaine relève reprendra.
   */
  async execute(): Promise<CollectReport> {
    const liaisons = await this.ports.liaisons.list();
    // De front : une liaison figée ne retient pas les retours des autres.
    const outcomes = await Promise.allSettled(liaisons.map((liaison) => this.collectThrough(liaison)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    const reports = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    return {
      collected: sumOf(reports, ({ collected }) => collected),
      alreadyKnown: sumOf(reports, ({ alreadyKnown }) => alreadyKnown),
      nameless: reports.flatMap(({ nameless }) => nameless),
      failed: reports.flatMap(({ failed: failures }) => failures),
      waiting: sumOf(reports, ({ waiting }) => waiting),
    };
  }

  private async collectThrough(liaison: Liaison): Promise<CollectReport> {
    const pass: Pass = {
      channel: { liaisonId: liaison.id, gateway: this.ports.gateways.of(liaison) },
      collected: 0,
      alreadyKnown: 0,
      waiting: 0,
      nameless: [],
      failed: [],
      faults: [],
      silent: 0,
      seen: new Set(),
    };
    const isComplete =
      liaison.traits.releve === 'boite' ? await this.walk(pass) : await this.ask(pass, liaison);
    const [fault] = pass.faults;
    if (fault) throw fault;
    if (isComplete) await this.ports.releves.forgetUnseen(provenanceOf(pass), [...pass.seen]);
    const { collected, alreadyKnown, nameless, failed, waiting } = pass;
    return { collected, alreadyKnown, nameless, failed, waiting };
  }

  /**
   * Interroge chaque transaction ouverte, à son heure. Celle dont la question échoue n'en cache aucune autre, tant que la liaison répond.
   * @returns vrai quand toutes ont été interrogées.
   */
  private async ask(pass: Pass, liaison: Liaison): Promise<boolean> {
    let isComplete = true;
    for (let after: TransmissionId | null = null; ;) {
      const page = await this.ports.envois.openTransactions(liaison.id, after, PAGE);
      for (const transaction of page) {
        if (!this.polls.isDue(transaction, liaison, this.clock.now())) {
          isComplete = false;
          continue;
        }
        const entries = await this.answerOf(transaction, pass);
        if (entries) await this.collectPage(entries, pass);
        else isComplete = false;
        if (pass.faults.length > 0) return false;
      }
      after = page.at(-1)?.transmissionId ?? null;
      if (page.length < PAGE) return isComplete;
    }
  }

  /** @returns `null` quand cette transaction ne répond pas. @throws ce que la liaison lance quand elle se tait pour toutes. */
  private async answerOf(transaction: OpenTransaction, pass: Pass): Promise<PendingPage['entries'] | null> {
    try {
      const entries = await pass.channel.gateway.retoursOf(transaction);
      pass.silent = 0;
      this.polls.asked(transaction, this.clock.now());
      return entries;
    } catch (error) {
      pass.silent = isAnswered(error) ? 0 : pass.silent + 1;
      if (pass.silent >= LANES) throw error;
      return null;
    }
  }

  /** Parcourt la liste, page après page. @returns vrai quand elle a été lue jusqu'au bout. */
  private async walk(pass: Pass): Promise<boolean> {
    let after: string | null = null;
    let limit = PAGE;
    for (let page = 0; page < PAGES_MAX && pass.faults.length === 0; page += 1) {
      const listed = await this.list(pass, limit, after);
      if (!listed) return false;
      const { entries, next } = listed;
      const isFresh = await this.collectPage(entries, pass);
      if (next === null && entries.length < limit) return true;
      // Rien de neuf dans cette page : la liste se répète.
      if (!isFresh) return false;
      after = next;
      if (after === null) limit = Math.min(PAGE + pass.failed.length + pass.waiting, PAGE_MAX);
    }
    return false;
  }

  /** @returns `null` quand la liaison ne sait pas rendre une page plus longue que d'ordinaire : la relève s'en tient là. */
  private async list(pass: Pass, limit: number, after: string | null): Promise<PendingPage | null> {
    try {
      return await pass.channel.gateway.pendingRetours(limit, after);
    } catch (error) {
      if (limit > PAGE && isAnswered(error)) return null;
      throw error;
    }
  }

  /** Relève une page. @returns faux quand cette relève en avait déjà vu toutes les entrées. */
  private async collectPage(entries: PendingPage['entries'], pass: Pass): Promise<boolean> {
    const provenance = provenanceOf(pass);
    const fresh = entries
      .map((entry) => ({ entry, entree: entreeOf(provenance, entry) }))
      .filter(({ entree: { cle } }) => !pass.seen.has(cle) && pass.seen.add(cle));
    if (fresh.length === 0) return false;
    const known = await this.ports.releves.find(
      provenance,
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
      const { retourId, isNew } = await this.taking.execute(retour, pass.channel);
      if (isNew) pass.collected += 1;
      else pass.alreadyKnown += 1;
      if (isNew && retour.nom === null) pass.nameless.push({ retourId, sourceId: retour.sourceId });
      await this.taking.acknowledge(retour, pass.channel);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      await this.fail(entree, before, releveFaultOf(error.step, error.cause), pass);
      if (isAnswered(error.cause)) pass.silent = 0;
      else if (!before) pass.silent += 1;
      if (pass.silent >= LANES) throw error.cause;
      return;
    }
    pass.silent = 0;
    if (before) await this.ports.releves.settle(entree, entree.cle);
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
}

function provenanceOf({ channel: { liaisonId, gateway } }: Pass): Provenance {
  return { liaisonId, source: gateway.source };
}

function sumOf(reports: readonly CollectReport[], count: (report: CollectReport) => number): number {
  return reports.reduce((sum, report) => sum + count(report), 0);
}

function entreeOf({ liaisonId, source }: Provenance, entry: PendingPage['entries'][number]): EntreeAmont {
  return entry.kind === 'retour'
    ? {
        liaisonId,
        source,
        cle: `identité ${entry.sourceId}`,
        sourceId: entry.sourceId,
        nom: entry.nom,
        extrait: null,
      }
    : {
        liaisonId,
        source,
        cle: `entrée ${entry.empreinte}`,
        sourceId: null,
        nom: entry.nom,
        extrait: entry.extrait,
      };
}
