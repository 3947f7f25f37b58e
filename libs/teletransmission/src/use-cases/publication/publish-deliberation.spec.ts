import { aCollectivite, aCompte, InMemoryService } from '@teletransmission/testkit';
import type { CollectiviteId } from '../../ids';
import type { Compte } from '../../compte/compte';
import type { DeclarePublication } from './publish-deliberation';

async function deposited(): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  return service;
}

const declare = (
  service: InMemoryService,
  datePublication: string,
  compte: Compte = aCompte(),
  by: Partial<Pick<DeclarePublication, 'adresse' | 'moyen'>> = { moyen: 'affichage' },
): Promise<unknown> =>
  service.publish.declare({
    compte,
    deliberationId: service.deliberationId(),
    datePublication,
    adresse: null,
    moyen: null,
    ...by,
  });

describe('déclarer une publication', () => {
  it('vaut avant comme après l’accusé : l’ordre n’importe pas', async () => {
    const service = await deposited();
    expect(await declare(service, '2022-11-01')).toEqual({ ok: true, value: '2022-11-01' });
    expect(service.ledger.audit.at(-1)).toMatchObject({
      sujet: 'publication',
      evenement: 'publication-declared',
      etatApres: 'published',
      preuve: { datePublication: '2022-11-01', adresse: null, moyen: 'affichage' },
    });
  });

  it('dit qui, quand et comment ; une adresse seule dit un site', async () => {
    const service = await deposited();
    const compte = aCompte();
    const adresse = 'https://commune.example/62';
    await declare(service, '2022-11-01', compte, { adresse });
    expect([...service.ledger.publications.values()]).toMatchObject([
      { adresse, declaration: { par: compte.id, le: service.clock.now(), moyen: 'site' } },
    ]);
  });

  it('est refusée sans adresse ni moyen, avec les autres fautes', async () => {
    const service = await deposited();
    expect(await declare(service, '2022-11-01', aCompte(), {})).toMatchObject({
      ok: false,
      problem: { code: 'publication/unfounded', violations: [{ pointer: '/moyen' }] },
    });
    expect(await declare(service, 'hier', aCompte(), {})).toMatchObject({
      ok: false,
      problem: {
        code: 'publication/invalid-date',
        violations: [{ pointer: '/datePublication' }, { pointer: '/moyen' }],
      },
    });
  });

  it('redite à l’identique vaut une fois ; à une autre date, est refusée', async () => {
    const service = await deposited();
    await declare(service, '2022-11-01');
    const entries = service.ledger.audit.length;
    expect(await declare(service, '2022-11-01')).toMatchObject({ ok: true });
    expect(service.ledger.audit).toHaveLength(entries);
    expect(await declare(service, '2022-11-02')).toMatchObject({
      ok: false,
      problem: { code: 'publication/event-refused' },
    });
  });

  it.each(['2022-10-19', '2022-11-03', '2022-11-31', 'hier', ''])('refuse la date « %s »', async (date) => {
    expect(await declare(await deposited(), date)).toMatchObject({
      ok: false,
      problem: { code: 'publication/invalid-date' },
    });
  });

  it('ignore les délibérations d’une autre collectivité', async () => {
    const elsewhere = aCompte({ collectiviteId: 'c0000000-0000-7000-8000-000000000099' as CollectiviteId });
    expect(await declare(await deposited(), '2022-11-01', elsewhere)).toMatchObject({
      ok: false,
      problem: { code: 'deliberation/unknown' },
    });
  });

  it('est refusée à l’auditeur', async () => {
    const auditeur = aCompte({ role: 'auditeur', collectiviteId: aCollectivite().id });
    expect(await declare(await deposited(), '2022-11-01', auditeur)).toMatchObject({
      ok: false,
      problem: { code: 'compte/forbidden' },
    });
  });

  it('qui change sans cesse pendant qu’on la lit est refusée, et non relue sans fin', async () => {
    const service = await deposited();
    const record = jest.spyOn(service.publications, 'record').mockResolvedValue(false);
    expect(await declare(service, '2022-11-01')).toMatchObject({
      problem: { code: 'publication/contended' },
    });
    expect(record.mock.calls.length).toBeLessThan(10);
  });
});
