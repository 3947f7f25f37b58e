import { aDeposit, aDossier, bodyOf } from '../../test/a-deposit';
import { aPdf } from '@teletransmission/testkit';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

const fichiers = ['extrait.pdf', 'convention.pdf'].map((nom) => ({ nom, octets: aPdf(nom) }));
const keyed = (cle: string): { headers: Record<string, string> } => ({ headers: { 'idempotency-key': cle } });

describe('une clé d’idempotence', () => {
  it('rend la première réponse à qui la répète, et le dit', async () => {
    const deposit = aDeposit();
    const first = await api.deposit(deposit, keyed('seance-1'));
    const before = await api.rowCounts();
    const second = await api.deposit(deposit, keyed('seance-1'));
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(second.headers['location']).toBe(first.headers['location']);
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(await api.rowCounts()).toEqual(before);
  });

  it('reconnaît la même demande quand les champs et les parties changent de place', async () => {
    const dossier = aDossier();
    const first = await api.deposit({ dossier, fichiers }, keyed('seance-2'));
    const shuffled = Object.fromEntries(Object.entries(dossier).reverse());
    const second = await api.deposit(
      { dossier: shuffled, fichiers: [...fichiers].reverse() },
      keyed('seance-2'),
    );
    expect([second.status, second.body]).toEqual([201, first.body]);
  });

  it.each([
    ['un champ', { dossier: aDossier({ numeroInterne: 'AUTRE-1', objet: 'Un autre objet' }), fichiers }],
    [
      'un octet d’une pièce',
      {
        dossier: aDossier({ numeroInterne: 'AUTRE-2' }),
        fichiers: [{ nom: 'extrait.pdf', octets: aPdf('autre') }, ...fichiers.slice(1)],
      },
    ],
  ])('est refusée avec un contenu où change %s', async (_, other) => {
    const cle = `cle-${String(other.dossier['numeroInterne'])}`;
    const same = { dossier: aDossier({ numeroInterne: other.dossier['numeroInterne'] }), fichiers };
    expect((await api.deposit(same, keyed(cle))).status).toBe(201);
    const before = await api.rowCounts();
    const answer = await api.deposit(other, keyed(cle));
    expect([answer.status, answer.body['code']]).toEqual([409, 'idempotency/other-request']);
    expect(await api.rowCounts()).toEqual(before);
  });

  it('ne retient pas une demande refusée : corrigée, elle passe sous la même clé', async () => {
    const dossier = aDossier();
    const wrong = await api.deposit({ dossier: { ...dossier, objet: '' }, fichiers }, keyed('seance-3'));
    const right = await api.deposit({ dossier, fichiers }, keyed('seance-3'));
    expect([wrong.status, right.status]).toEqual([422, 201]);
    expect(right.headers['idempotency-replayed']).toBeUndefined();
  });

  it('est propre à une collectivité : deux communes peuvent prendre la même', async () => {
    const ours = await api.deposit(aDeposit(), keyed('seance-4'));
    const theirs = await api.deposit(aDeposit({ collectivite: api.voisine.siren }), {
      jeton: api.jetonsVoisine.deposant,
      ...keyed('seance-4'),
    });
    expect([ours.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body['id']).not.toBe(ours.body['id']);
  });

  it('de dix demandes identiques et simultanées, n’en fait qu’une', async () => {
    const { payload, headers } = await bodyOf(aDeposit());
    const before = await api.rowCounts();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        api.ask('POST', '/v1/deliberations', {
          jeton: api.jetonsCommune.deposant,
          headers: { ...headers, 'idempotency-key': 'seance-5' },
          body: payload,
        }),
      ),
    );
    const after = await api.rowCounts();
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(201));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(
      answers.filter(({ headers: received }) => received['idempotency-replayed'] === undefined),
    ).toHaveLength(1);
    expect(after['deliberations']).toBe((before['deliberations'] ?? 0) + 1);
    expect(after['outbox']).toBe((before['outbox'] ?? 0) + 1);
  });

  it('sans elle, de dix demandes simultanées du même acte, une seule passe', async () => {
    const { payload, headers } = await bodyOf(aDeposit());
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        api.ask('POST', '/v1/deliberations', { jeton: api.jetonsCommune.deposant, headers, body: payload }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  });

  it.each([
    ['vide', ''],
    ['trop longue', 'k'.repeat(201)],
    ['avec une espace', 'deux mots'],
    ['accentuée', 'cl\u00e9'],
  ])('est refusée %s', async (_, cle) => {
    const answer = await api.deposit(aDeposit(), keyed(cle));
    expect([answer.status, answer.body['code']]).toEqual([400, 'http/malformed']);
  });
});
