import {
  aClassification,
  aCollectivite,
  aCompte,
  aLettre,
  anAccuse,
  anAccuseAnnulation,
  anAccuseXml,
  anAnomalie,
  anAnomalieEnveloppe,
  InMemoryService,
  TIMINGS,
} from '@teletransmission/testkit';
import type { RetourCase } from '../retour/policy';
import { RETOUR_CASES, RETOUR_POLICY } from '../retour/policy';
import { RETOUR_TRANSITIONS } from '../retour/transitions';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
const ENVELOPPE_1 = 'ANO_TACT--213402761--20221102-1.xml';
const motif = 'essai de la politique';
const ACTE = '034-213402761-20221020-2022-10-062-DE';
const aMulticanal = (suite: string): Buffer =>
  Buffer.from(`<p>La transmission est effectuée en multi canal : le papier est attendu. ${suite}</p>`);

/** L'état de la première transmission après le retour jugé, pour chaque cas. */
interface Scene {
  readonly play: (service: InMemoryService) => Promise<void>;
  readonly state: string;
}

async function asked(service: InMemoryService): Promise<void> {
  await service.requestClassification.execute(aCollectivite().id, motif);
  await service.runJobs();
}
const versionOf = async (service: InMemoryService): Promise<string | undefined> =>
  (await service.collectivites.findBySiren('213402761'))?.classificationDateVersion;
async function deposited(service: InMemoryService): Promise<void> {
  await service.depositReference();
}
async function awaiting(service: InMemoryService): Promise<void> {
  await service.depositReference();
  await service.runJobs();
}
async function acknowledged(service: InMemoryService): Promise<void> {
  await awaiting(service);
  await service.receive('ar', NOM, await anAccuse());
}
async function rejected(service: InMemoryService): Promise<void> {
  await awaiting(service);
  await service.receive('ano', NOM, await anAnomalie('007', 'Fichier illisible'));
}
async function steer(
  service: InMemoryService,
  steering: 'resubmitted' | 'withdrawn' | 'put-on-hold',
): Promise<void> {
  const steered = await service.steer.execute({
    compte: aCompte({ role: 'operateur' }),
    transmissionId: service.transmission().id,
    steering,
    motif,
  });
  expect(steered.ok).toBe(true);
}
async function cancelling(service: InMemoryService): Promise<void> {
  await acknowledged(service);
  const asked = await service.annulation.execute({
    compte: aCompte({ role: 'operateur' }),
    transmissionId: service.transmission().id,
    motif,
  });
  expect(asked.ok).toBe(true);
  await service.runJobs();
}
const last = async (service: InMemoryService, bytes: Promise<Buffer> | Buffer, nom = NOM): Promise<void> =>
  service.receive('dernier', nom, await bytes);

/** Une scène par cas : en oublier un ne compile pas. */
const SCENES: Readonly<Record<RetourCase, Scene>> = {
  'accuse-attendu': {
    state: 'acknowledged',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuse());
    },
  },
  'accuse-tardif': {
    state: 'acknowledged',
    play: async (service) => {
      await awaiting(service);
      service.clock.advance(TIMINGS.ackDeadlineMs);
      await service.sweep.execute();
      await last(service, anAccuse());
    },
  },
  'accuse-repete': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, anAccuse({ compteur: 5280 }));
    },
  },
  'accuse-autre-date': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, anAccuse({ dateReception: '2022-11-03' }));
    },
  },
  'accuse-apres-anomalie': {
    state: 'acknowledged',
    play: async (service) => {
      await rejected(service);
      await last(service, anAccuse());
    },
  },
  'accuse-retenu': {
    state: 'acknowledged',
    play: async (service) => {
      await deposited(service);
      await service.seal.execute(service.transmission().id);
      service.prefecture.answer({ kind: 'refused', code: 'prefecture/http-413', detail: 'Trop lourde.' });
      await service.submit.execute(service.transmission().id);
      expect(service.transmission().state).toBe('held');
      await last(service, anAccuse());
    },
  },
  'accuse-remis-en-file': {
    state: 'acknowledged',
    play: async (service) => {
      await rejected(service);
      await steer(service, 'resubmitted');
      service.prefecture.deliver('dernier', NOM, await anAccuse());
      await service.collect.execute();
      const retour = [...service.ledger.retours.values()].at(-1);
      if (retour) await service.apply.execute(retour.id);
      await service.runJobs();
      expect(service.prefecture.taken).toHaveLength(1);
    },
  },
  'accuse-apres-restauration': {
    state: 'acknowledged',
    play: async (service) => {
      await deposited(service);
      await steer(service, 'put-on-hold');
      const { id, cycle } = service.transmission();
      const restored = { imageDu: service.clock.now(), cycle };
      service.ledger.transmissions.set(id, { ...service.transmission(), restored });
      await last(service, anAccuse());
    },
  },
  'accuse-veille': {
    state: 'acknowledged',
    play: async (service) => {
      // Paris, minuit et demi le 2 : un serveur en GMT marque encore le 1er.
      service.clock.set('2022-11-01T23:30:00.000Z');
      await awaiting(service);
      await last(service, anAccuse({ dateReception: '2022-11-01' }));
      expect(service.transmission().dateReception).toBe('2022-11-01');
    },
  },
  'accuse-lendemain': {
    state: 'acknowledged',
    play: async (service) => {
      service.clock.set('2022-11-02T20:00:00.000Z');
      await awaiting(service);
      await last(service, anAccuse({ dateReception: '2022-11-03' }));
    },
  },
  'accuse-futur': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuse({ dateReception: '2023-11-02' }));
    },
  },
  'accuse-jamais-envoye': {
    state: 'withdrawn',
    play: async (service) => {
      await rejected(service);
      await steer(service, 'withdrawn');
      await service.depositReference({ objet: 'Objet corrigé après le refus' });
      service.prefecture.deliver('dernier', NOM, await anAccuse());
      await service.collect.execute();
      const retour = [...service.ledger.retours.values()].at(-1);
      if (retour) await service.apply.execute(retour.id);
      expect(service.transmission(1).state).toBe('queued');
    },
  },
  'accuse-anterieur': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuse({ dateReception: '2022-10-31' }));
    },
  },
  'accuse-acte-annule': {
    state: 'cancelled',
    play: async (service) => {
      await cancelling(service);
      await service.receive('annule', NOM, await anAccuseAnnulation());
      await last(service, anAccuse({ dateReception: '2022-11-05' }));
    },
  },
  'accuse-acte-retire': {
    state: 'withdrawn',
    play: async (service) => {
      await rejected(service);
      await steer(service, 'withdrawn');
      await last(service, anAccuse());
    },
  },
  'annulation-sans-demande': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, anAccuseAnnulation());
    },
  },
  'anomalie-attendue': {
    state: 'rejected',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAnomalie());
    },
  },
  'anomalie-repetee': {
    state: 'rejected',
    play: async (service) => {
      await rejected(service);
      await last(service, anAnomalie('007', 'Fichier illisible, encore'));
    },
  },
  'anomalie-autre': {
    state: 'rejected',
    play: async (service) => {
      await rejected(service);
      await last(service, anAnomalie('006', 'Fichier manquant'));
    },
  },
  'anomalie-apres-accuse': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, anAnomalie());
    },
  },
  'anomalie-ancienne-enveloppe': {
    state: 'awaiting-ack',
    play: async (service) => {
      await rejected(service);
      await steer(service, 'resubmitted');
      await service.runJobs();
      await last(service, anAnomalieEnveloppe(), ENVELOPPE_1);
    },
  },
  'anomalie-hors-attente': {
    state: 'queued',
    play: async (service) => {
      await deposited(service);
      service.prefecture.deliver('dernier', NOM, await anAnomalie());
      await service.collect.execute();
      const [retour] = service.ledger.retours.values();
      if (retour) await service.apply.execute(retour.id);
    },
  },
  lettre: {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, aLettre('3-1'));
    },
  },
  'lettre-acte-annule': {
    state: 'cancelled',
    play: async (service) => {
      await cancelling(service);
      await service.receive('annule', NOM, await anAccuseAnnulation());
      await last(service, aLettre('2-1'));
      expect(service.ledger.correspondances.size).toBe(1);
    },
  },
  'lettre-repetee': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await service.receive('lettre', NOM, await aLettre('2-1'));
      await last(service, aLettre('2-1', { compteur: 303 }));
      expect(service.ledger.correspondances.size).toBe(1);
    },
  },
  'lettre-incomplete': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, aLettre('2-1', { sansDocument: true }));
    },
  },
  'nomenclature-demandee': {
    state: 'acknowledged',
    play: async (service) => {
      await asked(service);
      await last(service, aClassification('7-2', '2022-10-15'));
    },
  },
  'nomenclature-spontanee': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await service.receive('ano', NOM, await anAnomalie('002', 'nomenclature périmée'));
      expect(service.transmission().state).toBe('rejected');
      await last(service, aClassification('7-2', '2022-10-15'));
      expect(await versionOf(service)).toBe('2022-10-15');
    },
  },
  'nomenclature-connue': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, aClassification('7-2', '2018-01-01'));
      expect(await versionOf(service)).toBe('2019-08-29');
    },
  },
  'nomenclature-ancienne': {
    state: 'acknowledged',
    play: async (service) => {
      await service.receive('neuve', NOM, await aClassification('7-2', '2022-10-15'));
      await asked(service);
      await last(service, aClassification('7-2', '2022-10-01', [7]));
      expect(await versionOf(service)).toBe('2022-10-15');
      const kept = [...service.ledger.classifications.values()][0];
      expect(kept?.matieres.map(({ code }) => code)).toEqual([8]);
    },
  },
  'nomenclature-vide': {
    state: 'awaiting-ack',
    play: async (service) => {
      await asked(service);
      await last(service, aClassification('7-2', '2022-10-15', []));
      expect(await versionOf(service)).toBe('2019-08-29');
    },
  },
  'nomenclature-future': {
    state: 'awaiting-ack',
    play: async (service) => {
      await asked(service);
      await last(service, aClassification('7-2', '2022-11-04'));
      expect(await versionOf(service)).toBe('2019-08-29');
    },
  },
  information: {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, aMulticanal(`Identifiant Acte : ${ACTE}`));
    },
  },
  'information-sans-acte': {
    state: 'acknowledged',
    play: async (service) => {
      await acknowledged(service);
      await last(service, aMulticanal('Merci.'));
    },
  },
  'date-illisible': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuseXml({ dateReception: '2022-11-02T00:00:00.000+01:00' }));
    },
  },
  'message-inattendu': {
    state: 'awaiting-ack',
    play: async (service) => {
      await asked(service);
      service.prefecture.deliver('dernier', NOM, await anAccuse());
      await service.collect.execute();
      const [retour] = service.ledger.retours.values();
      if (!retour) throw new Error('retour absent');
      // Rattaché de force à une demande qu'il ne concerne pas.
      service.ledger.retours.set(retour.id, { ...retour, rattacheA: service.transmission().id });
      await service.runJobs();
    },
  },
  'sans-rattachement': {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, anAccuse({ identifiantActe: '034-213402761-20211020-2022-10-062-DE' }));
    },
  },
  'rattachement-ambigu': {
    state: 'awaiting-ack',
    play: async (service) => {
      await service.depositReference({ numeroInterne: '2022-10-062' });
      await service.depositReference({ numeroInterne: '202210-062' });
      await service.runJobs();
      await last(service, anAccuse({ identifiantActe: '034-213402761-20221020-202210062-DE' }));
    },
  },
  illisible: {
    state: 'awaiting-ack',
    play: async (service) => {
      await awaiting(service);
      await last(service, Buffer.from('bonjour'));
    },
  },
};

describe('la politique des retours, cas par cas', () => {
  it.each(RETOUR_CASES)('%s', async (name) => {
    const service = new InMemoryService();
    const { play, state } = SCENES[name];
    await play(service);
    const rule = RETOUR_POLICY[name];
    const retour = [...service.ledger.retours.values()].at(-1);
    expect(service.ledger.audit.filter(({ sujetId }) => sujetId === retour?.id).at(-1)).toMatchObject({
      evenement: rule.event,
      preuve: { cas: name },
    });
    expect(retour?.state).toBe(RETOUR_TRANSITIONS.received[rule.event]);
    expect(service.transmission().state).toBe(state);
  });

  it('chaque cas a sa situation et sa phrase, et aucune n’est celle d’un autre', () => {
    const rules = Object.values(RETOUR_POLICY);
    expect(new Set(rules.map(({ situation }) => situation)).size).toBe(RETOUR_CASES.length);
    expect(rules.filter(({ phrase }) => !/[.]$/.test(phrase))).toEqual([]);
  });
});

describe('un accusé l’emporte toujours', () => {
  it('sur un renvoi prévu : l’enveloppe accusée est celle qui est partie, et les travaux en attente ne font plus rien', async () => {
    const service = new InMemoryService();
    await rejected(service);
    const sent = service.transmission().enveloppeId;
    await steer(service, 'resubmitted');
    await service.seal.execute(service.transmission().id);
    expect(service.transmission().enveloppeId).not.toBe(sent);
    service.prefecture.deliver('ar', NOM, await anAccuse());
    await service.collect.execute();
    await service.apply.execute([...service.ledger.retours.values()].at(-1)?.id ?? ('' as never));
    expect(service.transmission()).toMatchObject({
      state: 'acknowledged',
      enveloppeId: sent,
      teletransmiseLe: '2022-11-02T09:00:00.000Z',
      stopReason: null,
      nextTurnAt: null,
    });
    await service.runJobs();
    expect(service.prefecture.taken).toHaveLength(1);
  });

  it('un accusé d’annulation venu après son anomalie annule l’acte', async () => {
    const service = new InMemoryService();
    await cancelling(service);
    await service.receive('ano', 'ANO_TACT--213402761--20221102-2.xml', anAnomalieEnveloppe());
    expect([service.transmission(0).state, service.transmission(1).state]).toEqual([
      'acknowledged',
      'rejected',
    ]);
    await service.receive('annule', NOM, await anAccuseAnnulation());
    expect([service.transmission(0).state, service.transmission(1).state]).toEqual([
      'cancelled',
      'acknowledged',
    ]);
  });

  it('un accusé de deux cycles plus tôt ne perd rien de sa force', async () => {
    const service = new InMemoryService();
    await rejected(service);
    for (let again = 0; again < 2; again += 1) {
      await steer(service, 'resubmitted');
      await service.runJobs();
      await service.receive(`ano-${again}`, NOM, await anAnomalie('007', `refus ${again}`));
      expect(service.transmission().state).toBe('rejected');
    }
    await service.receive('ar', NOM, await anAccuse());
    expect(service.transmission()).toMatchObject({ state: 'acknowledged', dateReception: '2022-11-02' });
  });
});

describe('le courriel « multicanal »', () => {
  it('est joint à son acte, qui n’en change pas, et se lit avec lui', async () => {
    const service = new InMemoryService();
    await acknowledged(service);
    const before = service.transmission();
    await last(service, aMulticanal(ACTE));
    expect(service.transmission()).toEqual(before);
    const retour = [...service.ledger.retours.values()].at(-1);
    expect(retour && (await service.tray.find(retour.id))).toMatchObject({
      state: 'applied',
      flux: 'multicanal',
      transmissionId: before.id,
      detail: RETOUR_POLICY.information.phrase,
    });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'retour-applied',
      deliberationId: before.deliberationId,
    });
  });
});

describe('un accusé daté de la veille', () => {
  const atMidnight = async (): Promise<InMemoryService> => {
    const service = new InMemoryService();
    service.clock.set('2022-11-01T23:30:00.000Z');
    await awaiting(service);
    return service;
  };

  it('est appliqué, et ce qui s’en remarque reste avec le retour et au journal', async () => {
    const service = await atMidnight();
    await service.receive('ar', NOM, await anAccuse({ dateReception: '2022-11-01' }));
    const [retour] = service.ledger.retours.values();
    const { phrase } = RETOUR_POLICY['accuse-veille'];
    expect(retour && (await service.tray.find(retour.id))).toMatchObject({
      state: 'applied',
      code: 'retour/accuse-veille',
      detail: phrase,
    });
    expect(service.ledger.audit).toContainEqual(
      expect.objectContaining({ evenement: 'retour-applied', motif: phrase }),
    );
  });

  it('attend une personne si un acte de même identité était déjà parti : c’est peut-être de lui qu’il parle', async () => {
    const service = await atMidnight();
    await service.receive('ano', NOM, await anAnomalie());
    await steer(service, 'withdrawn');
    await service.depositReference({ objet: 'Objet corrigé après le refus' });
    await service.runJobs();
    await service.receive('ar', NOM, await anAccuse({ dateReception: '2022-11-01' }));
    expect(service.transmission(1).state).toBe('awaiting-ack');
    expect(service.retourStates()).toEqual(['applied', 'contradictory']);
  });
});

describe('la même source, d’autres octets', () => {
  it('est un autre retour, inscrit et appliqué pour lui-même', async () => {
    const service = new InMemoryService();
    await awaiting(service);
    await service.receive('m', NOM, Buffer.from('tronqué'));
    service.prefecture.acknowledged.splice(0);
    await service.receive('m', NOM, await anAccuse());
    expect(service.retourStates()).toEqual(['unreadable', 'applied']);
  });
});
