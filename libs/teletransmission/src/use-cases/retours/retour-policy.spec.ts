import {
  aMulticanal,
  anAccuse,
  anAccuseAnnulation,
  anAnomalie,
  anAnomalieEnveloppe,
  InMemoryService,
  NOM_RETOUR as NOM,
  RETOUR_SCENES,
  retourScene,
} from '@teletransmission/testkit';
import { RETOUR_CASES, RETOUR_POLICY } from '../../retour/policy';
import { RETOUR_TRANSITIONS } from '../../vies/retour-transitions';

const ACTE = '034-213402761-20221020-2022-10-062-DE';
const { awaiting, acknowledged, cancelling, last, rejected, steer } = retourScene;

describe('la politique des retours, cas par cas', () => {
  it.each(RETOUR_CASES)('%s', async (name) => {
    const service = new InMemoryService();
    const { play, state } = RETOUR_SCENES[name];
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
