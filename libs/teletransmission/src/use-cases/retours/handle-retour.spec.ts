import { aCompte, anAccuse, InMemoryService } from '@teletransmission/testkit';
import type { Compte } from '../../compte/compte';
import type { RetourId } from '../../ids';
import type { Handling } from './handle-retour';

const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
const PLATEFORME = aCompte({ role: 'operateur', collectiviteId: null });
const INCONNU = '034-213402761-20221020-2022-10-026-DE';

async function awaiting(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.runJobs();
  return service;
}

const retourOf = (service: InMemoryService): RetourId => {
  const [retour] = service.ledger.retours.values();
  if (!retour) throw new Error('aucun retour');
  return retour.id;
};

const handle = async (
  service: InMemoryService,
  handling: Handling,
  compte: Compte = PLATEFORME,
  motif = 'vu avec la préfecture',
): ReturnType<InMemoryService['handle']['execute']> =>
  service.handle.execute({ compte, id: retourOf(service), handling, motif });

describe('le bac, à la main', () => {
  it('un accusé au numéro fautif se rattache à son acte, et l’acquitte par la même politique', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse({ identifiantActe: INCONNU }));
    expect(service.retourStates()).toEqual(['unmatched']);
    const transmissionId = service.transmission().id;
    expect(await handle(service, { kind: 'rattacher', transmissionId })).toMatchObject({
      ok: true,
      value: { state: 'received' },
    });
    await service.runJobs();
    expect(service.retourStates()).toEqual(['applied']);
    expect(service.transmission()).toMatchObject({ state: 'acknowledged', dateReception: '2022-11-02' });
    expect(service.ledger.audit).toContainEqual(
      expect.objectContaining({
        evenement: 'ar-received',
        preuve: expect.objectContaining({ rattacheParMain: true }) as unknown,
      }),
    );
  });

  it('un accusé d’une autre date, rattaché de force à un acte déjà accusé, reste contradictoire', async () => {
    const service = await awaiting();
    await service.receive(
      'm1',
      NOM,
      await anAccuse({ identifiantActe: INCONNU, dateReception: '2022-11-03' }),
    );
    await service.receive('m2', NOM, await anAccuse());
    await handle(service, { kind: 'rattacher', transmissionId: service.transmission().id });
    await service.runJobs();
    expect(service.retourStates()).toEqual(['contradictory', 'applied']);
    expect(service.transmission().dateReception).toBe('2022-11-02');
  });

  it('se relit autant de fois qu’on le demande, chaque fois par un travail neuf', async () => {
    const service = new InMemoryService();
    service.prefecture.deliver('m1', NOM, await anAccuse());
    await service.collect.execute();
    await service.runJobs();
    expect(service.retourStates()).toEqual(['unmatched']);
    await handle(service, { kind: 'relire' });
    await service.runJobs();
    expect(service.retourStates()).toEqual(['unmatched']);
    // L'acte arrive après son accusé : relu, l'accusé attend encore qu'un envoi de cet acte soit parti.
    await service.depositReference();
    await service.runJobs();
    await handle(service, { kind: 'relire' });
    await service.runJobs();
    expect(service.retourStates()).toEqual(['applied']);
    const turns = service.ledger.outbox.filter(({ job }) => job === 'apply-retour').map(({ turn }) => turn);
    expect(turns).toEqual([1, 2, 3]);
  });

  it('se met de côté, avec son motif, et s’en reprend tant que rien ne dit que son acte n’attend plus', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, Buffer.from('bonjour'));
    expect(await handle(service, { kind: 'mettre-de-cote' })).toMatchObject({
      value: { state: 'set-aside' },
    });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'retour-set-aside',
      motif: 'vu avec la préfecture',
      acteur: { kind: 'compte' },
    });
    expect(await handle(service, { kind: 'relire' })).toMatchObject({
      problem: {
        code: 'retour/event-refused',
        facts: { state: 'set-aside', allowedEvents: ['retour-taken-up'] },
      },
    });
    expect(await handle(service, { kind: 'reprendre' })).toMatchObject({ value: { state: 'received' } });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'retour-taken-up',
      etatAvant: 'set-aside',
      motif: 'vu avec la préfecture',
    });
    await service.runJobs();
    expect(service.retourStates()).toEqual(['unreadable']);
    expect(await handle(service, { kind: 'reprendre' })).toMatchObject({
      problem: { code: 'retour/event-refused' },
    });
  });

  it('mis de côté, ne se reprend pas quand son acte n’attend plus de réponse, et le dit', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse({ dateReception: '2023-11-02' }));
    expect(service.retourStates()).toEqual(['contradictory']);
    await handle(service, { kind: 'mettre-de-cote' });
    await service.receive('m2', NOM, await anAccuse());
    expect(service.transmission().state).toBe('acknowledged');
    expect(await handle(service, { kind: 'reprendre' })).toMatchObject({
      problem: { code: 'retour/act-settled', detail: expect.stringContaining('Acquittée') as unknown },
    });
    expect(service.retourStates()).toEqual(['set-aside', 'applied']);
  });

  it('un retour appliqué, ou déjà rattaché de lui-même, ne se rattache pas ailleurs', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, await anAccuse());
    const transmissionId = service.transmission().id;
    expect(await handle(service, { kind: 'rattacher', transmissionId })).toMatchObject({
      problem: { code: 'retour/event-refused' },
    });
  });

  it('un retour dont rien ne dit la collectivité n’existe que pour la plateforme', async () => {
    const service = await awaiting();
    await service.receive('m1', NOM, Buffer.from('bonjour'));
    const commune = aCompte({ role: 'operateur', collectiviteId: service.transmission().collectiviteId });
    expect(await handle(service, { kind: 'relire' }, commune)).toMatchObject({
      problem: { code: 'retour/unknown' },
    });
    expect(await handle(service, { kind: 'relire' }, { ...PLATEFORME, role: 'auditeur' })).toMatchObject({
      problem: { code: 'compte/forbidden' },
    });
    expect(await handle(service, { kind: 'relire' }, PLATEFORME, ' ')).toMatchObject({
      problem: { code: 'transmission/reason-missing' },
    });
    expect(service.retourStates()).toEqual(['unreadable']);
  });
});
