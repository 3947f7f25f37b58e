import {
  aBudget,
  afterHttpHeaders,
  aPdf,
  aPng,
  cutPdf,
  encryptedPdf,
  loginPage,
} from '@teletransmission/testkit';
import { aDeposit } from '../../test/a-deposit';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';
import { deliberationSuivieSchema } from './deliberation.schema';

jest.setTimeout(60_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}
const faultsOf = (answer: Answer): readonly Fault[] => (answer.body['violations'] ?? []) as readonly Fault[];

describe('les documents d’un dépôt sont ouverts', () => {
  it('et ceux qui ne valent rien se disent tous, par ce qu’ils sont, avec ce qu’il faut faire', async () => {
    const before = await api.rowCounts();
    const noms = ['extrait.pdf', 'coupe.pdf', 'chiffre.pdf', 'plan.png'];
    const annexes = noms.slice(1).map((fichier) => ({ fichier, typePiece: '99_DE' }));
    const contents = [loginPage(), cutPdf(), encryptedPdf('secret'), aPng().subarray(0, 60)];
    const fichiers = noms.map((nom, rang) => ({ nom, octets: contents[rang] ?? Buffer.alloc(0) }));
    const answer = await api.deposit(aDeposit({ annexes }, fichiers));
    expect([answer.status, answer.body['code']]).toEqual([422, 'deliberation/invalid']);
    expect(faultsOf(answer).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/document/fichier', 'piece/format-unknown'],
      ['/annexes/0/fichier', 'piece/cut'],
      ['/annexes/1/fichier', 'piece/password'],
      ['/annexes/2/fichier', 'piece/cut'],
    ]);
    for (const [rang, { detail }] of faultsOf(answer).entries())
      expect(detail).toMatch(new RegExp(`^« ${noms[rang] ?? ''} » (est|demande) .+\\.$`));
    expect(await api.rowCounts()).toEqual(before);
  });

  it('et ce qu’ils ont d’inhabituel se garde, se montre et entre au journal', async () => {
    const id = await api
      .deposit(
        aDeposit({}, [
          { nom: 'extrait.pdf', octets: afterHttpHeaders() },
          { nom: 'convention.pdf', octets: aPdf('convention') },
        ]),
      )
      .then(({ body }) => String(body['id']));
    const { body } = await api.ask('GET', `/v1/deliberations/${id}`);
    const { pieces } = deliberationSuivieSchema.parse(body);
    expect(pieces.map(({ remarques }) => remarques?.map(({ code }) => code))).toEqual([
      ['octets-avant-le-pdf'],
      [],
    ]);
    const { body: history } = await api.ask('GET', `/v1/deliberations/${id}/historique`);
    expect(JSON.stringify(history)).toContain('"remarquesPiece0":"octets-avant-le-pdf"');
  });

  it('et un budget scellé passe, avec sa délibération', async () => {
    const budget = {
      nature: 'BF',
      matiere: '7.1',
      document: { fichier: 'budget.xml' },
      annexes: [{ fichier: 'deliberation.pdf', typePiece: '70_DE' }],
    };
    const deliberation = { nom: 'deliberation.pdf', octets: aPdf('délibération') };
    const sealed = await api.deposit(
      aDeposit(budget, [{ nom: 'budget.xml', octets: aBudget() }, deliberation]),
    );
    expect(sealed.status).toBe(201);
    const unsealed = await api.deposit(
      aDeposit(budget, [{ nom: 'budget.xml', octets: aBudget({ sceau: null }) }, deliberation]),
    );
    expect(faultsOf(unsealed)).toMatchObject([
      { pointer: '/document/fichier', code: 'piece/budget-not-sealed' },
    ]);
  });
});
