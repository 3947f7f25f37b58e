import { acknowledge } from '../../test/acknowledge';
import { RunningApi } from '../../test/running-api';
import type { DeliberationBody } from '../deliberations/deliberation.schema';
import { pageOfDeliberationsSchema } from '../deliberations/deliberation.schema';

jest.setTimeout(30_000);

let api: RunningApi;

/** Les actes de l'essai, du premier déposé au dernier. */
const ACTES = [
  {
    numero: 'A1',
    objet: 'Création d’une œuvre – école Jules-Ferry',
    matiere: '8.1',
    decision: '2022-10-20',
    reception: '2022-11-02',
  },
  {
    numero: 'A2',
    objet: '=HYPERLINK("http://mal.example.org";"clic")',
    matiere: '7.1',
    decision: '2022-12-31',
    reception: '2023-01-02',
  },
  {
    numero: 'A3',
    objet: 'Tarifs, "cantine" et transport',
    matiere: '7.10',
    decision: '2023-01-05',
    reception: '2023-01-06',
  },
  { numero: 'A4', objet: '+ de places en crèche', matiere: '8.1', decision: '2023-02-01', reception: null },
  {
    numero: 'A5',
    objet: '@mairie : subvention',
    matiere: '7.5',
    decision: '2023-02-02',
    reception: '2023-02-03',
  },
] as const;

beforeAll(async () => {
  api = await RunningApi.start();
  for (const { numero, objet, matiere, decision, reception } of ACTES) {
    const id = await api.deposited({ numeroInterne: numero, objet, matiere, dateDecision: decision });
    if (reception === null) continue;
    // 23 h 30 GMT la veille : c'est déjà, à Paris, le jour de la réception.
    const veille = new Date(Date.parse(`${reception}T23:30:00Z`) - 86_400_000).toISOString();
    await acknowledge(api, id, { dateReception: reception, teletransmiseLe: veille });
    await api.ask('POST', `/v1/deliberations/${id}/publication`, {
      body: { datePublication: reception, moyen: 'site' },
    });
  }
});
afterAll(() => api.stop());

async function walk(url: string, query: string, limite = 500): Promise<readonly DeliberationBody[]> {
  const found: DeliberationBody[] = [];
  for (let apres = ''; ;) {
    const answer = await api.ask('GET', `${url}?limite=${limite}&${query}${apres}`);
    expect([answer.status, answer.body['violations']]).toEqual([200, undefined]);
    const page = pageOfDeliberationsSchema.parse(answer.body);
    found.push(...page.deliberations);
    if (page.suivant === null) return found;
    apres = `&apres=${encodeURIComponent(page.suivant)}`;
  }
}

const numbersOf = (found: readonly DeliberationBody[]): readonly string[] =>
  found.map(({ numeroInterne }) => numeroInterne);

describe('l’historique des accusés', () => {
  it('rend, du plus récent dépôt au plus ancien, ce que la préfecture a accusé ; la liste rend tout', async () => {
    expect(numbersOf(await walk('/v1/accuses', ''))).toEqual(['A5', 'A3', 'A2', 'A1']);
    expect(numbersOf(await walk('/v1/deliberations', ''))).toEqual(['A5', 'A4', 'A3', 'A2', 'A1']);
  });

  it.each<[string, string, readonly string[]]>([
    ['l’identifiant entier', 'identifiant=034-213402761-20221231-A2-DE', ['A2']],
    ['un identifiant incomplet ne trouve rien', 'identifiant=034-213402761-20221231-A2', []],
    ['le SIREN', 'siren=213402761', ['A5', 'A3', 'A2', 'A1']],
    ['le SIREN d’une autre', 'siren=210100012', []],
    ['la décision, bornes comprises', 'decisionDu=2022-12-31&decisionAu=2023-01-05', ['A3', 'A2']],
    [
      'la télétransmission, au jour de la collectivité',
      'teletransmissionDu=2022-11-02&teletransmissionAu=2022-11-02',
      ['A1'],
    ],
    ['la réception', 'receptionDu=2023-01-01', ['A5', 'A3', 'A2']],
    ['la publication', 'publicationAu=2022-12-31', ['A1']],
    ['la nature', 'nature=DE', ['A5', 'A3', 'A2', 'A1']],
    ['une autre nature', 'nature=AR', []],
    ['la matière exacte, sans sa voisine 7.10', 'matiere=7.1', ['A2']],
    ['la matière et ce qu’elle contient', 'matiere=7', ['A5', 'A3', 'A2']],
    ['un mot, sans ses accents', 'mots=creation', ['A1']],
    ['une ligature', 'mots=oeuvre', ['A1']],
    ['le début d’un mot', 'mots=transp', ['A3']],
    ['tous les mots à la fois', `mots=${encodeURIComponent('école ferry')}`, ['A1']],
    ['des mots qui ne sont pas ensemble', `mots=${encodeURIComponent('école cantine')}`, []],
    [
      'de la ponctuation seule ne filtre pas',
      `mots=${encodeURIComponent('&|!:*()\u0000')}`,
      ['A5', 'A3', 'A2', 'A1'],
    ],
    ['l’état', 'etat=acknowledged', ['A5', 'A3', 'A2', 'A1']],
    ['un état où rien n’est accusé', 'etat=queued', []],
    ['deux critères ensemble', 'matiere=7&receptionAu=2023-01-31', ['A3', 'A2']],
  ])('se cherche par %s', async (_, query, attendus) => {
    expect(numbersOf(await walk('/v1/accuses', query))).toEqual(attendus);
  });

  it('se lit d’une page à l’autre sans trou ni répétition, même quand on dépose entre deux', async () => {
    const first = await api.ask('GET', '/v1/deliberations?limite=2');
    const { deliberations, suivant } = pageOfDeliberationsSchema.parse(first.body);
    const late = await api.deposited({ numeroInterne: 'TARDIF' });
    const second = await api.ask('GET', `/v1/deliberations?limite=500&apres=${String(suivant)}`);
    const rest = pageOfDeliberationsSchema.parse(second.body);
    await api.ask('POST', `/v1/deliberations/${late}/retrait`, { body: { motif: 'fin de l’essai' } });
    expect([...numbersOf(deliberations), ...numbersOf(rest.deliberations)]).toEqual([
      'A5',
      'A4',
      'A3',
      'A2',
      'A1',
    ]);
    for (const limite of [1, 3]) {
      expect(numbersOf(await walk('/v1/accuses', '', limite))).toEqual(['A5', 'A3', 'A2', 'A1']);
    }
  });

  it.each<[string, string, string]>([
    ['une date mal écrite', 'receptionDu=2/11/2022', '/receptionDu'],
    ['un jour qui n’existe pas', 'decisionAu=2023-02-29', '/decisionAu'],
    ['un SIREN trop court', 'siren=123', '/siren'],
    ['une nature inconnue', 'nature=XX', '/nature'],
    ['un état inconnu', 'etat=perdue', '/etat'],
    ['une matière mal écrite', 'matiere=8,1', '/matiere'],
    ['un identifiant à caractère nul', 'identifiant=%00', '/identifiant'],
    ['un critère donné deux fois', 'siren=213402761&siren=213402761', '/siren'],
    ['un critère inconnu', 'receptionDe=2022-11-02', '/receptionDe'],
  ])('refuse %s, à son pointeur et en français', async (_, query, pointer) => {
    for (const url of ['/v1/accuses', '/v1/accuses.csv', '/v1/deliberations']) {
      const answer = await api.ask('GET', `${url}?${query}`);
      expect([answer.status, answer.body['code']]).toEqual([400, 'search/invalid']);
      const violations = answer.body['violations'] as { pointer: string; detail: string }[];
      expect(violations.map((violation) => violation.pointer)).toEqual([pointer]);
      expect(violations[0]?.detail).not.toMatch(/invalid|expected|too (big|small)/i);
    }
  });

  it('un curseur de fantaisie est refusé, en JSON comme en CSV', async () => {
    const answer = await api.ask('GET', '/v1/accuses?apres=abc');
    expect([answer.status, answer.body['code']]).toEqual([400, 'cursor/malformed']);
  });
});

/** Lit un CSV : guillemets doublés, lignes finies par CRLF. */
function readCsv(text: string, separator = ';'): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n)`, 'g');
  for (const [, quoted, plain, end] of text.replace(/^\uFEFF/, '').matchAll(cell)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('l’export CSV', () => {
  it('dit les mêmes lignes que le JSON, dans le même ordre', async () => {
    const bodies = await walk('/v1/accuses', '');
    const [header = [], ...rows] = readCsv((await api.ask('GET', '/v1/accuses.csv')).text);
    const column = (name: string): readonly string[] =>
      rows.map((row) => row[header.indexOf(name)] ?? 'absente');
    const text = (value: string | null): string => value ?? '';
    expect(rows).toHaveLength(bodies.length);
    expect(column('identifiant_acte')).toEqual(bodies.map((body) => body.identifiantActe));
    expect(column('date_teletransmission')).toEqual(
      bodies.map((body) => text(body.transmission.dateTeletransmission)),
    );
    expect(column('date_reception')).toEqual(bodies.map((body) => text(body.transmission.dateReception)));
    expect(column('date_executoire')).toEqual(bodies.map((body) => text(body.dateExecutoire)));
    expect(column('archive_sha256')).toEqual(bodies.map((body) => text(body.archive?.empreinte ?? null)));
    expect(column('etat_libelle')).toEqual(bodies.map((body) => body.transmission.libelle));
    // L'apostrophe mise devant une formule mise à part, l'objet est rendu tel quel.
    expect(column('objet').map((objet) => objet.replace(/^'(?=[=+@-])/, ''))).toEqual(
      bodies.map((body) => body.objet),
    );
  });

  it.each([
    ['par défaut pour un tableur français', '', ';', true],
    ['en RFC 4180 à qui le demande', '?variante=rfc4180', ',', false],
  ] as const)('s’annonce, se télécharge, et s’écrit %s', async (_, query, separator, isMarked) => {
    const { headers, text } = await api.ask('GET', `/v1/accuses.csv${query}`);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(headers['content-disposition']).toBe('attachment; filename="accuses.csv"');
    expect(text.startsWith('\uFEFFidentifiant_acte')).toBe(isMarked);
    expect(text.endsWith('\r\n')).toBe(true);
    const rows = readCsv(text, separator);
    expect([...new Set(rows.map((row) => row.length))]).toEqual([16]);
    expect(rows.flat()).toContain('Saint-Mathieu-de-Tréviers');
  });

  it.each(['limite=10', 'apres=abc', 'variante=excel'])(
    'refuse « %s », qui n’a pas de sens ici',
    async (query) => {
      const answer = await api.ask('GET', `/v1/accuses.csv?${query}`);
      expect([answer.status, answer.body['code']]).toEqual([400, 'search/invalid']);
    },
  );

  it('ne donne à exécuter à aucun tableur', async () => {
    const rows = readCsv((await api.ask('GET', '/v1/accuses.csv')).text);
    const cells = rows.flat();
    expect(cells.some((cell) => cell.startsWith("'=HYPERLINK"))).toBe(true);
    expect(cells.filter((cell) => /^[=+@\-\t\r]/.test(cell))).toEqual([]);
  });

  it('porte les mêmes critères que la recherche', async () => {
    const rows = readCsv((await api.ask('GET', '/v1/accuses.csv?matiere=7.1')).text);
    expect(rows.slice(1).map(([identifiant]) => identifiant)).toEqual(['034-213402761-20221231-A2-DE']);
  });

  it('sans ligne, garde son en-tête', async () => {
    expect(readCsv((await api.ask('GET', '/v1/accuses.csv?nature=AU')).text)).toHaveLength(1);
  });

  it('au-delà d’une page, se suit jusqu’au bout sans trou', async () => {
    const copies = `INSERT INTO deliberations SELECT (jsonb_populate_record(d, jsonb_build_object(
        'id', gen_random_uuid(), 'numero_interne', 'N' || n, 'identifiant_acte', 'copie-' || n))).* FROM deliberations d, generate_series(1, 1200) n
      WHERE d.numero_interne = 'A1' RETURNING id, collectivite_id, identifiant_acte`;
    await api.dataSource.query(
      `WITH copies AS (${copies}), vies AS (
        INSERT INTO transmissions (id, deliberation_id, collectivite_id, identifiant_acte, flux, state, since, version, cycle, turn, date_reception)
          SELECT gen_random_uuid(), id, collectivite_id, identifiant_acte, '1-1', 'acknowledged', now(), 1, 1, 1, '2024-01-01' FROM copies)
        INSERT INTO publications (deliberation_id, collectivite_id, state) SELECT id, collectivite_id, 'unpublished' FROM copies`,
    );
    const rows = readCsv((await api.ask('GET', '/v1/accuses.csv?receptionDu=2024-01-01')).text).slice(1);
    expect(rows).toHaveLength(1200);
    expect(new Set(rows.map(([identifiant]) => identifiant)).size).toBe(1200);
  });
});
