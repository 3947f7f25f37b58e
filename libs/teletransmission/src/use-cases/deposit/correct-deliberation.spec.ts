import type { Result } from '@teletransmission/kernel';
import { aCompte, aDossier, anAccuse, anAnomalie, aPdf, InMemoryService } from '@teletransmission/testkit';
import type { StoredFile } from '../../deliberation/deliberation';
import type { CollectiviteId } from '../../ids';
import type { DepositAnswer } from './accept-dossier';

const REFERENCE = '034-213402761-20221020-2022-10-062-DE';
const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';

/** La délibération de référence, refusée par la préfecture. */
async function rejected(nature = '007', mots = 'Fichier illisible'): Promise<InMemoryService> {
  const service = new InMemoryService();
  await service.depositReference();
  await service.runJobs();
  await service.receive('m1', NOM, await anAnomalie(nature, mots));
  expect(service.transmission().state).toBe('rejected');
  return service;
}

const REPRISES = { document: { reprend: 0 }, annexes: [{ reprend: 1 }] };

function correct(
  service: InMemoryService,
  changes: Readonly<Record<string, unknown>> = {},
  rest: {
    readonly fichiers?: readonly StoredFile[];
    readonly cle?: string;
    readonly compte?: ReturnType<typeof aCompte>;
  } = {},
): Promise<Result<DepositAnswer>> {
  const dossier = aDossier({ ...REPRISES, motif: 'Objet refait', objet: 'Convention, refaite', ...changes });
  const { fichiers = [], cle, compte = aCompte() } = rest;
  return service.correct.execute({
    compte,
    deliberationId: service.deliberationId(),
    dossier,
    fichiers,
    idempotency: cle === undefined ? null : { cle, empreinteDemande: JSON.stringify(dossier) },
  });
}

const faultsOf = (answer: Result<DepositAnswer>): readonly string[] =>
  answer.ok ? [] : (answer.problem.violations ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

describe('corriger un acte refusé', () => {
  it('le remplace par un dépôt neuf, de la même identité, chacun lié à l’autre', async () => {
    const service = await rejected();
    const former = service.transmission();
    expect(await correct(service)).toMatchObject({
      ok: true,
      value: { isReplay: false, receipt: { identifiantActe: REFERENCE } },
    });
    expect(service.transmission().state).toBe('withdrawn');
    expect(service.transmission(1)).toMatchObject({
      state: 'queued',
      identifiantActe: REFERENCE,
      corrigeId: former.id,
      cycle: 1,
      turn: 0,
    });
    const [old, correction] = [...service.ledger.deliberations.values()];
    expect(correction).toMatchObject({ corrigeId: old?.id, objet: 'Convention, refaite' });
    expect(correction?.pieces).toEqual(old?.pieces);
    expect(service.ledger.audit.slice(-2)).toMatchObject([
      {
        evenement: 'superseded',
        etatApres: 'withdrawn',
        motif: 'Objet refait',
        preuve: { corrigeePar: correction?.id },
      },
      { evenement: 'deposited', motif: 'Objet refait', preuve: { corrige: old?.id } },
    ]);
  });

  it('part sous une enveloppe neuve, et l’accusé est le sien', async () => {
    const service = await rejected();
    await correct(service);
    await service.runJobs();
    expect(service.prefecture.taken.map(({ nom }) => nom)).toEqual([
      'TLT-TACT--213402761--20221102-1.tar.gz',
      'TLT-TACT--213402761--20221102-2.tar.gz',
    ]);
    await service.receive('m2', NOM, await anAccuse());
    expect(service.transmission(1).state).toBe('acknowledged');
    expect(service.transmission().state).toBe('withdrawn');
  });

  it('reprend une pièce par son rang, en change le type ou la place, ou joint un fichier neuf', async () => {
    const service = await rejected();
    const neuf = { nomFichier: 'extrait.pdf', ...service.documents.keep(aPdf('neuf')) };
    const answer = await correct(
      service,
      {
        document: { fichier: 'extrait.pdf' },
        annexes: [{ reprend: 1, typePiece: '70_DE' }, { reprend: 0 }],
      },
      { fichiers: [neuf] },
    );
    expect(faultsOf(answer)).toEqual([]);
    const [old, correction] = [...service.ledger.deliberations.values()];
    expect(correction?.pieces.map(({ rang, typePiece, empreinte }) => [rang, typePiece, empreinte])).toEqual([
      [0, '99_DE', neuf.empreinte],
      [1, '70_DE', old?.pieces[1]?.empreinte],
      [2, '99_DE', old?.pieces[0]?.empreinte],
    ]);
  });

  it('dit toutes ses fautes ensemble, et ne remplace rien', async () => {
    const service = await rejected();
    const answer = await correct(service, {
      motif: ' ',
      collectivite: '213401722',
      objet: 'une\nligne',
      annexes: [{ reprend: 7 }, { reprend: 1, fichier: 'x.pdf' }],
    });
    expect(faultsOf(answer)).toEqual([
      '/motif transmission/reason-missing',
      '/collectivite correction/other-collectivite',
      '/objet objet/several-lines',
      '/annexes/0/reprend piece/reprise-unknown',
      '/annexes/1/reprend piece/reprise-and-file',
    ]);
    expect(service.transmission().state).toBe('rejected');
    expect(service.ledger.deliberations.size).toBe(1);
  });

  it('demande un autre numéro quand la préfecture dit que celui-ci est pris', async () => {
    const service = await rejected('001', 'Acte déjà transmis');
    expect(faultsOf(await correct(service))).toEqual(['/numeroInterne correction/number-taken']);
    expect((await correct(service, { numeroInterne: '2022-10-063' })).ok).toBe(true);
    expect(service.transmission(1)).toMatchObject({
      identifiantActe: '034-213402761-20221020-2022-10-063-DE',
      corrigeId: service.transmission().id,
    });
  });

  it('se répète sous sa clé, et ne se fait qu’une fois', async () => {
    const service = await rejected();
    const first = await correct(service, {}, { cle: 'cle-1' });
    expect(await correct(service, {}, { cle: 'cle-1' })).toEqual({
      ok: true,
      value: { receipt: first.ok && first.value.receipt, isReplay: true },
    });
    expect(await correct(service)).toMatchObject({
      ok: false,
      problem: { code: 'transmission/event-refused' },
    });
    expect(service.ledger.deliberations.size).toBe(2);
  });

  it('vaut aussi pour un acte retenu, jamais pour un acte en route', async () => {
    const service = new InMemoryService();
    await service.depositReference();
    expect(await correct(service)).toMatchObject({
      ok: false,
      problem: { code: 'transmission/event-refused' },
    });
    const { id: transmissionId } = service.transmission();
    await service.steer.execute({
      compte: aCompte(),
      transmissionId,
      steering: 'put-on-hold',
      motif: 'À revoir',
    });
    expect((await correct(service)).ok).toBe(true);
  });

  it('n’existe pas pour le compte d’une autre collectivité, et se refuse à qui ne dépose pas', async () => {
    const service = await rejected();
    const ailleurs = aCompte({
      role: 'deposant',
      collectiviteId: 'c0000000-0000-7000-8000-000000000099' as CollectiviteId,
    });
    expect(await correct(service, {}, { compte: ailleurs })).toMatchObject({
      ok: false,
      problem: { code: 'deliberation/unknown' },
    });
    expect(await correct(service, {}, { compte: aCompte({ role: 'auditeur' }) })).toMatchObject({
      ok: false,
      problem: { code: 'compte/forbidden' },
    });
  });

  it('ne se prend pas pour un dépôt : « reprend » et « motif » y sont des champs inconnus', async () => {
    const service = new InMemoryService();
    const answer = await service.depositReference({ document: { reprend: 0 }, motif: 'pour voir' });
    expect(faultsOf(answer)).toEqual(
      expect.arrayContaining(['/motif dossier/unknown-field', '/document/reprend dossier/unknown-field']),
    );
  });
});
