import {
  aCollectivite,
  anAccuse,
  anAnomalie,
  gatePorts,
  InMemoryService,
  TIMINGS,
} from '@teletransmission/testkit';
import type { SubmitAnswer } from '@teletransmission/teletransmission';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
const LOST: SubmitAnswer = { kind: 'lost', code: 'prefecture/answer-lost', detail: 'Réponse perdue.' };
const DEFERRED: SubmitAnswer = { kind: 'deferred', code: 'prefecture/unreachable', detail: 'Injoignable.' };
const REFUSED: SubmitAnswer = { kind: 'refused', code: 'prefecture/http-400', detail: 'Refusée.' };

/** Le vrai service, et les appels de port qu'il fait. `after` : ce qui se glisse juste après le prochain appel de ce nom. */
export class Watched {
  readonly service = new InMemoryService(aCollectivite());
  calls: string[] = [];
  private readonly interruptions = new Map<string, () => Promise<unknown>>();

  constructor() {
    gatePorts(this.service, async (port, method, moment) => {
      const call = `${port}.${method}`;
      if (moment === 'before') this.calls.push(call);
      const interruption = this.interruptions.get(call);
      if (moment === 'before' || !interruption) return;
      this.interruptions.delete(call);
      await interruption();
    });
  }

  after(call: string, interruption: () => Promise<unknown>): void {
    this.interruptions.set(call, interruption);
  }
}

/** Une histoire à jouer deux fois : dans le modèle, et pour de vrai. */
export interface Story {
  readonly title: string;
  readonly isMute?: boolean;
  /** Les pas du modèle, par un morceau de leur libellé ; avant `—`, la mise en place, dont les appels ne se comparent pas. */
  readonly model: readonly string[];
  readonly prepare: (watched: Watched) => Promise<unknown>;
  readonly run: (watched: Watched) => Promise<unknown>;
}

const SEAL = ['A : prend la mise sous enveloppe', 'A : inscrit l’enveloppe'];
const OPEN = ['A : prend l’envoi', 'A : ouvre l’envoi'];
const SEND = [
  ...OPEN,
  'A : l’archive part',
  'prend l’archive 1 et le dit',
  'A : inscrit la réponse « envoi-accepted »',
];
const LOSE = [
  ...OPEN,
  'A : l’archive part',
  'prend l’archive 1, la réponse se perd',
  'A : inscrit la réponse « envoi-lost »',
];
const SWEEP = ['le bail échoit', 'trouve un bail échu', 'rend l’envoi incertain'];
const COLLECT = ['la relève inscrit', 'la relève acquitte'];
const APPLY = ['A : prend le retour', 'juge le retour', 'A : applique le retour'];
const LATE = ['trouve un accusé en retard', 'signale le retard'];

const nothing = (): Promise<void> => Promise.resolve();
const seal = ({ service }: Watched): Promise<unknown> => service.seal.execute(service.transmission().id);
const submit = ({ service }: Watched): Promise<unknown> => service.submit.execute(service.transmission().id);
const reconcile = ({ service }: Watched): Promise<unknown> => {
  service.clock.advance(TIMINGS.settleMs);
  return service.reconcile.execute(service.transmission().id);
};
const collect = ({ service }: Watched): Promise<unknown> => service.collect.execute();
const apply = ({ service }: Watched): Promise<unknown> => {
  const retour = [...service.ledger.retours.values()].at(-1);
  if (!retour) throw new Error('aucun retour');
  return service.apply.execute(retour.id);
};
const answered =
  (answer: SubmitAnswer) =>
  (watched: Watched): Promise<unknown> => {
    watched.service.prefecture.answer(answer);
    return submit(watched);
  };
const sent = async (watched: Watched): Promise<void> => {
  await seal(watched);
  await submit(watched);
};
const lostOnce = async (watched: Watched): Promise<void> => {
  await seal(watched);
  await answered(LOST)(watched);
};
const delivered =
  (octets: () => Promise<Buffer>) =>
  async (watched: Watched): Promise<void> => {
    await sent(watched);
    watched.service.prefecture.deliver('retour', NOM, await octets());
  };
const collected =
  (octets: () => Promise<Buffer>) =>
  async (watched: Watched): Promise<void> => {
    await delivered(octets)(watched);
    await collect(watched);
  };
const acknowledged =
  (second: () => Promise<Buffer>) =>
  async (watched: Watched): Promise<void> => {
    await collected(() => anAccuse())(watched);
    await apply(watched);
    watched.service.prefecture.deliver('second', NOM, await second());
  };
const leaseLost = ({ service }: Watched): Promise<unknown> => {
  service.clock.advance(TIMINGS.leaseMs);
  return service.sweep.execute();
};

/** De quoi faire chaque pas du modèle au moins une fois. */
export const STORIES: readonly Story[] = [
  { title: 'sceller', model: ['—', ...SEAL], prepare: nothing, run: seal },
  { title: 'envoyer, acceptée', model: [...SEAL, '—', ...SEND], prepare: seal, run: submit },
  { title: 'envoyer, réponse perdue', model: [...SEAL, '—', ...LOSE], prepare: seal, run: answered(LOST) },
  {
    title: 'envoyer, préfecture fermée',
    model: [...SEAL, '—', ...OPEN, 'A : l’archive part', 'est fermée', '« envoi-deferred »'],
    prepare: seal,
    run: answered(DEFERRED),
  },
  {
    title: 'envoyer, refusée',
    model: [...SEAL, '—', ...OPEN, 'A : l’archive part', 'refuse l’archive', '« envoi-refused »'],
    prepare: seal,
    run: answered(REFUSED),
  },
  {
    title: 'envoyer, mais un autre a ouvert l’envoi entre-temps',
    model: [
      ...SEAL,
      '—',
      'A : prend l’envoi',
      ...SEND.map((label) => label.replace('A : ', 'B : ')),
      'A : veut ouvrir l’envoi : un autre l’a fait',
    ],
    prepare: seal,
    run: (watched: Watched): Promise<unknown> => {
      watched.after('documents.open', () => submit(watched));
      return submit(watched);
    },
  },
  {
    title: 'envoyer, bail balayé avant la réponse',
    model: [
      ...SEAL,
      '—',
      ...OPEN,
      'A : l’archive part',
      ...SWEEP,
      'prend l’archive 1 et le dit',
      'A : veut inscrire la réponse',
      'A : garde sa réponse tardive',
    ],
    prepare: seal,
    run: (watched: Watched): Promise<unknown> => {
      watched.after('prefecture.submit', () => leaseLost(watched));
      return submit(watched);
    },
  },
  {
    title: 'envoyer, bail balayé puis battement',
    model: [...SEAL, '—', ...OPEN, 'A : l’archive part', ...SWEEP, 'A : bat, trouve son bail perdu'],
    prepare: seal,
    run: (watched: Watched): Promise<unknown> => {
      watched.after('prefecture.submit', async () => {
        await leaseLost(watched);
        await watched.service.heartbeat.beat();
      });
      return submit(watched);
    },
  },
  {
    title: 'demander, l’archive est là',
    model: [...SEAL, ...LOSE, '—', 'A : prend la recherche', 'est là', '« found-at-prefecture »'],
    prepare: lostOnce,
    run: reconcile,
  },
  {
    title: 'demander, l’archive est absente',
    model: [
      ...SEAL,
      ...OPEN,
      'A : l’archive part',
      'se perd en route',
      '« envoi-lost »',
      '—',
      'A : prend la recherche',
      'est absente',
      '« proven-absent »',
    ],
    prepare: async (watched: Watched): Promise<void> => {
      await lostOnce(watched);
      watched.service.prefecture.lookUpAnswer = 'absent';
    },
    run: reconcile,
  },
  {
    title: 'demander, sans réponse',
    isMute: true,
    model: [...SEAL, ...LOSE, '—', 'A : prend la recherche', 'redemandera'],
    prepare: async (watched: Watched): Promise<void> => {
      await lostOnce(watched);
      watched.service.prefecture.lookUpAnswer = 'unknown';
    },
    run: reconcile,
  },
  {
    title: 'balayer un accusé en retard',
    model: [...SEAL, ...SEND, '—', ...LATE],
    prepare: sent,
    run: ({ service }: Watched): Promise<unknown> => {
      service.clock.advance(TIMINGS.ackDeadlineMs);
      return service.sweep.execute();
    },
  },
  {
    title: 'relever un accusé',
    model: [...SEAL, ...SEND, 'émet l’accusé', '—', ...COLLECT],
    prepare: delivered(() => anAccuse()),
    run: collect,
  },
  {
    title: 'relever les mêmes octets une fois de plus',
    model: [...SEAL, ...SEND, 'émet l’accusé', ...COLLECT, ...APPLY, 'mêmes octets', '—', ...COLLECT],
    prepare: acknowledged(() => anAccuse()),
    run: collect,
  },
  {
    title: 'appliquer un accusé',
    model: [...SEAL, ...SEND, 'émet l’accusé', ...COLLECT, '—', ...APPLY],
    prepare: collected(() => anAccuse()),
    run: apply,
  },
  {
    title: 'appliquer une anomalie',
    model: [...SEAL, ...SEND, 'émet une anomalie', ...COLLECT, '—', ...APPLY],
    prepare: collected(() => anAnomalie()),
    run: apply,
  },
  {
    title: 'appliquer une anomalie rendue une fois de plus',
    model: [
      ...SEAL,
      ...SEND,
      'émet une anomalie',
      ...COLLECT,
      ...APPLY,
      'rend encore l’anomalie',
      ...COLLECT,
      '—',
      'A : prend le retour',
      'A : lit l’acte',
      'A : classe le retour',
    ],
    prepare: async (watched: Watched): Promise<void> => {
      await collected(() => anAnomalie())(watched);
      await apply(watched);
      watched.service.prefecture.deliver('second', NOM, await anAnomalie());
      await collect(watched);
    },
    run: apply,
  },
  {
    title: 'appliquer un accusé quand l’acte bouge entre la lecture et l’écriture',
    model: [
      ...SEAL,
      ...SEND,
      'émet l’accusé',
      ...COLLECT,
      '—',
      'A : prend le retour',
      'A : lit l’acte',
      ...LATE,
      'A : veut appliquer',
      'A : lit l’acte',
      'A : applique',
    ],
    prepare: collected(() => anAccuse()),
    run: (watched: Watched): Promise<unknown> => {
      watched.after('dossiers.around', () => {
        watched.service.clock.advance(TIMINGS.ackDeadlineMs);
        return watched.service.sweep.execute();
      });
      return apply(watched);
    },
  },
  {
    title: 'appliquer un accusé réécrit',
    model: [
      ...SEAL,
      ...SEND,
      'émet l’accusé',
      ...COLLECT,
      ...APPLY,
      'accusé réécrit',
      ...COLLECT,
      '—',
      'A : prend le retour',
      'A : lit l’acte',
      'A : classe le retour',
    ],
    prepare: async (watched: Watched): Promise<void> => {
      await acknowledged(() => anAccuse({ compteur: 5280 }))(watched);
      await collect(watched);
    },
    run: apply,
  },
];
