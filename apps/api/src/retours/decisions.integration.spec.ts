import { civilDateAt } from '@teletransmission/kernel';
import { SystemClock, UuidSource } from '@teletransmission/observability';
import type { Retour, Transmission } from '@teletransmission/teletransmission';
import { advance } from '../../test/acknowledge';
import { accuseDecision, awaitingAck, trayRetour } from '../../test/decisions';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(60_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

const newId = (): string => new UuidSource().next();
const today = (): string => civilDateAt(new SystemClock().now(), api.commune.fuseau);

const awaiting = (): ReturnType<typeof awaitingAck> => awaitingAck(api);
const trayed = (
  acte: Transmission | null = null,
  to: 'unreadable' | 'contradictory' | 'unmatched' = 'unreadable',
): Promise<Retour> => trayRetour(api, acte, to);

const MOTIF = { motif: 'lu avec la préfecture' };

const accuseOf = (empreinte: string, deliberation: string): Record<string, unknown> =>
  accuseDecision(api, empreinte, deliberation);

const decide = (id: string, body: unknown, jeton = api.jetons.operateur): Promise<Answer> =>
  api.ask('POST', `/v1/retours/${id}/decision`, { jeton, body });
const settle = (
  id: unknown,
  verb: string,
  jeton = api.jetons.administrateur,
  body: unknown = verb === 'confirmation' ? { ...MOTIF, dateReception: today() } : MOTIF,
): Promise<Answer> => api.ask('POST', `/v1/decisions-de-retours/${String(id)}/${verb}`, { jeton, body });

const stateOf = async (deliberation: string): Promise<unknown> => {
  const [row]: unknown[] = await api.dataSource.query(
    'SELECT state, date_reception::text FROM transmissions WHERE deliberation_id = $1',
    [deliberation],
  );
  return row;
};

describe('un accusé décidé à deux', () => {
  it('se propose, se voit, se confirme, et s’écrit en une fois avec ses deux auteurs', async () => {
    const { deliberation, transmission } = await awaiting();
    const { id, empreinte } = await trayed();
    const proposed = await decide(id, accuseOf(empreinte, deliberation));
    expect([proposed.status, proposed.body]).toMatchObject([
      200,
      {
        etat: 'proposed',
        transmission: transmission.id,
        deliberation,
        dateReception: today(),
        auteur: { nom: 'essai operateur' },
        cloture: null,
        attendu: expect.stringContaining('seconde personne') as unknown,
      },
    ]);
    expect(await stateOf(deliberation)).toMatchObject({ state: 'awaiting-ack', date_reception: null });
    expect((await api.ask('GET', `/v1/retours/${id}`)).body).toMatchObject({ decisionEnCours: true });
    const pending = await api.ask('GET', '/v1/decisions-de-retours?etat=proposed');
    expect(pending.body['decisions']).toContainEqual(proposed.body);
    const { id: decision } = proposed.body;
    expect((await api.ask('GET', `/v1/decisions-de-retours/${String(decision)}`)).body).toEqual(
      proposed.body,
    );

    const confirmed = await settle(decision, 'confirmation');
    expect([confirmed.status, confirmed.body]).toMatchObject([
      200,
      { etat: 'applied', cloture: { nom: 'essai administrateur' }, attendu: null },
    ]);
    expect(await stateOf(deliberation)).toEqual({ state: 'acknowledged', date_reception: today() });
    expect((await api.ask('GET', `/v1/retours/${id}`)).body).toMatchObject({
      etat: 'applied',
      flux: '1-2',
      transmission: transmission.id,
      code: 'retour/decided',
      decisionEnCours: false,
    });
    const history = await api.ask('GET', `/v1/deliberations/${deliberation}/historique`);
    const events = (history.body['entrees'] as { evenement: string; motif: string }[]).slice(-3);
    expect(events.map(({ evenement }) => evenement).sort()).toEqual([
      'ar-received',
      'decision-proposed',
      'retour-decided',
    ]);
    expect(events.find(({ evenement }) => evenement === 'ar-received')?.motif).toMatch(
      /^essai operateur : .* — essai administrateur : /,
    );
    expect(
      await api.dataSource.query(
        `SELECT job FROM outbox WHERE target_id = $1 AND job = 'track-publication'`,
        [deliberation],
      ),
    ).toHaveLength(1);
  });

  it('deux confirmations à la fois, de deux personnes, n’appliquent qu’une fois ; redite, elle rend la même', async () => {
    const { deliberation, transmission } = await awaiting();
    const { id, empreinte } = await trayed(transmission, 'contradictory');
    const body = accuseOf(empreinte, deliberation);
    const proposed = await decide(id, body, api.jetonsCommune.operateur);
    expect((await decide(id, body, api.jetonsCommune.operateur)).body).toEqual(proposed.body);
    const jetons = [api.jetonsCommune.administrateur, api.jetons.administrateur, api.jetons.operateur];
    const answers = await Promise.all(
      jetons.map((jeton) => settle(proposed.body['id'], 'confirmation', jeton)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    const again = await settle(proposed.body['id'], 'confirmation', jetons[winner]);
    expect([again.status, again.body]).toEqual([200, answers[winner]?.body]);
    expect(
      await api.dataSource.query(
        `SELECT evenement FROM audit_entries WHERE deliberation_id = $1 AND evenement IN ('ar-received', 'retour-decided')`,
        [deliberation],
      ),
    ).toHaveLength(2);
    expect(await stateOf(deliberation)).toMatchObject({ state: 'acknowledged' });
  });

  it('confirmé et refusé à la fois : l’un des deux, jamais les deux', async () => {
    const { deliberation, transmission } = await awaiting();
    const { id, empreinte } = await trayed(transmission, 'contradictory');
    const { body } = await decide(id, accuseOf(empreinte, deliberation));
    const [confirmed, refused] = await Promise.all([
      settle(body['id'], 'confirmation', api.jetons.administrateur),
      settle(body['id'], 'refus', api.jetonsCommune.administrateur),
    ]);
    expect([confirmed.status, refused.status].sort()).toEqual([200, 409]);
    expect(await stateOf(deliberation)).toMatchObject({
      state: confirmed.status === 200 ? 'acknowledged' : 'awaiting-ack',
    });
  });

  it('n’est ni confirmé ni refusé par son auteur ; il le retire, et le retour est libre', async () => {
    const { deliberation } = await awaiting();
    const { id, empreinte } = await trayed();
    const { body } = await decide(id, accuseOf(empreinte, deliberation));
    const { operateur } = api.jetons;
    for (const verb of ['confirmation', 'refus'])
      expect((await settle(body['id'], verb, operateur)).body['code']).toBe('decision/same-person');
    expect((await settle(body['id'], 'retrait')).body['code']).toBe('decision/not-author');
    const other = { ...MOTIF, dateReception: '2020-01-01' };
    const differs = await settle(body['id'], 'confirmation', api.jetons.administrateur, other);
    expect([differs.status, differs.body['code']]).toEqual([409, 'decision/reading-differs']);
    const held = await api.ask('POST', `/v1/retours/${id}/mise-de-cote`, { body: MOTIF });
    expect([held.status, held.body['code']]).toEqual([409, 'decision/pending']);
    expect((await settle(body['id'], 'retrait', operateur)).body['etat']).toBe('withdrawn');
    expect((await settle(body['id'], 'confirmation')).body['code']).toBe('decision/closed');
    expect((await api.ask('POST', `/v1/retours/${id}/mise-de-cote`, { body: MOTIF })).status).toBe(200);
    expect((await api.ask('POST', `/v1/retours/${id}/reprise`, { body: MOTIF })).body['etat']).toBe(
      'received',
    );
    expect(await stateOf(deliberation)).toMatchObject({ state: 'awaiting-ack' });
  });
});

describe('une décision d’une seule personne', () => {
  it('une anomalie, une lettre, une information s’appliquent aussitôt', async () => {
    for (const [nature, fields, after] of [
      ['anomalie', { code: '7', detail: 'Fichier illisible' }, 'rejected'],
      ['lettre', { flux: '5-1', dateCourrier: today(), texte: 'Illégal.' }, 'awaiting-ack'],
      ['information', {}, 'awaiting-ack'],
    ] as const) {
      const { deliberation } = await awaiting();
      const { id, empreinte } = await trayed(null, 'unmatched');
      const body = { ...MOTIF, deliberation, nature, empreinte, lu: 'ce qui se lit', ...fields };
      const answer = await decide(id, body);
      expect([answer.status, answer.body]).toMatchObject([200, { etat: 'applied', nature, attendu: null }]);
      expect(await stateOf(deliberation)).toMatchObject({ state: after });
      expect((await decide(id, body)).body).toEqual(answer.body);
    }
    const alertes: unknown[] = await api.dataSource.query(`SELECT 1 FROM alertes WHERE genre = 'defere'`);
    expect(alertes).toHaveLength(1);
  });
});

describe('ce que la porte refuse', () => {
  it('toutes les fautes à la fois, chacune à son champ', async () => {
    const { id } = await trayed();
    const pointersOf = async (body: unknown): Promise<readonly string[]> => {
      const answer = await decide(id, body);
      expect(answer.status).toBe(400);
      return [
        ...new Set((answer.body['violations'] as { pointer: string }[]).map(({ pointer }) => pointer)),
      ].sort();
    };
    expect(await pointersOf({})).toEqual(['/deliberation', '/empreinte', '/lu', '/motif', '/nature']);
    expect(await pointersOf({ ...MOTIF, nature: 'accuse', deliberation: 'x', code: '7' })).toEqual([
      '/code',
      '/dateReception',
      '/deliberation',
      '/empreinte',
      '/identifiant',
      '/lu',
    ]);
    expect(await pointersOf([])).not.toEqual([]);
    for (const nature of ['__proto__', 'constructor', 'toString', { toString: 1 }, [], null, 3])
      expect(await pointersOf({ ...accuseOf('a'.repeat(64), newId()), nature })).toEqual(['/nature']);
  });

  it('d’autres octets, un jour impossible, un acte qui ne l’admet pas : le refus dit quoi faire', async () => {
    const { deliberation, transmission } = await awaiting();
    const { id, empreinte } = await trayed();
    const body = accuseOf(empreinte, deliberation);
    const invalid = await decide(id, { ...body, empreinte: 'a'.repeat(64), dateReception: '2020-01-01' });
    expect([invalid.status, invalid.body]).toMatchObject([
      422,
      { code: 'decision/invalid', violations: [{ pointer: '/empreinte' }, { pointer: '/dateReception' }] },
    ]);
    await advance(api, transmission, { event: 'ar-received', patch: { dateReception: today() as never } });
    const refused = await decide(id, body);
    expect([refused.status, refused.body]).toMatchObject([
      409,
      {
        code: 'decision/not-applicable',
        detail: expect.stringContaining('Mettez ce retour de côté') as unknown,
      },
    ]);
    expect(
      await api.dataSource.query('SELECT 1 FROM decisions_retours WHERE retour_id = $1', [id]),
    ).toHaveLength(0);
  });

  it('les rôles qui ne décident pas, les autres communes, et ce qui n’existe pas', async () => {
    const { deliberation, transmission } = await awaiting();
    const { id, empreinte } = await trayed(transmission, 'contradictory');
    const body = accuseOf(empreinte, deliberation);
    const byId = { ...body, deliberation: undefined, transmission: transmission.id };
    for (const jeton of [api.jetons.auditeur, api.jetonsCommune.deposant, api.jetonsCommune.auditeur])
      expect((await decide(id, byId, jeton)).status).toBe(403);
    expect((await decide(id, byId, api.jetonsVoisine.operateur)).body['code']).toBe('retour/unknown');
    const unknown = await decide(id, { ...byId, transmission: newId() });
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'transmission/unknown']);

    const proposed = await decide(id, byId, api.jetonsCommune.operateur);
    expect(proposed.status).toBe(200);
    const decision = proposed.body['id'];
    const voisine = await settle(decision, 'confirmation', api.jetonsVoisine.administrateur);
    expect([voisine.status, voisine.body['code']]).toEqual([404, 'decision/unknown']);
    expect((await settle(decision, 'confirmation', api.jetonsCommune.auditeur)).status).toBe(403);
    expect((await settle(newId(), 'confirmation')).status).toBe(404);
    expect((await settle('pas-un-uuid', 'refus')).status).toBe(404);
    const listed = await api.ask('GET', '/v1/decisions-de-retours', { jeton: api.jetonsVoisine.operateur });
    expect(listed.body['decisions']).toEqual([]);
    const mine = await api.ask('GET', `/v1/decisions-de-retours?retour=${id}`, {
      jeton: api.jetonsCommune.auditeur,
    });
    expect(mine.body['decisions']).toEqual([proposed.body]);
    expect((await settle(decision, 'confirmation', api.jetonsCommune.administrateur)).body['etat']).toBe(
      'applied',
    );
  });

  it('la base elle-même : seul, sur une date ; ou sur une décision close', async () => {
    const { deliberation } = await awaiting();
    const { id, empreinte } = await trayed();
    const { body } = await decide(id, accuseOf(empreinte, deliberation));
    await expect(
      api.dataSource.query(`UPDATE decisions_retours SET state = 'applied' WHERE id = $1`, [body['id']]),
    ).rejects.toThrow('date_a_deux');
    await expect(
      api.dataSource.query(
        `UPDATE decisions_retours SET state = 'applied', cloture_id = auteur_id, cloture_nom = auteur_nom, cloture_le = auteur_le,
          cloture_motif = auteur_motif WHERE id = $1`,
        [body['id']],
      ),
    ).rejects.toThrow('deux_personnes');
    await expect(
      api.dataSource.query(`UPDATE decisions_retours SET date_reception = '2020-01-01' WHERE id = $1`, [
        body['id'],
      ]),
    ).rejects.toThrow('ne se récrit pas');
    await settle(body['id'], 'refus');
    await expect(
      api.dataSource.query(`UPDATE decisions_retours SET state = 'proposed' WHERE id = $1`, [body['id']]),
    ).rejects.toThrow('ne se récrit pas');
  });
});
