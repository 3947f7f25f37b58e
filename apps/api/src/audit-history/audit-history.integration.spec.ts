import { createHash } from 'node:crypto';
import { acknowledge } from '../../test/acknowledge';
import { RunningApi } from '../../test/running-api';
import type { HistoryEntryBody } from './history.schema';
import { pageOfChainsSchema, pageOfHistorySchema } from './history.schema';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

/** Toutes les entrées d'un historique, page par page. */
async function walk(url: string, limite: number): Promise<readonly HistoryEntryBody[]> {
  const entries: HistoryEntryBody[] = [];
  for (let apres = ''; ;) {
    const answer = await api.ask('GET', `${url}?limite=${limite}${apres}`);
    const page = pageOfHistorySchema.parse(answer.body);
    expect(page.entrees.length).toBeLessThanOrEqual(limite);
    entries.push(...page.entrees);
    if (page.suivant === null) return entries;
    apres = `&apres=${encodeURIComponent(page.suivant)}`;
  }
}

describe('l’historique d’une délibération', () => {
  it('rend chaque entrée, dans l’ordre, conforme à sa description', async () => {
    const id = await api.deposited();
    await acknowledge(api, id, { dateReception: '2022-11-02' });
    const entries = await walk(`/v1/deliberations/${id}/historique`, 500);
    expect(entries.map(({ evenement, etatApres }) => [evenement, etatApres])).toEqual([
      ['deposited', 'queued'],
      ['enveloppe-sealed', 'sealed'],
      ['envoi-opened', 'sending'],
      ['ar-received', 'acknowledged'],
    ]);
    expect(entries.every(({ deliberation }) => deliberation === id)).toBe(true);
    expect(entries.map(({ libelle }) => libelle)).toEqual([
      'Délibération déposée',
      'Mise sous enveloppe',
      'Envoi commencé',
      'Accusé de réception appliqué',
    ]);
  });

  it('se lit d’une page à l’autre sans trou ni répétition, quelle que soit la taille des pages', async () => {
    const id = await api.deposited();
    await acknowledge(api, id, { dateReception: '2022-11-02' });
    const url = `/v1/deliberations/${id}/historique`;
    const whole = await walk(url, 500);
    for (const limite of [1, 2, 3, 4]) expect(await walk(url, limite)).toEqual(whole);
  });
});

describe('l’historique d’une collectivité', () => {
  it('est une chaîne : les rangs se suivent, et chaque entrée porte l’empreinte de la précédente', async () => {
    const entries = await walk(`/v1/collectivites/${api.commune.siren}/historique`, 3);
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.map(({ rang }) => rang)).toEqual(entries.map((_, index) => index + 1));
    expect(entries[0]?.empreintePrecedente).toBe('0'.repeat(64));
    for (const [index, entry] of entries.slice(1).entries()) {
      expect(entry.empreintePrecedente).toBe(entries[index]?.empreinte);
    }
  });

  it('se recalcule d’après ce que l’API en dit, et rien d’autre', async () => {
    const id = await api.deposited({ objet: 'École « Été » \\ "cour"' });
    await acknowledge(api, id, { dateReception: '2022-11-02' });
    const entries = await walk(`/v1/collectivites/${api.commune.siren}/historique`, 500);
    // Récrit ici d'après la règle publiée (docs/journal-audit.md), sans rien emprunter au service.
    let before = '0'.repeat(64);
    for (const e of entries) {
      const fields = [
        e.chaine,
        String(e.rang),
        e.instant,
        e.sujet,
        e.sujetId,
        e.deliberation,
        e.evenement,
      ].concat([
        e.etatAvant,
        e.etatApres,
        e.acteurGenre,
        e.acteurId,
        e.acteurNom,
        e.motif,
        e.preuveTexte,
        before,
      ] as string[]);
      const text = `[${fields.map((field) => JSON.stringify(field)).join(', ')}]`;
      expect(createHash('sha256').update(text, 'utf8').digest('hex')).toBe(e.empreinte);
      before = e.empreinte;
    }
    expect(entries.map(({ acteurGenre }) => acteurGenre)).toEqual(
      expect.arrayContaining(['console', 'compte', 'service']),
    );
    expect(entries[0]).toMatchObject({ evenement: 'collectivite-registered', rang: 1 });
  });

  it.each(['000000000', 'commune', '%00', '213402761%00', '..%2f..'])(
    'de SIREN « %s » est refusé sans défaut',
    async (siren) => {
      const answer = await api.ask('GET', `/v1/collectivites/${siren}/historique`);
      expect([answer.status, answer.body['code']]).toEqual([404, 'collectivite/unknown']);
    },
  );
});

describe('les chaînes du journal', () => {
  const chainsOf = async (jeton: string): Promise<readonly Record<string, unknown>[]> => {
    const { body } = await api.ask('GET', '/v1/journal/chaines', { jeton });
    return pageOfChainsSchema.parse(body).chaines;
  };

  it('se nomment toutes à la plateforme, et à une commune la sienne, avec la tête que sa fin porte', async () => {
    const all = await chainsOf(api.jetons.auditeur);
    expect(all.map(({ siren }) => siren).sort()).toEqual([api.voisine.siren, api.commune.siren, null]);
    const [own, ...others] = await chainsOf(api.jetonsCommune.auditeur);
    expect([own?.['chaine'], others]).toEqual([api.commune.id, []]);
    const entries = await walk(`/v1/journal/chaines/${api.commune.id}/historique`, 500);
    expect([entries.at(-1)?.rang, entries.at(-1)?.empreinte]).toEqual([own?.['rang'], own?.['empreinte']]);
    expect(await walk(`/v1/collectivites/${api.commune.siren}/historique`, 500)).toEqual(entries);
  });

  it('se lisent page par page', async () => {
    const first = await api.ask('GET', '/v1/journal/chaines?limite=2');
    const { chaines, suivant } = pageOfChainsSchema.parse(first.body);
    const next = await api.ask(
      'GET',
      `/v1/journal/chaines?limite=2&apres=${encodeURIComponent(suivant ?? '')}`,
    );
    const rest = pageOfChainsSchema.parse(next.body);
    expect([...chaines, ...rest.chaines]).toEqual(await chainsOf(api.jetons.auditeur));
    expect(rest.suivant).toBeNull();
  });

  it('de la plateforme et des autres n’existent pas pour une commune, ni aucune pour un déposant', async () => {
    for (const chaine of [
      'plateforme',
      api.voisine.id,
      '00000000-0000-7000-8000-000000000000',
      'abc',
      '%00',
    ]) {
      const url = `/v1/journal/chaines/${chaine}/historique`;
      const asked = await api.ask('GET', url, { jeton: api.jetonsCommune.auditeur });
      expect([asked.status, asked.body['code']]).toEqual([404, 'journal/unknown-chain']);
      expect((await api.ask('GET', url, { jeton: api.jetonsCommune.deposant })).status).toBe(403);
    }
    expect((await api.ask('GET', '/v1/journal/chaines', { jeton: api.jetons.deposant })).status).toBe(403);
    expect(await walk('/v1/journal/chaines/plateforme/historique', 500)).not.toEqual([]);
  });

  it.each(['["\\u0000"]', '["é"]', '[1]', '["a","b"]'])('refusent le curseur %s', async (key) => {
    const apres = Buffer.from(key).toString('base64url');
    const answer = await api.ask('GET', `/v1/journal/chaines?apres=${apres}`);
    expect([answer.status, answer.body['code']]).toEqual([400, 'cursor/malformed']);
  });
});

describe('une demande mal formée', () => {
  const malformed: readonly (readonly [string, string, number, string])[] = [
    ['un curseur de fantaisie', 'apres=abc', 400, 'cursor/malformed'],
    [
      'un curseur d’une autre liste',
      `apres=${Buffer.from('["0191-uuid"]').toString('base64url')}`,
      400,
      'cursor/malformed',
    ],
    [
      'un curseur de deux clés',
      `apres=${Buffer.from('[1,2]').toString('base64url')}`,
      400,
      'cursor/malformed',
    ],
    ['un curseur démesuré', `apres=${'a'.repeat(501)}`, 400, 'search/invalid'],
    ['une limite nulle', 'limite=0', 400, 'search/invalid'],
    ['une limite trop grande', 'limite=501', 400, 'search/invalid'],
    ['une limite qui n’est pas un nombre', 'limite=beaucoup', 400, 'search/invalid'],
    ['une demi-ligne', 'limite=1.5', 400, 'search/invalid'],
    ['un critère inconnu', 'page=2', 400, 'search/invalid'],
  ];

  it.each(malformed)('%s est refusé', async (_, query, status, code) => {
    const id = await api.deposited();
    const urls = [`/v1/deliberations/${id}/historique`, `/v1/collectivites/${api.commune.siren}/historique`];
    for (const url of urls) {
      const answer = await api.ask('GET', `${url}?${query}`);
      expect([answer.status, answer.body['code']]).toEqual([status, code]);
      expect(answer.body['violations']).toEqual([
        expect.objectContaining({ pointer: expect.stringMatching(/^\//) as string }),
      ]);
    }
  });

  it.each(['abc', '%00', '00000000-0000-7000-8000-000000000000', "1' OR '1'='1"])(
    'l’identité « %s » n’est celle d’aucune délibération',
    async (id) => {
      for (const suffix of ['', '/historique', '/archive']) {
        const answer = await api.ask('GET', `/v1/deliberations/${encodeURI(id)}${suffix}`);
        expect([answer.status, answer.body['code']]).toEqual([404, 'deliberation/unknown']);
      }
    },
  );
});
