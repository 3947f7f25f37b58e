import type { Result } from '@teletransmission/kernel';
import {
  aBudget,
  aCompte,
  aDossier,
  aLettre,
  anAccuse,
  anAnomalie,
  aPdf,
  aPng,
  cutPdf,
  InMemoryService,
  loginPage,
} from '@teletransmission/testkit';
import type { DepositAnswer } from './accept-dossier';
import type { Piece, StoredFile } from '../../deliberation/deliberation';

type Contents = Readonly<Record<string, Buffer>>;

const REFERENCE: Contents = { 'extrait.pdf': aPdf('extrait'), 'convention.pdf': aPdf('convention') };
const BUDGET = {
  nature: 'BF',
  matiere: '7.1',
  document: { fichier: 'budget.xml' },
  annexes: [{ fichier: 'extrait.pdf', typePiece: '70_DE' }],
};

const kept = (service: InMemoryService, contents: Contents): StoredFile[] =>
  Object.entries(contents).map(([nomFichier, octets]) => ({ nomFichier, ...service.documents.keep(octets) }));

function deposit(
  service: InMemoryService,
  contents: Contents,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Result<DepositAnswer>> {
  const fichiers = kept(service, contents);
  const dossier = aDossier(changes);
  return service.deposit.execute({ compte: aCompte(), dossier, fichiers, idempotency: null });
}

const faultsOf = (answer: Result<unknown>): readonly string[] =>
  answer.ok ? [] : (answer.problem.violations ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

const piecesOf = (service: InMemoryService): readonly Piece[] =>
  [...service.ledger.deliberations.values()].flatMap(({ pieces }) => pieces);

/** Rend les pièces déposées telles qu'elles étaient avant qu'on les ouvre. */
function forgetOpening(service: InMemoryService): void {
  for (const [id, deliberation] of service.ledger.deliberations) {
    const pieces = deliberation.pieces.map((piece) => ({ ...piece, remarques: null }));
    service.ledger.deliberations.set(id, { ...deliberation, pieces });
  }
}

describe('au dépôt, chaque pièce est ouverte', () => {
  it('et garde son format, d’après son contenu', async () => {
    const service = new InMemoryService();
    expect(faultsOf(await deposit(service, { ...REFERENCE, 'convention.pdf': aPng() }))).toEqual([]);
    expect(piecesOf(service)).toMatchObject([
      { nomFichier: 'extrait.pdf', format: 'pdf', remarques: [] },
      { nomFichier: 'convention.pdf', format: 'png', remarques: [] },
    ]);
  });

  it('et les fautes de toutes se disent avec celles du dossier, chacune à sa place', async () => {
    const service = new InMemoryService();
    const answer = await deposit(
      service,
      { 'extrait.pdf': loginPage(), 'convention.pdf': cutPdf() },
      { objet: 'une\nligne', annexes: [{ fichier: 'convention.pdf', typePiece: '11_AE' }] },
    );
    expect(faultsOf(answer)).toEqual([
      '/objet objet/several-lines',
      '/annexes/0/typePiece type-piece/not-allowed',
      '/document/fichier piece/format-unknown',
      '/annexes/0/fichier piece/cut',
    ]);
    expect(answer).toMatchObject({ problem: { code: 'deliberation/invalid' } });
    expect(answer.ok ? '' : answer.problem.violations?.at(-1)?.detail).toMatch(/^« convention.pdf » est /);
    expect(service.ledger.deliberations.size).toBe(0);
  });

  it('et le document principal est un PDF, hors le budget scellé de nature BF et de matière 7.1', async () => {
    const service = new InMemoryService();
    expect(faultsOf(await deposit(service, { ...REFERENCE, 'extrait.pdf': aPng() }))).toEqual([
      '/document/fichier piece/main-not-pdf',
    ]);
    const files = { 'budget.xml': aBudget(), 'extrait.pdf': aPdf('extrait') };
    expect(faultsOf(await deposit(service, files, { ...BUDGET, matiere: '7.10' }))).toEqual([
      '/document/fichier piece/main-not-pdf',
    ]);
    expect(faultsOf(await deposit(service, files, BUDGET))).toEqual([]);
    expect(piecesOf(service)[0]).toMatchObject({ nomFichier: 'budget.xml', format: 'xml' });
  });

  it('et un XML ne se joint pas à un acte qui n’en admet pas', async () => {
    const answer = await deposit(new InMemoryService(), { ...REFERENCE, 'convention.pdf': aBudget() });
    expect(faultsOf(answer)).toEqual(['/annexes/0/fichier piece/xml-not-admitted']);
  });

  it('et celle qu’une correction reprend l’est de nouveau, à sa place de reprise', async () => {
    const service = new InMemoryService();
    await deposit(service, REFERENCE);
    await service.runJobs();
    await service.receive('m1', 'EACT--SPREF0343-213402761-20221102-1.tar.gz', await anAnomalie('007', ''));
    const [former] = service.ledger.deliberations.values();
    service.inspector.isDown = true;
    const answer = await service.correct.execute({
      compte: aCompte(),
      deliberationId: former?.id ?? '',
      dossier: {
        ...aDossier(),
        motif: 'Le plan manquait.',
        document: { reprend: 0 },
        annexes: [{ reprend: 1 }],
      },
      fichiers: [],
      idempotency: null,
    });
    expect(faultsOf(answer)).toEqual(['/document/reprend piece/unopened']);
  });
});

describe('une pièce qu’on n’a pas pu ouvrir', () => {
  it('n’est pas refusée : rien ne s’enregistre, et la même demande se recommence', async () => {
    const service = new InMemoryService();
    service.inspector.isDown = true;
    const answer = await deposit(service, REFERENCE);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'piece/unopened' } });
    expect(faultsOf(answer)).toEqual(['/document/fichier piece/unopened']);
    expect(service.ledger.deliberations.size + service.ledger.audit.length).toBe(0);
    service.inspector.isDown = false;
    expect((await deposit(service, REFERENCE)).ok).toBe(true);
  });

  it('laisse dire les fautes du dossier, et se dit avec elles', async () => {
    const service = new InMemoryService();
    service.inspector.isDown = true;
    const answer = await deposit(service, REFERENCE, { objet: '' });
    expect(answer).toMatchObject({ problem: { code: 'deliberation/invalid' } });
    expect(faultsOf(answer)).toEqual(['/objet dossier/not-a-text', '/document/fichier piece/unopened']);
  });
});

describe('la réponse à une lettre', () => {
  const answered = async (octets: Buffer, isDown = false): Promise<Result<unknown>> => {
    const service = new InMemoryService();
    await service.depositReference();
    await service.runJobs();
    const nom = 'EACT--SPREF0343-213402761-20221102-1.tar.gz';
    await service.receive('ar', nom, await anAccuse());
    await service.receive('lettre', nom, await aLettre('2-1'));
    const [lettre] = service.ledger.correspondances.values();
    if (!lettre) throw new Error('aucune lettre');
    service.inspector.isDown = isDown;
    const fichiers = kept(service, { 'reponse.pdf': octets });
    const dossier = { flux: '2-2', documents: [{ fichier: 'reponse.pdf', typePiece: '99_DE' }] };
    return service.answer.execute({ compte: aCompte(), correspondanceId: lettre.id, dossier, fichiers });
  };

  it('passe par la même ouverture', async () => {
    expect(faultsOf(await answered(aPdf()))).toEqual([]);
    expect(faultsOf(await answered(cutPdf()))).toEqual(['/documents/0/fichier piece/cut']);
    expect(faultsOf(await answered(aBudget()))).toEqual(['/documents/0/fichier piece/xml-not-admitted']);
    expect(await answered(aPdf(), true)).toMatchObject({ problem: { code: 'piece/unopened' } });
  });
});

describe('une pièce déposée avant qu’on les ouvre', () => {
  it('est ouverte avant de partir', async () => {
    const service = new InMemoryService();
    await deposit(service, REFERENCE);
    forgetOpening(service);
    await service.runJobs();
    expect(service.prefecture.taken).toHaveLength(1);
  });

  it('retient l’acte quand elle ne vaut rien, avec sa phrase', async () => {
    const service = new InMemoryService();
    await deposit(service, REFERENCE);
    forgetOpening(service);
    const [deliberation] = service.ledger.deliberations.values();
    const [document, ...annexes] = deliberation?.pieces ?? [];
    if (!deliberation || !document) throw new Error('rien de déposé');
    const pieces = [{ ...document, ...service.documents.keep(cutPdf()) }, ...annexes];
    service.ledger.deliberations.set(deliberation.id, { ...deliberation, pieces });
    await service.runJobs();
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'piece/cut', detail: '« extrait.pdf » est coupé.' },
    });
    expect(service.prefecture.taken).toEqual([]);
  });

  it('fait attendre, et non échouer, quand on ne peut pas l’ouvrir', async () => {
    const service = new InMemoryService();
    await deposit(service, REFERENCE);
    forgetOpening(service);
    service.inspector.isDown = true;
    expect(await service.seal.execute(service.transmission().id)).toEqual({
      kind: 'later',
      at: '2022-11-02T09:01:00.000Z',
    });
    expect(service.transmission().state).toBe('queued');
    service.inspector.isDown = false;
    expect(await service.seal.execute(service.transmission().id)).toMatchObject({
      kind: 'done',
      state: 'sealed',
    });
  });
});
