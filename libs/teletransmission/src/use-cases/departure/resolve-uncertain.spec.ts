import { aCompte, InMemoryService, TIMINGS } from '@teletransmission/testkit';
import type { Compte } from '../../compte/compte';
import type { CollectiviteId, CompteId } from '../../ids';
import type { Verdict } from '../../outcome/constat';

const operateur = (nom: string, changes: Partial<Compte> = {}): Compte =>
  aCompte({ id: nom as CompteId, nom, role: 'operateur', ...changes });
const ALICE = operateur('Alice');
const BRUNO = operateur('Bruno');

/** Une préfecture dont la liaison ne saura jamais dire si elle a l'archive. */
async function uncertain(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.seal.execute(service.transmission().id);
  service.prefecture.answer({ kind: 'lost', code: 'prefecture/answer-lost', detail: 'Réponse perdue.' });
  service.prefecture.lookUpAnswer = 'unknown';
  await service.submit.execute(service.transmission().id);
  service.clock.advance(TIMINGS.settleMs);
  expect(await service.reconcile.execute(service.transmission().id)).toMatchObject({ kind: 'later' });
  return service;
}

async function say(
  service: InMemoryService,
  compte: Compte,
  constat: Verdict,
  motif = `${compte.nom} a appelé la préfecture`,
): ReturnType<InMemoryService['resolve']['execute']> {
  service.clock.advance(60_000);
  return service.resolve.execute({ compte, transmissionId: service.transmission().id, constat, motif });
}

describe('trancher à deux un envoi incertain', () => {
  it('un seul opérateur ne tranche pas, même deux fois', async () => {
    const service = await uncertain();
    for (let again = 0; again < 2; again += 1) {
      expect(await say(service, ALICE, 'absente')).toMatchObject({
        ok: true,
        value: { state: 'uncertain', attendu: expect.stringContaining('second opérateur') as string },
      });
    }
    expect(service.transmission().state).toBe('uncertain');
    const events = service.ledger.eventsOf(service.transmission().id);
    expect(events.filter((event) => event === 'constat-recorded')).toHaveLength(1);
  });

  it('deux d’accord sur « présente » : l’accusé est attendu, les deux noms et les deux motifs restent', async () => {
    const service = await uncertain();
    await say(service, ALICE, 'presente', 'vue dans leur boîte');
    expect(await say(service, BRUNO, 'presente', 'confirmée au téléphone')).toMatchObject({
      ok: true,
      value: { state: 'awaiting-ack', attendu: null },
    });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      evenement: 'found-at-prefecture',
      acteur: { kind: 'compte', nom: 'Bruno' },
      motif: 'Alice : vue dans leur boîte — Bruno : confirmée au téléphone',
      preuve: { premier: 'Alice', second: 'Bruno', constat: 'presente' },
    });
    expect(service.ledger.envois).toMatchObject([{ closed: { outcome: 'found' } }]);
  });

  it('deux d’accord sur « absente » : la même archive repart plus tard, sous le même nom', async () => {
    const service = await uncertain();
    await say(service, ALICE, 'absente');
    await say(service, BRUNO, 'absente');
    expect(service.transmission().state).toBe('sealed');
    service.clock.set(service.transmission().nextTurnAt ?? '');
    await service.submit.execute(service.transmission().id);
    expect(new Set(service.prefecture.taken.map(({ nom }) => nom)).size).toBe(1);
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', turn: 2 });
  });

  it('contraires : cela se dit, rien ne bouge, et qui s’est trompé refait le sien', async () => {
    const service = await uncertain();
    await say(service, ALICE, 'absente');
    expect(await say(service, BRUNO, 'presente')).toMatchObject({
      ok: true,
      value: { state: 'uncertain', attendu: expect.stringContaining('se contredisent') as string },
    });
    expect(await say(service, operateur('Carole'), 'absente')).toMatchObject({
      value: { state: 'uncertain' },
    });
    await say(service, BRUNO, 'absente', 'je m’étais trompé de commune');
    expect(service.transmission().state).toBe('sealed');
  });

  it('un constat d’un envoi ne vaut pas pour le suivant', async () => {
    const service = await uncertain();
    await say(service, ALICE, 'absente');
    await say(service, BRUNO, 'absente');
    service.clock.set(service.transmission().nextTurnAt ?? '');
    service.prefecture.answer({ kind: 'lost', code: 'prefecture/answer-lost', detail: 'Réponse perdue.' });
    await service.submit.execute(service.transmission().id);
    expect(await say(service, ALICE, 'absente')).toMatchObject({ value: { state: 'uncertain' } });
  });

  it.each([
    ['un déposant', operateur('Denis', { role: 'deposant' }), 'compte/forbidden'],
    ['un auditeur', operateur('Denis', { role: 'auditeur' }), 'compte/forbidden'],
    [
      'une autre collectivité',
      operateur('Denis', { collectiviteId: 'c0000000-0000-7000-8000-000000000099' as CollectiviteId }),
      'transmission/unknown',
    ],
  ])('%s ne constate rien', async (_cas, compte, code) => {
    const service = await uncertain();
    expect(await say(service, compte, 'absente')).toMatchObject({ ok: false, problem: { code } });
  });

  it('sans motif, ou hors de l’incertitude : refusé, et rien n’est gardé', async () => {
    const service = await uncertain();
    expect(await say(service, ALICE, 'absente', ' ')).toMatchObject({
      problem: { code: 'transmission/reason-missing' },
    });
    expect(service.ledger.constats).toHaveLength(0);
    service.prefecture.lookUpAnswer = 'present';
    await service.reconcile.execute(service.transmission().id);
    expect(await say(service, ALICE, 'absente')).toMatchObject({
      problem: { code: 'transmission/event-refused', facts: { state: 'awaiting-ack' } },
    });
  });
});
