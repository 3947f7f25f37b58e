import { addMs } from '@teletransmission/kernel';
import { InMemoryService, TIMINGS } from '@teletransmission/testkit';
import type { TransmissionId } from '../../ids';

describe('balayer les échéances', () => {
  it('signale un accusé en retard une fois, sans changer l’état ni son ancienneté', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    await service.runJobs();
    const { since } = service.transmission();
    service.clock.advance(TIMINGS.ackDeadlineMs - 1);
    expect((await service.sweep.execute()).overdue).toBe(0);
    service.clock.advance(1);
    expect((await service.sweep.execute()).overdue).toBe(1);
    expect((await service.sweep.execute()).overdue).toBe(0);
    expect(service.transmission()).toMatchObject({ state: 'awaiting-ack', isOverdue: true, since });
  });

  it('rend incertain un envoi dont l’auteur est mort, jamais « à renvoyer »', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    await service.seal.execute(service.transmission().id);
    service.prefecture.duringSubmit = () => Promise.reject(new Error('tué'));
    await expect(service.submit.execute(service.transmission().id)).rejects.toThrow('tué');
    expect((await service.sweep.execute()).lost).toBe(0);
    service.clock.advance(TIMINGS.leaseMs);
    expect((await service.sweep.execute()).lost).toBe(1);
    expect(service.transmission()).toMatchObject({
      state: 'uncertain',
      stopReason: { code: 'envoi/interrupted' },
    });
  });

  it('rend ce que la file a oublié', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    expect((await service.sweep.execute()).waiting).toEqual([]);
    service.clock.advance(120_000);
    expect((await service.sweep.execute()).waiting).toEqual([
      { job: 'seal-enveloppe', targetId: service.transmission().id, turn: 1, notBefore: null },
    ]);
  });

  it('lit tout ce qui attend : cinq cents actes que la file tient n’en cachent pas un', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    const acte = service.transmission();
    for (let rank = 0; rank < 500; rank += 1) {
      const id = `autre-${rank}` as TransmissionId;
      service.ledger.transmissions.set(id, { ...acte, id, since: addMs(acte.since, -1_000) });
    }
    service.clock.advance(120_000);
    const { waiting } = await service.sweep.execute();
    expect(waiting).toHaveLength(501);
    expect(waiting.at(-1)?.targetId).toBe(acte.id);
  });

  it('reprend au balayage suivant ce qui dépasse sa mesure, puis revient au plus ancien', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    const acte = service.transmission();
    for (let rank = 0; rank < 10_000; rank += 1) {
      const id = `autre-${rank}` as TransmissionId;
      service.ledger.transmissions.set(id, { ...acte, id, since: addMs(acte.since, -1_000) });
    }
    service.clock.advance(120_000);
    const [first, second, third] = [
      await service.sweep.execute(),
      await service.sweep.execute(),
      await service.sweep.execute(),
    ];
    expect(first.waiting).toHaveLength(10_000);
    expect(second.waiting.map(({ targetId }) => targetId)).toEqual([acte.id]);
    expect(third.waiting).toEqual(first.waiting);
  });
});
