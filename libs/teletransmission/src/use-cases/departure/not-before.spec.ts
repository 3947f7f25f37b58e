import { civilDate } from '@teletransmission/kernel';
import {
  aCompte,
  aDossier,
  InMemoryAlertes,
  InMemoryPouls,
  InMemoryService,
  SEUILS,
  TIMINGS,
} from '@teletransmission/testkit';
import type { Empreinte } from '../../ids';
import { happeningOfAnswer } from '../../outcome/answer-happening';
import { suiteOfReponse } from '../../situation/suite.fr';
import { happeningOfFinding } from '../../outcome/settle-uncertain';
import { RaiseAlertes } from '../alertes/raise-alertes';
import { OUTDATED_CLASSIFICATION } from '../../retour/anomalie';
import { ResumeAfterRestore } from './resume-after-restore';
import type { Steering } from './steer-transmission';

const NEW_YEAR = '2022-12-31T23:00:00.000Z';

async function deposited(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference({ pasAvant: '2023-01-01' });
  return service;
}

async function steer(service: InMemoryService, ...steerings: readonly Steering[]): Promise<void> {
  const { id: transmissionId } = service.transmission();
  for (const steering of steerings)
    await service.steer.execute({ compte: aCompte(), transmissionId, steering, motif: 'À revoir' });
}

function reject(service: InMemoryService, code: string): void {
  const acte = service.transmission();
  service.ledger.transmissions.set(acte.id, {
    ...acte,
    state: 'rejected',
    nextTurnAt: null,
    stopReason: { code, detail: '' },
    classificationEnvoyee: civilDate('2018-01-01'),
  });
}

function correct(
  service: InMemoryService,
  pasAvant?: string | null,
): ReturnType<InMemoryService['correct']['execute']> {
  const { deliberationId } = service.transmission();
  const changes = pasAvant === undefined ? {} : { pasAvant };
  const pieces = { document: { reprend: 0 }, annexes: [{ reprend: 1 }] };
  return service.correct.execute({
    compte: aCompte(),
    deliberationId: deliberationId ?? '',
    dossier: aDossier({ ...pieces, ...changes, motif: 'Objet corrigé' }),
    fichiers: [],
    idempotency: null,
  });
}

/** En file pour son heure : rien ne part avant, la page le dit, et rien n'accuse les travailleurs. */
async function expectStillWaiting(service: InMemoryService): Promise<void> {
  const acte = service.transmission();
  expect(acte).toMatchObject({ state: 'queued', nextTurnAt: NEW_YEAR });
  expect(service.ledger.outbox.at(-1)).toMatchObject({ job: 'seal-enveloppe', notBefore: NEW_YEAR });
  expect(await service.seal.execute(acte.id)).toEqual({ kind: 'later', at: NEW_YEAR });
  expect(suiteOfReponse(acte)).toMatchObject({ at: NEW_YEAR, sens: 'pas-avant' });
  service.clock.set('2022-12-31T22:00:00.000Z');
  const alertes = new InMemoryAlertes(service.ledger);
  const raise = new RaiseAlertes(alertes, new InMemoryPouls(), SEUILS, service.clock, service.ids);
  expect(await raise.execute()).toMatchObject({ opened: 0 });
}

describe('un acte qui ne doit pas partir avant une date', () => {
  it('attend son heure, puis part sous l’enveloppe de ce jour-là', async () => {
    const service = new InMemoryService();
    const waiting = async (): Promise<readonly unknown[]> => {
      const now = service.clock.now();
      return (await service.transmissions.findWaiting(now, now, null, 10)).items;
    };
    await service.depositReference({ pasAvant: '2023-01-01' });
    expect(service.transmission()).toMatchObject({ state: 'queued', nextTurnAt: NEW_YEAR });
    expect(service.ledger.outbox).toMatchObject([{ job: 'seal-enveloppe', notBefore: NEW_YEAR }]);
    expect(service.ledger.audit[0]?.preuve).toMatchObject({ pasAvant: NEW_YEAR });
    expect(await service.seal.execute(service.transmission().id)).toEqual({ kind: 'later', at: NEW_YEAR });
    expect(service.ledger.enveloppes.size).toBe(0);

    service.clock.set('2022-12-31T22:59:59.999Z');
    expect((await service.seal.execute(service.transmission().id)).kind).toBe('later');
    expect(await waiting()).toEqual([]);

    service.clock.set(NEW_YEAR);
    expect(await waiting()).toHaveLength(1);
    expect((await service.seal.execute(service.transmission().id)).kind).toBe('done');
    const [enveloppe] = [...service.ledger.enveloppes.values()];
    expect(enveloppe).toMatchObject({
      jour: '2023-01-01',
      archive: { nom: 'TLT-TACT--213402761--20230101-1.tar.gz' },
    });
  });

  it('retenu puis remis en file avant l’heure, l’attend encore, et le dit', async () => {
    const service = await deposited();
    await steer(service, 'put-on-hold', 'resubmitted');
    await expectStillWaiting(service);
  });

  it('retenu et remis en file une fois l’heure passée, repart aussitôt', async () => {
    const service = await deposited();
    await steer(service, 'put-on-hold');
    service.clock.set(NEW_YEAR);
    await steer(service, 'resubmitted');
    expect(service.transmission()).toMatchObject({ state: 'queued', nextTurnAt: null });
    expect(service.ledger.outbox.at(-1)).toMatchObject({ job: 'seal-enveloppe', notBefore: null });
  });

  it('refusé pour sa nomenclature et repris de lui-même, attend encore', async () => {
    const service = await deposited();
    reject(service, OUTDATED_CLASSIFICATION);
    await service.resubmitOutdated.execute(service.transmission().id);
    await expectStillWaiting(service);
  });

  it('restauré puis remis en file, attend encore', async () => {
    const service = await deposited();
    await new ResumeAfterRestore(service.transmissions, 120_000, service.clock, service.ids).execute();
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'restauration/maybe-steered' },
    });
    await steer(service, 'resubmitted');
    await expectStillWaiting(service);
  });

  it('absent à la préfecture, ou remis par elle, ne retourne sous enveloppe que pour son heure', async () => {
    const service = await deposited();
    const waiting = service.transmission();
    const at = service.clock.now();
    const finding = { at, actor: { kind: 'service' }, reason: '', evidence: {} } as const;
    const archive = { nom: 'archive', empreinte: 'e' as Empreinte, tailleOctets: 1 };
    const answer = { kind: 'deferred', code: 'http/503', detail: '' } as const;
    for (const { patch, outbox } of [
      happeningOfFinding({ ...waiting, state: 'uncertain', turn: 1 }, 'absent', finding, TIMINGS),
      happeningOfAnswer({ ...waiting, state: 'sending', turn: 1 }, archive, answer, at, TIMINGS),
    ]) {
      expect(patch?.nextTurnAt).toBe(NEW_YEAR);
      expect(outbox).toMatchObject([{ job: 'submit-enveloppe', notBefore: NEW_YEAR }]);
    }
  });

  it('corrigé sans rien dire de la date, la garde ; la correction peut l’ôter ou en donner une autre', async () => {
    const dates = [];
    for (const pasAvant of [undefined, null, '2023-02-01']) {
      const service = await deposited();
      await steer(service, 'put-on-hold');
      const corrected = await correct(service, pasAvant);
      expect(corrected.ok).toBe(true);
      dates.push(service.transmission(1).nextTurnAt);
    }
    expect(dates).toEqual([NEW_YEAR, null, '2023-01-31T23:00:00.000Z']);
  });

  it('corrigé une fois l’heure passée, repart aussitôt', async () => {
    const service = await deposited();
    await steer(service, 'put-on-hold');
    service.clock.set(NEW_YEAR);
    expect((await correct(service)).ok).toBe(true);
    expect(service.transmission(1)).toMatchObject({ state: 'queued', nextTurnAt: null });
  });

  it('se refuse avec les autres fautes quand la date ne va pas', async () => {
    const service = new InMemoryService();
    const answer = await service.depositReference({ pasAvant: '2021-01-01', objet: 'une\nligne' });
    expect(answer.ok ? [] : answer.problem.violations).toMatchObject([
      { pointer: '/objet' },
      { pointer: '/pasAvant', code: 'pas-avant/past' },
    ]);
  });
});
