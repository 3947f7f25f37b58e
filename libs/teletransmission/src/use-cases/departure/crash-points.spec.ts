import {
  aCollectivite,
  aCompte,
  aLettre,
  anAccuse,
  aPdf,
  anAccuseAnnulation,
  aStoredFile,
  gatePorts,
  InMemoryService,
  TIMINGS,
} from '@teletransmission/testkit';
import type { CivilDate } from '@teletransmission/kernel';
import type { ContenuLu } from '../../decision/decision';
import type { CompteId, CorrespondanceId } from '../../ids';

/*
 * Chaque cas d'usage est tué après son n-ième appel de port, pour tout n jusqu'à ce qu'il finisse sans mourir. Le processus repart alors :
 * les baux échus se balaient, les travaux se rejouent tous, le client qui n'a pas eu de réponse recommence. Rien ne doit être double ni
 * perdu.
 */

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
const OPERATEUR = aCompte({ role: 'operateur' });
const motif = 'essai des points de mort';

class Killed extends Error {}

/** Tue le processus après l'appel de rang `after` ; au-delà, il vit. */
class Killer {
  private calls = 0;
  private armedAt = Infinity;
  isDead = false;

  constructor(service: InMemoryService) {
    gatePorts(service, (_port, _method, moment) => {
      if (moment === 'before') return Promise.resolve();
      this.calls += 1;
      if (this.calls < this.armedAt) return Promise.resolve();
      this.armedAt = Infinity;
      this.isDead = true;
      return Promise.reject(new Killed());
    });
  }

  arm(after: number): void {
    this.armedAt = this.calls + after;
  }

  disarm(): void {
    this.armedAt = Infinity;
  }
}

async function resubmitJobs(service: InMemoryService): Promise<void> {
  const now = service.clock.now();
  const { waiting } = await service.sweep.execute();
  // Une file rejoue : chaque travail demandé passe de nouveau, même déjà fait.
  for (const message of [...service.ledger.outbox, ...waiting])
    if (message.notBefore === null || message.notBefore <= now) await service.run(message);
}

/** Le processus est relancé, et le temps passe. */
async function recover(service: InMemoryService): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    service.clock.advance(Math.max(TIMINGS.leaseMs, TIMINGS.settleMs));
    await resubmitJobs(service);
    await service.collect.execute();
  }
  await resubmitJobs(service);
}

function checkInvariants(service: InMemoryService): void {
  const { ledger, prefecture } = service;
  const transmissions = [...ledger.transmissions.values()];
  const open = transmissions.filter(
    ({ flux, state }) => flux === '1-1' && state !== 'cancelled' && state !== 'withdrawn',
  );
  expect(open.length).toBeLessThanOrEqual(1);
  for (const { id } of transmissions) {
    const noms = [...ledger.enveloppes.values()]
      .filter((enveloppe) => enveloppe.transmissionId === id)
      .map(({ archive }) => archive?.nom);
    const taken = prefecture.taken.filter(({ nom }) => noms.includes(nom));
    // Prise deux fois, l'archive l'est sous le même nom, octet pour octet : un seul effet en face.
    expect(
      new Set(taken.map(({ nom, bytes }) => `${nom} ${bytes.toString('base64')}`)).size,
    ).toBeLessThanOrEqual(1);
    expect(ledger.eventsOf(id).filter((event) => event === 'ar-received').length).toBeLessThanOrEqual(1);
    expect(ledger.eventsOf(id).filter((event) => event === 'deposited')).toHaveLength(1);
  }
  for (const { id, state } of ledger.retours.values()) {
    expect(state).not.toBe('received');
    const applied = ledger
      .eventsOf(id)
      .filter((event) => ['retour-applied', 'retour-decided'].includes(event));
    expect(applied.length).toBeLessThanOrEqual(1);
  }
  expect(new Set([...ledger.retours.values()].map(({ empreinte }) => empreinte)).size).toBe(
    ledger.retours.size,
  );
  expect([...ledger.decisions.values()].length).toBeLessThanOrEqual(1);
  expect(ledger.envois.filter(({ closed }) => closed === null)).toEqual([]);
}

interface Scenario {
  readonly title: string;
  readonly collectivite?: Parameters<typeof aCollectivite>[0];
  readonly prepare: (service: InMemoryService) => Promise<void>;
  /** Ce qui meurt ; un client sans réponse le redemande ensuite tel quel. */
  readonly act: (service: InMemoryService) => Promise<unknown>;
  readonly isAskedAgain?: boolean;
  readonly final: readonly string[];
}

const nothing = (): Promise<void> => Promise.resolve();
const deposit = async (service: InMemoryService): Promise<void> => {
  await service.depositReference({}, 'clé-1');
};
const sealed = async (service: InMemoryService): Promise<void> => {
  await deposit(service);
  await service.seal.execute(service.transmission().id);
};
const awaiting = async (service: InMemoryService): Promise<void> => {
  await deposit(service);
  await service.runJobs();
};
const delivered = async (service: InMemoryService): Promise<void> => {
  await awaiting(service);
  service.prefecture.deliver('ar', NOM, await anAccuse());
};
const acknowledged = async (service: InMemoryService): Promise<void> => {
  await awaiting(service);
  await service.receive('ar', NOM, await anAccuse());
};
const uncertain = async (service: InMemoryService): Promise<void> => {
  await sealed(service);
  service.prefecture.answer({ kind: 'lost', code: 'prefecture/answer-lost', detail: 'Réponse perdue.' });
  await service.submit.execute(service.transmission().id);
  service.clock.advance(TIMINGS.settleMs);
};
const applyFirst = async (service: InMemoryService): Promise<unknown> => {
  const retour = [...service.ledger.retours.values()].at(-1);
  return retour && service.apply.execute(retour.id);
};

const unreadable = async (service: InMemoryService): Promise<void> => {
  await awaiting(service);
  await service.receive('m', NOM, Buffer.from('AR du 2 novembre'));
};
const ACCUSE: ContenuLu = {
  nature: 'accuse',
  dateReception: '2022-11-02' as CivilDate,
  identifiant: null,
};
const decide = (service: InMemoryService, contenu: ContenuLu): Promise<unknown> => {
  const [retour] = service.ledger.retours.values();
  return service.decide.execute({
    compte: OPERATEUR,
    retourId: retour?.id ?? '',
    target: { kind: 'transmission', id: service.transmission().id },
    contenu,
    empreinte: retour?.empreinte ?? '',
    lu: 'AR du 2 novembre',
    motif,
  });
};
const confirm = (service: InMemoryService): Promise<unknown> => {
  const [decision] = service.ledger.decisions.values();
  return service.settle.execute({
    compte: { ...OPERATEUR, id: 'a0000000-0000-7000-8000-0000000000ff' as CompteId, nom: 'Seconde' },
    id: decision?.id ?? '',
    settling: { kind: 'confirmer', dateReception: '2022-11-02' as CivilDate },
    motif,
  });
};

const SCENARIOS: readonly Scenario[] = [
  {
    title: 'déposer',
    prepare: nothing,
    act: deposit,
    isAskedAgain: true,
    final: ['1-1 awaiting-ack'],
  },
  {
    title: 'mettre sous enveloppe',
    prepare: deposit,
    act: (service) => service.seal.execute(service.transmission().id),
    final: ['1-1 awaiting-ack'],
  },
  {
    title: 'remettre à la préfecture',
    prepare: sealed,
    act: (service) => service.submit.execute(service.transmission().id),
    final: ['1-1 awaiting-ack'],
  },
  {
    title: 'sortir de l’incertitude',
    prepare: uncertain,
    act: (service) => service.reconcile.execute(service.transmission().id),
    final: ['1-1 awaiting-ack'],
  },
  {
    title: 'balayer un bail échu',
    prepare: async (service) => {
      await sealed(service);
      service.prefecture.duringSubmit = () => Promise.reject(new Error('tué'));
      await service.submit.execute(service.transmission().id).catch(() => undefined);
      service.prefecture.duringSubmit = nothing;
      service.clock.advance(TIMINGS.leaseMs);
    },
    act: (service) => service.sweep.execute(),
    final: ['1-1 awaiting-ack'],
  },
  {
    title: 'relever les retours',
    prepare: delivered,
    act: (service) => service.collect.execute(),
    final: ['1-1 acknowledged'],
  },
  {
    title: 'appliquer un accusé',
    prepare: async (service) => {
      await delivered(service);
      await service.collect.execute();
    },
    act: applyFirst,
    final: ['1-1 acknowledged'],
  },
  {
    title: 'publier d’office',
    collectivite: {
      publicationAutomatique: true,
      adresseDesActes: 'https://commune.example/actes/{identifiant}',
    },
    prepare: async (service) => {
      await delivered(service);
      await service.collect.execute();
      await applyFirst(service);
    },
    act: (service) => service.publish.follow(service.deliberationId()),
    final: ['1-1 acknowledged'],
  },
  {
    title: 'demander une annulation',
    prepare: acknowledged,
    act: (service) =>
      service.annulation.execute({ compte: OPERATEUR, transmissionId: service.transmission().id, motif }),
    isAskedAgain: true,
    final: ['1-1 cancelling', '6-1 awaiting-ack'],
  },
  {
    title: 'appliquer l’accusé d’une annulation',
    prepare: async (service) => {
      await acknowledged(service);
      await service.annulation.execute({
        compte: OPERATEUR,
        transmissionId: service.transmission().id,
        motif,
      });
      await service.runJobs();
      service.prefecture.deliver('annule', NOM, await anAccuseAnnulation());
      await service.collect.execute();
    },
    act: applyFirst,
    final: ['1-1 cancelled', '6-1 acknowledged'],
  },
  {
    title: 'recevoir une lettre',
    prepare: async (service) => {
      await acknowledged(service);
      service.prefecture.deliver('lettre', NOM, await aLettre('3-1'));
      await service.collect.execute();
    },
    act: applyFirst,
    final: ['1-1 acknowledged', '3-2 delivered'],
  },
  {
    title: 'répondre à une lettre',
    prepare: async (service) => {
      await acknowledged(service);
      await service.receive('lettre', NOM, await aLettre('2-1'));
    },
    act: (service) => {
      const [lettre] = service.ledger.correspondances.values();
      const contenu = service.documents.keep(aPdf('réponse'));
      return service.answer.execute({
        compte: OPERATEUR,
        correspondanceId: lettre?.id ?? ('' as CorrespondanceId),
        dossier: { flux: '2-2', documents: [{ fichier: 'réponse.pdf', typePiece: '99_DE' }] },
        fichiers: [{ ...aStoredFile('réponse.pdf'), ...contenu }],
      });
    },
    isAskedAgain: true,
    final: ['1-1 acknowledged', '2-2 delivered'],
  },
  {
    title: 'proposer une décision sur un retour',
    prepare: unreadable,
    act: (service) => decide(service, ACCUSE),
    isAskedAgain: true,
    final: ['1-1 awaiting-ack'],
  },
  {
    title: 'confirmer une décision sur un retour',
    prepare: async (service) => {
      await unreadable(service);
      await decide(service, ACCUSE);
    },
    act: confirm,
    isAskedAgain: true,
    final: ['1-1 acknowledged'],
  },
  {
    title: 'décider qu’un retour est une lettre',
    prepare: unreadable,
    act: (service) =>
      decide(service, {
        nature: 'lettre',
        flux: '3-1',
        dateCourrier: '2022-11-02' as CivilDate,
        texte: null,
      }),
    isAskedAgain: true,
    final: ['1-1 awaiting-ack', '3-2 delivered'],
  },
];

async function play(scenario: Scenario, after: number): Promise<boolean> {
  const service = new InMemoryService(aCollectivite(scenario.collectivite ?? {}));
  const killer = new Killer(service);
  await scenario.prepare(service);
  killer.arm(after);
  try {
    await scenario.act(service);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  killer.disarm();
  if (killer.isDead && scenario.isAskedAgain === true) await scenario.act(service);
  await recover(service);
  checkInvariants(service);
  const states = [...service.ledger.transmissions.values()].map(({ flux, state }) => `${flux} ${state}`);
  expect([after, ...states]).toEqual([after, ...scenario.final]);
  if (scenario.collectivite?.publicationAutomatique === true)
    expect([...service.ledger.publications.values()]).toMatchObject([{ state: 'published' }]);
  return killer.isDead;
}

describe('tué après chacun de ses appels, le service ne double ni ne perd rien', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.title, scenario] as const))(
    '%s',
    async (_title, scenario) => {
      let after = 1;
      while (await play(scenario, after)) after += 1;
      // Un cas d'usage qui ne mourrait jamais n'aurait rien prouvé.
      expect(after).toBeGreaterThan(2);
    },
  );
});
