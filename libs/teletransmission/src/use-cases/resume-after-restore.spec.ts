import { InMemoryService } from '@teletransmission/testkit';
import { ResumeAfterRestore } from './resume-after-restore';

let service: InMemoryService;
let resume: ResumeAfterRestore;
beforeEach(() => {
  service = new InMemoryService();
  resume = new ResumeAfterRestore(service.transmissions, 120_000, service.clock, service.ids);
});

describe('la reprise après une restauration', () => {
  it('retient ce qui attendait en file : parti depuis, il le serait sous un nom que nul ne connaît plus', async () => {
    await service.depositReference();
    expect(await resume.execute()).toEqual({ retenues: 1, incertaines: 0, enRetard: 0 });
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'restauration/maybe-sent' },
    });
    // Le travail d'avant, s'il survit dans une file, ne fait plus rien partir.
    await service.runJobs();
    expect(service.prefecture.taken).toEqual([]);
  });

  it('rend incertain ce qui était sous enveloppe : la préfecture dit par son nom si elle l’a, et rien ne part en double', async () => {
    await service.depositReference();
    await service.seal.execute(service.transmission().id);
    expect(await resume.execute()).toEqual({ retenues: 0, incertaines: 1, enRetard: 0 });
    expect(service.transmission().state).toBe('uncertain');
    expect(service.ledger.eventsOf(service.transmission().id).slice(-2)).toEqual([
      'envoi-opened',
      'envoi-lost',
    ]);
    service.prefecture.lookUpAnswer = 'present';
    service.clock.advance(120_000);
    await service.reconcile.execute(service.transmission().id);
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(service.prefecture.taken).toEqual([]);
  });

  it('signale un accusé attendu, qui a pu être relevé puis perdu ; refaite, elle ne fait plus rien', async () => {
    await service.depositReference();
    await service.runJobs();
    expect(service.transmission().state).toBe('awaiting-ack');
    expect(await resume.execute()).toEqual({ retenues: 0, incertaines: 0, enRetard: 1 });
    expect(service.transmission()).toMatchObject({
      state: 'awaiting-ack',
      isOverdue: true,
    });
    expect(await resume.execute()).toEqual({ retenues: 0, incertaines: 0, enRetard: 0 });
  });
});
