import { addDays, civilDateAt } from '@teletransmission/kernel';
import { SystemClock } from '@teletransmission/observability';
import { aDeposit, aDossier } from '../../test/a-deposit';
import { aPdf } from '@teletransmission/testkit';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';
import { deliberationSchema, recuSchema } from './deliberation.schema';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

const pdf = (nom: string): { nom: string; octets: Buffer } => ({ nom, octets: aPdf(nom) });
const pair = [pdf('extrait.pdf'), pdf('convention.pdf')];

function violationsOf(answer: Answer): readonly (readonly [pointer: string, code: string])[] {
  const violations = (answer.body['violations'] ?? []) as { pointer: string; code: string }[];
  return violations.map(({ pointer, code }) => [pointer, code] as const);
}

describe('un dépôt sans faute', () => {
  it('rend un reçu conforme à sa description, et l’adresse où suivre', async () => {
    const answer = await api.deposit(aDeposit({ numeroInterne: '2022-10-062' }));
    const recu = recuSchema.parse(answer.body);
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/deliberations/${recu.id}`);
    expect(recu.identifiantActe).toBe('034-213402761-20221020-2022-10-062-DE');
    const followed = await api.ask('GET', String(answer.headers['location']));
    expect(deliberationSchema.parse(followed.body)).toMatchObject({
      id: recu.id,
      transmission: { id: recu.transmission, etat: 'queued' },
      publication: { etat: 'unpublished' },
      dateExecutoire: null,
      archive: null,
    });
  });

  it('écrit ensemble l’acte, sa transmission, sa publication à faire, son audit et son travail', async () => {
    const before = await api.rowCounts();
    await api.deposited();
    const after = await api.rowCounts();
    const grown = Object.fromEntries(
      Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]),
    );
    expect(grown).toEqual({
      deliberations: 1,
      pieces: 2,
      transmissions: 1,
      publications: 1,
      requetes: 0,
      audit_entries: 1,
      outbox: 1,
    });
  });

  it.each([
    ['hors de Latin-1', 'Création d’une œuvre – coût : 12 000 € 🎉'],
    ['qui se prennent pour du balisage', 'Article <1> & "2" : l\'avenant'],
    ['au plus long', 'é'.repeat(500)],
    ['au plus long, hors du plan de base', '🎉'.repeat(500)],
  ])('garde les caractères d’un objet %s', async (_, objet) => {
    const id = await api.deposited({ objet });
    expect((await api.ask('GET', `/v1/deliberations/${id}`)).body['objet']).toBe(objet);
  });

  it('garde le rang et le type des annexes dans l’ordre du dossier, non dans celui de l’envoi', async () => {
    const annexes = ['c.pdf', 'a.pdf', 'b.pdf'].map((fichier) => ({ fichier, typePiece: '99_DE' }));
    const deposit = aDeposit({ annexes }, ['a.pdf', 'b.pdf', 'extrait.pdf', 'c.pdf'].map(pdf));
    const { body } = await api.deposit(deposit);
    const rows: unknown[] = await api.dataSource.query(
      'SELECT rang, nom_fichier FROM pieces WHERE deliberation_id = $1 ORDER BY rang',
      [body['id']],
    );
    expect(rows).toEqual([
      { rang: 0, nom_fichier: 'extrait.pdf' },
      { rang: 1, nom_fichier: 'c.pdf' },
      { rang: 2, nom_fichier: 'a.pdf' },
      { rang: 3, nom_fichier: 'b.pdf' },
    ]);
  });

  it('prend un nom de fichier accentué', async () => {
    const nom = 'Délibération n° 3 – été œuvre.pdf';
    const answer = await api.deposit(aDeposit({ document: { fichier: nom }, annexes: [] }, [pdf(nom)]));
    expect(answer.status).toBe(201);
  });
});

describe('un dossier fautif', () => {
  it('rend toutes ses fautes ensemble, chacune à son pointeur, et n’enregistre rien', async () => {
    const before = await api.rowCounts();
    const tomorrow = addDays(civilDateAt(new SystemClock().now(), api.commune.fuseau), 1);
    const answer = await api.deposit(
      aDeposit(
        {
          numeroInterne: 'ABCDEFGHIJ123456',
          objet: 'o'.repeat(501),
          matiere: '42.7',
          dateDecision: tomorrow,
          vote: { votants: 24, pour: 5, contre: 12, abstentions: 0 },
          document: { fichier: 'absent.pdf', typePiece: 'ZZ_ZZ' },
          annexes: [
            { fichier: 'vide.pdf', typePiece: '99_DE' },
            { fichier: 'inconnu.bin', typePiece: '99_DE' },
            { fichier: 'inconnu.bin', typePiece: '99_DE' },
          ],
          couleur: 'bleu',
          'a/b~c': 1,
        },
        [
          { nom: 'vide.pdf', octets: Buffer.alloc(0) },
          { nom: 'inconnu.bin', octets: Buffer.from([0, 1, 2, 3]) },
          pdf('en-trop.pdf'),
        ],
      ),
    );
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'deliberation/invalid', status: 422 });
    const expected = [
      ['/couleur', 'dossier/unknown-field'],
      ['/a~1b~0c', 'dossier/unknown-field'],
      ['/numeroInterne', expect.stringMatching(/^numero/)],
      ['/dateDecision', 'dossier/date-in-future'],
      ['/objet', 'objet/too-long'],
      ['/matiere', expect.stringMatching(/^matiere\//)],
      ['/vote/votants', 'vote/unbalanced'],
      ['/vote', 'vote/not-adopted'],
      ['/document/typePiece', expect.stringMatching(/^type-piece\//)],
      ['/document/fichier', 'piece/missing'],
      ['/annexes/0/fichier', 'piece/empty'],
      ['/annexes/1/fichier', 'piece/format-unknown'],
      ['/annexes/2/fichier', 'piece/cited-twice'],
      ['', 'piece/not-cited'],
    ];
    const violations = violationsOf(answer);
    expect(violations).toHaveLength(expected.length);
    expect(violations).toEqual(expect.arrayContaining(expected) as unknown);
    expect(await api.rowCounts()).toEqual(before);
  });

  it.each([
    [
      'un vote en partage sans voix prépondérante',
      { vote: { votants: 2, pour: 1, contre: 1, abstentions: 0 } },
      '/vote',
    ],
    ['un numéro d’un caractère interdit', { numeroInterne: '2022/10' }, '/numeroInterne'],
    ['un objet sur deux lignes', { objet: 'une\ndeux' }, '/objet'],
    ['un objet qui porte un caractère nul', { objet: 'a\u0000b' }, '/objet'],
    ['une date qui n’existe pas', { dateDecision: '2023-02-29' }, '/dateDecision'],
    ['un vote qui n’est pas un objet', { vote: 'unanimité' }, '/vote'],
    ['des annexes qui ne sont pas une liste', { annexes: 'convention.pdf' }, '/annexes'],
    ['un document qui manque', { document: undefined }, '/document'],
    ['une annexe sans type', { annexes: [{ fichier: 'convention.pdf' }] }, '/annexes/0/typePiece'],
    ['une nature inconnue', { nature: 'XX' }, '/nature'],
  ])('refuse %s', async (_, changes, pointer) => {
    const before = await api.rowCounts();
    const answer = await api.deposit(aDeposit(changes));
    expect(answer.status).toBe(422);
    expect(violationsOf(answer).map(([at]) => at)).toContain(pointer);
    expect(await api.rowCounts()).toEqual(before);
  });

  it.each([
    ['un nombre', 3],
    ['une liste', []],
    ['rien', null],
  ])('refuse un dossier qui est %s', async (_, dossier) => {
    const answer = await api.deposit({ dossier: dossier as never, fichiers: pair });
    expect([answer.status, answer.body['code']]).toEqual([422, 'deliberation/invalid']);
  });

  it('refuse deux fichiers du même nom', async () => {
    const answer = await api.deposit(aDeposit({ annexes: [] }, [pdf('extrait.pdf'), pdf('extrait.pdf')]));
    expect(violationsOf(answer)).toEqual([['', 'piece/received-twice']]);
  });

  it.each([
    ['un SIREN qui n’en est pas un', { collectivite: '123' }, 'siren/malformed'],
    ['une collectivité absente', { collectivite: undefined }, 'dossier/missing'],
    ['une collectivité non inscrite', { collectivite: '552100554' }, 'collectivite/unknown'],
  ])('refuse %s, et dit avec elle toutes les autres fautes', async (_, changes, code) => {
    const deposit = aDeposit({ ...changes, objet: '', matiere: '42.7', annexes: [{}] });
    const answer = await api.deposit(deposit, { jeton: api.jetons.deposant });
    expect([answer.status, answer.body['code']]).toEqual([422, 'deliberation/invalid']);
    expect(violationsOf(answer)).toEqual([
      ['/collectivite', code],
      ['/objet', 'dossier/not-a-text'],
      ['/matiere', 'matiere/unknown'],
      ['/annexes/0/typePiece', 'dossier/missing'],
      ['/annexes/0/fichier', 'dossier/missing'],
      ['', 'piece/not-cited'],
    ]);
  });

  it('au-delà de cent fautes, compte les autres, et sa réponse reste courte', async () => {
    const annexes = Array.from({ length: 4_000 }, () => ({}));
    const answer = await api.deposit(aDeposit({ annexes }));
    expect(answer.status).toBe(422);
    expect(violationsOf(answer)).toHaveLength(101);
    expect(violationsOf(answer).at(-1)).toEqual(['', 'violations/others']);
    expect(answer.body['detail']).toMatch(/^402 fautes sont à corriger/);
    expect(answer.text.length).toBeLessThan(256 * 1024);
  });

  it('ne propose à l’agent que des textes en français qui disent quoi faire', async () => {
    const answer = await api.deposit({ dossier: { collectivite: api.commune.siren }, fichiers: [] });
    const violations = answer.body['violations'] as { pointer: string; detail: string }[];
    expect(violations.map(({ pointer }) => pointer).sort()).toEqual(
      ['/dateDecision', '/document', '/matiere', '/numeroInterne', '/objet', '/vote'].sort(),
    );
    for (const { detail } of violations) expect(detail).toMatch(/manque|attendu/);
  });
});

describe('le même acte, déposé de nouveau', () => {
  it('est un conflit qui dit l’état et où suivre l’acte vivant', async () => {
    const dossier = aDossier();
    const first = await api.deposit({ dossier, fichiers: pair });
    const before = await api.rowCounts();
    const second = await api.deposit({ dossier, fichiers: pair });
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({
      code: 'deliberation/already-deposited',
      state: 'queued',
      deliberationId: first.body['id'],
      identifiantActe: first.body['identifiantActe'],
    });
    expect(await api.rowCounts()).toEqual(before);
  });

  it('se redépose une fois le premier retiré', async () => {
    const dossier = aDossier();
    const first = await api.deposit({ dossier, fichiers: pair });
    await api.ask('POST', `/v1/deliberations/${String(first.body['id'])}/retrait`, {
      body: { motif: 'erreur de pièce' },
    });
    expect((await api.deposit({ dossier, fichiers: pair })).status).toBe(201);
  });
});
