import type { TransmissionState } from '@teletransmission/teletransmission';
import { allowedTransmissionEvents } from '@teletransmission/teletransmission';
import { acknowledge, advance, seal } from '../../test/acknowledge';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';
import { deliberationSchema } from '../deliberations/deliberation.schema';

jest.setTimeout(30_000);

let api: RunningApi;

beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

type Decision = 'retenue' | 'reprise' | 'retrait';

function decide(
  id: string,
  decision: Decision,
  body: unknown = { motif: 'vérification demandée' },
): Promise<Answer> {
  return api.ask('POST', `/v1/deliberations/${id}/${decision}`, { jeton: api.jetonsCommune.operateur, body });
}

const stateOf = (answer: Answer): string => deliberationSchema.parse(answer.body).transmission.etat;

describe('retenir, remettre en file, retirer', () => {
  it('une transmission en file se retient, se remet en file, puis se retire', async () => {
    const id = await api.deposited();
    const held = await decide(id, 'retenue', { motif: '  pièce à vérifier  ' });
    expect([stateOf(held), deliberationSchema.parse(held.body).transmission.probleme]).toEqual([
      'held',
      { code: 'operateur/on-hold', detail: 'pièce à vérifier' },
    ]);
    expect(stateOf(await decide(id, 'reprise'))).toBe('queued');
    expect(stateOf(await decide(id, 'retrait'))).toBe('withdrawn');
  });

  it('une reprise ouvre un cycle neuf et demande une mise sous enveloppe neuve', async () => {
    const id = await api.deposited();
    const sealed = await seal(api, id);
    await decide(id, 'retenue');
    const resumed = deliberationSchema.parse((await decide(id, 'reprise')).body);
    const jobs: unknown[] = await api.dataSource.query(
      'SELECT job FROM outbox WHERE target_id = $1 ORDER BY id',
      [sealed.id],
    );
    expect(resumed).toMatchObject({
      archive: null,
      transmission: { etat: 'queued', tour: 0, probleme: null },
    });
    expect(jobs).toEqual([{ job: 'seal-enveloppe' }, { job: 'seal-enveloppe' }]);
  });

  it('entre dans l’historique avec son auteur et son motif', async () => {
    const id = await api.deposited();
    await decide(id, 'retrait', { motif: 'Délibération retirée par le maire\nle 3 novembre' });
    const { body } = await api.ask('GET', `/v1/deliberations/${id}/historique`);
    const entries = body['entrees'] as Record<string, unknown>[];
    expect(entries.at(-1)).toMatchObject({
      evenement: 'withdrawn',
      etatAvant: 'queued',
      etatApres: 'withdrawn',
      acteur: 'essai operateur',
      motif: 'Délibération retirée par le maire\nle 3 novembre',
    });
  });

  it.each<[string, unknown, number]>([
    ['absent', {}, 400],
    ['d’un autre type', { motif: 3 }, 400],
    ['vide', { motif: '   ' }, 422],
    ['trop court', { motif: 'ok' }, 422],
    ['trop long', { motif: 'm'.repeat(501) }, 422],
    ['avec un caractère nul', { motif: 'abc\u0000def' }, 400],
    ['avec une moitié de caractère', { motif: 'abc\ud83cdef' }, 400],
    ['accompagné d’un champ inconnu', { motif: 'raison valable', etat: 'acknowledged' }, 400],
  ])('sans un motif lisible (%s), rien ne change', async (_, body, status) => {
    const id = await api.deposited();
    for (const decision of ['retenue', 'retrait'] as const) {
      const answer = await decide(id, decision, body);
      expect(answer.status).toBe(status);
      expect(answer.body['violations']).toEqual([
        expect.objectContaining({ pointer: expect.any(String) as string }),
      ]);
    }
    expect(stateOf(await api.ask('GET', `/v1/deliberations/${id}`))).toBe('queued');
  });
});

describe('ce que l’état n’admet pas est un conflit qui dit ce qu’il admet', () => {
  const states: readonly (readonly [TransmissionState, () => Promise<string>, readonly Decision[]])[] = [
    ['queued', (): Promise<string> => api.deposited(), ['reprise']],
    [
      'held',
      async (): Promise<string> => {
        const id = await api.deposited();
        await decide(id, 'retenue');
        return id;
      },
      ['retenue'],
    ],
    [
      'sending',
      async (): Promise<string> => {
        const id = await api.deposited();
        await advance(api, await seal(api, id), { event: 'envoi-opened', patch: { turn: 1 } });
        return id;
      },
      ['retenue', 'reprise', 'retrait'],
    ],
    [
      'acknowledged',
      async (): Promise<string> => {
        const id = await api.deposited();
        await acknowledge(api, id, { dateReception: '2022-11-02' });
        return id;
      },
      ['retenue', 'reprise', 'retrait'],
    ],
    [
      'withdrawn',
      async (): Promise<string> => {
        const id = await api.deposited();
        await decide(id, 'retrait');
        return id;
      },
      ['retenue', 'reprise', 'retrait'],
    ],
  ];

  it.each(states)('dans l’état %s', async (state, arrive, refused) => {
    const id = await arrive();
    for (const decision of refused) {
      const answer = await decide(id, decision);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({
        code: 'transmission/event-refused',
        state,
        allowedEvents: allowedTransmissionEvents(state),
      });
    }
    expect(stateOf(await api.ask('GET', `/v1/deliberations/${id}`))).toBe(state);
  });

  it('deux décisions simultanées contraires : une seule passe', async () => {
    const id = await api.deposited();
    const answers = await Promise.all([decide(id, 'retrait'), decide(id, 'retrait'), decide(id, 'retrait')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});
