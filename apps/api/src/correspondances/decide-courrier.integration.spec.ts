import { civilDateAt } from '@teletransmission/kernel';
import { SystemClock, UuidSource } from '@teletransmission/observability';
import { FileDocumentStore, PgPrefectureRepository } from '@teletransmission/persistence';
import type { TransmissionId } from '@teletransmission/teletransmission';
import { RegulatePrefecture, SteerTransmission } from '@teletransmission/teletransmission';
import { aCompte, anAccuseReponse, NOM_RETOUR, ScriptedPrefecture } from '@teletransmission/testkit';
import { ServiceOnPostgres } from '../../../../test/points-de-mort/service-on-postgres';
import { applyRetour } from '../../test/apply';
import type { LettreOnActe } from '../../test/reponses';
import { answered, answerLettre, lettreOf } from '../../test/reponses';
import { keepLettre } from '../../test/retours';
import type { Answer } from '../../test/running-api';
import { RunningApi } from '../../test/running-api';

jest.setTimeout(60_000);

let api: RunningApi;
let prefecture: ScriptedPrefecture;
let service: ServiceOnPostgres;
beforeAll(async () => {
  api = await RunningApi.start();
});
beforeEach(async () => {
  prefecture = new ScriptedPrefecture();
  service = new ServiceOnPostgres(api.dataSource, {
    documents: new FileDocumentStore(api.dossier),
    prefecture,
    clock: new SystemClock(),
    ids: new UuidSource(),
  });
  await budget(null);
});
afterAll(() => api.stop());

const MOTIF = 'Le quota de la préfecture a été relevé';

/** Ce que la préfecture laisse partir à l'heure, en octets ; nul : tout. */
async function budget(octetsParHeure: number | null): Promise<void> {
  const prefectures = new PgPrefectureRepository(api.dataSource, { current: () => null });
  const regulate = new RegulatePrefecture(prefectures, new SystemClock());
  const regulated = await regulate.regulate(
    { compte: aCompte(), departement: '034', motif: 'quota de l’heure' },
    { octetsParHeure },
  );
  if (!regulated.ok) throw new Error(JSON.stringify(regulated.problem));
}

interface Reponse {
  readonly id: TransmissionId;
  readonly flux: string;
  readonly state: string;
  readonly code: string | null;
}

/** Les réponses à une lettre, dans l'ordre de leur dépôt. */
const reponsesTo = ({ id }: LettreOnActe): Promise<readonly Reponse[]> =>
  api.dataSource.query(
    `SELECT id, flux, state, stop_code AS code FROM transmissions WHERE correspondance_id = $1 AND flux <> '3-2' ORDER BY id`,
    [id],
  );

/** Ce qu'un travailleur fait de chaque réponse en route : l'envelopper, puis l'envoyer. */
async function carry(lettre: LettreOnActe): Promise<void> {
  for (const { id } of await reponsesTo(lettre)) {
    await service.work.seal.execute(id);
    await service.work.submit.execute(id);
  }
}

const decide = (
  { id }: LettreOnActe,
  verb: string,
  ask: { readonly jeton?: string; readonly body?: unknown } = {},
): Promise<Answer> =>
  api.ask('POST', `/v1/correspondances/${id}/${verb}`, { body: { motif: MOTIF }, ...ask });

const stateOf = async ({ id }: LettreOnActe): Promise<unknown> =>
  (await api.ask('GET', `/v1/correspondances/${id}`)).body['etat'];

interface Entry {
  readonly sujet: string;
  readonly sujetId: string;
  readonly evenement: string;
  readonly etatAvant: string | null;
  readonly etatApres: string | null;
  readonly acteur: string;
  readonly motif: string | null;
}

/** Ce que le journal dit d'une lettre et de ses réponses, sans le reste de la vie de l'acte. */
async function journalOf(lettre: LettreOnActe): Promise<readonly Entry[]> {
  const { body } = await api.ask('GET', `/v1/deliberations/${lettre.deliberation}/historique?limite=100`);
  const ids = [lettre.id, ...(await reponsesTo(lettre)).map(({ id }) => id)];
  return (body['entrees'] as readonly Entry[]).filter(({ sujetId }) => ids.includes(sujetId));
}

const ofLettre = (entries: readonly Entry[]): readonly string[] =>
  entries.filter(({ sujet }) => sujet === 'correspondance').map(({ evenement }) => evenement);
const countOf = (entries: readonly Entry[], name: string): number =>
  entries.filter(({ evenement }) => evenement === name).length;

/** Une réponse que le budget d'octets de la préfecture ne laissera jamais partir. */
async function heldByBudget(lettre?: LettreOnActe): Promise<LettreOnActe> {
  const concerned = lettre ?? (await lettreOf(api));
  expect((await answerLettre(api, concerned.id)).status).toBe(202);
  for (const { id } of await reponsesTo(concerned)) await service.work.seal.execute(id);
  await budget(100);
  await carry(concerned);
  await budget(null);
  return concerned;
}

describe('une réponse que le budget de la préfecture retient', () => {
  it('rend la lettre à qui doit y répondre, avec les réponses permises, et le journal dit pourquoi', async () => {
    const lettre = await heldByBudget();
    expect(await reponsesTo(lettre)).toMatchObject([
      { flux: '3-4', state: 'held', code: 'prefecture/archive-over-budget' },
    ]);
    const { body } = await api.ask('GET', `/v1/correspondances/${lettre.id}`);
    expect(body).toMatchObject({ etat: 'received', reponsesPermises: [{ flux: '3-3' }, { flux: '3-4' }] });
    expect(ofLettre(await journalOf(lettre))).toEqual(['answer-deposited', 'answer-held']);
    expect(prefecture.taken).toEqual([]);
  });

  it('repart quand une personne la remet en file, et se clôt par son accusé', async () => {
    const deliberation = await api.deposited({ numeroInterne: '2022-10-062' });
    const lettre = await heldByBudget({ id: await keepLettre(api, deliberation), deliberation });
    const resumed = await decide(lettre, 'reponse/reprise', { jeton: api.jetonsCommune.operateur });
    expect([resumed.status, resumed.body]).toMatchObject([200, { id: lettre.id, etat: 'answering' }]);
    await carry(lettre);
    expect(await reponsesTo(lettre)).toMatchObject([{ state: 'awaiting-ack', code: null }]);
    const today = civilDateAt(new SystemClock().now(), api.commune.fuseau);
    await applyRetour(api, await anAccuseReponse('3-5', '2022-11-05', today), NOM_RETOUR);
    expect(await stateOf(lettre)).toBe('answered');
    const entries = await journalOf(lettre);
    expect(ofLettre(entries)).toEqual([
      'answer-deposited',
      'answer-held',
      'answer-resumed',
      'answer-acknowledged',
    ]);
    expect(entries.find(({ evenement }) => evenement === 'resubmitted')).toMatchObject({
      etatAvant: 'held',
      etatApres: 'queued',
      acteur: 'essai operateur',
      motif: MOTIF,
    });
  });

  it('se retire, et la lettre attend toujours ; retirée, elle ne se reprend plus', async () => {
    const lettre = await heldByBudget();
    const withdrawn = await decide(lettre, 'reponse/retrait', { jeton: api.jetonsCommune.deposant });
    expect([withdrawn.status, withdrawn.body['etat']]).toEqual([200, 'received']);
    expect(await reponsesTo(lettre)).toMatchObject([{ state: 'withdrawn' }]);
    const again = await decide(lettre, 'reponse/reprise');
    expect([again.status, again.body['code']]).toEqual([409, 'transmission/event-refused']);
    expect((await journalOf(lettre)).at(-1)).toMatchObject({
      evenement: 'withdrawn',
      etatApres: 'withdrawn',
      motif: MOTIF,
    });
  });

  it('reprise plusieurs fois à la fois, ne repart qu’une fois', async () => {
    const lettre = await heldByBudget();
    const answers = await Promise.all(
      [api.jetons.operateur, api.jetons.administrateur, api.jetonsCommune.operateur].map((jeton) =>
        decide(lettre, 'reponse/reprise', { jeton }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const entries = await journalOf(lettre);
    expect([countOf(entries, 'resubmitted'), countOf(entries, 'answer-resumed')]).toEqual([1, 1]);
    await carry(lettre);
    expect(prefecture.taken).toHaveLength(1);
  });

  it.each([1, 2, 3, 4])(
    'et une autre déposée ensemble ne prennent la lettre qu’une fois (essai %s)',
    async () => {
      const lettre = await heldByBudget();
      const answers = await Promise.all([
        decide(lettre, 'reponse/reprise'),
        answerLettre(api, lettre.id, '3-3'),
      ]);
      const isTaken = answers.map(({ status }) => status < 300);
      expect(isTaken.filter(Boolean)).toHaveLength(1);
      expect(answers.find(({ status }) => status >= 300)?.status).toBe(409);
      const reponses = await reponsesTo(lettre);
      expect(reponses.map(({ state }) => state)).toEqual(
        isTaken[0] === true ? ['queued'] : ['held', 'queued'],
      );
      const entries = await journalOf(lettre);
      expect(countOf(entries, 'answer-resumed') + countOf(entries, 'answer-deposited')).toBe(2);
      await carry(lettre);
      expect(prefecture.taken).toHaveLength(1);
    },
  );

  it('deux réponses arrêtées reprises à la fois ne prennent la lettre qu’une fois', async () => {
    const lettre = await heldByBudget(await heldByBudget());
    const [first, second] = await reponsesTo(lettre);
    const ids = [first?.id ?? '', second?.id ?? ''] as TransmissionId[];
    const steer = new SteerTransmission(service.repositories.transmissions, new SystemClock());
    const outcomes = await Promise.all(
      ids.map((transmissionId) =>
        steer.execute({ compte: aCompte(), transmissionId, steering: 'resubmitted', motif: MOTIF }),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await reponsesTo(lettre)).map(({ state }) => state).sort()).toEqual(['held', 'queued']);
    expect(countOf(await journalOf(lettre), 'answer-resumed')).toBe(1);
  });
});

describe('une réponse', () => {
  it('retirée avant de partir rend la lettre, et ne part pas', async () => {
    const lettre = await answered(api);
    const withdrawn = await decide(lettre, 'reponse/retrait');
    expect([withdrawn.status, withdrawn.body['etat']]).toEqual([200, 'received']);
    await carry(lettre);
    expect(prefecture.taken).toEqual([]);
    expect(ofLettre(await journalOf(lettre))).toEqual(['answer-deposited', 'answer-withdrawn']);
    expect((await answerLettre(api, lettre.id)).status).toBe(202);
  });

  it('partie, ne se retire ni ne se reprend : la lettre attend son accusé', async () => {
    const lettre = await answered(api);
    await carry(lettre);
    for (const verb of ['reponse/retrait', 'reponse/reprise']) {
      const refused = await decide(lettre, verb);
      expect([refused.status, refused.body['code']]).toEqual([
        409,
        verb === 'reponse/retrait' ? 'transmission/event-refused' : 'correspondance/event-refused',
      ]);
    }
    expect(await stateOf(lettre)).toBe('answering');
  });

  it.each([
    ['presente', 'awaiting-ack', 'found-at-prefecture', 'found'],
    ['absente', 'sealed', 'proven-absent', 'absent'],
  ])('incertaine, se tranche à deux : %s', async (constat, etat, evenement, outcome) => {
    const lettre = await answered(api);
    prefecture.answer({ kind: 'lost', code: 'prefecture/answer-lost', detail: 'Réponse perdue.' });
    await carry(lettre);
    expect(await reponsesTo(lettre)).toMatchObject([{ state: 'uncertain' }]);
    const body = { constat, motif: 'Vue avec la préfecture, au téléphone' };
    const settle = (jeton: string): Promise<Answer> => decide(lettre, 'reponse/constat', { jeton, body });
    for (const answer of [await settle(api.jetons.operateur), await settle(api.jetons.operateur)])
      expect([answer.status, answer.body]).toMatchObject([
        202,
        { etat: 'uncertain', constats: [{ auteur: 'essai operateur', constat }] },
      ]);
    const settled = await settle(api.jetonsCommune.administrateur);
    expect([settled.status, settled.body]).toMatchObject([202, { etat, attendu: null }]);
    expect(await reponsesTo(lettre)).toMatchObject([{ state: etat }]);
    expect(await stateOf(lettre)).toBe('answering');
    const [envoi]: unknown[] = await api.dataSource.query(
      'SELECT outcome FROM envois WHERE transmission_id = $1',
      [settled.body['transmission']],
    );
    expect(envoi).toEqual({ outcome });
    const entries = await journalOf(lettre);
    expect([countOf(entries, 'constat-recorded'), countOf(entries, evenement)]).toEqual([2, 1]);
    expect(ofLettre(entries)).toEqual(['answer-deposited']);
  });

  it('jamais déposée, ne se reprend, ne se retire ni ne se constate', async () => {
    const lettre = await lettreOf(api);
    for (const verb of ['reponse/reprise', 'reponse/retrait', 'reponse/constat']) {
      const constat = verb === 'reponse/constat' ? { constat: 'absente' } : {};
      const refused = await decide(lettre, verb, { body: { motif: MOTIF, ...constat } });
      expect([refused.status, refused.body['code']]).toEqual([409, 'correspondance/unanswered']);
    }
  });

  it.each(['reponse/reprise', 'reponse/retrait', 'classement'])(
    'et sa lettre ne se décident pas sans motif : %s',
    async (verb) => {
      const lettre = verb === 'classement' ? await lettreOf(api, '2-1') : await heldByBudget();
      for (const body of [{}, { motif: '' }, { motif: ' ' }])
        expect([400, 422]).toContain((await decide(lettre, verb, { body })).status);
      expect(await stateOf(lettre)).toBe('received');
    },
  );
});

describe('un courrier simple', () => {
  it('se classe sans suite avec son motif, une fois, et n’admet plus de réponse', async () => {
    const lettre = await lettreOf(api, '2-1');
    const [first, second] = await Promise.all([
      decide(lettre, 'classement', { jeton: api.jetonsCommune.operateur }),
      decide(lettre, 'classement', { jeton: api.jetonsCommune.operateur }),
    ]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const filed = first.status === 200 ? first : second;
    expect(filed.body).toMatchObject({ etat: 'filed', reponsesPermises: [] });
    expect(await journalOf(lettre)).toMatchObject([
      {
        evenement: 'closed-without-answer',
        etatAvant: 'received',
        etatApres: 'filed',
        acteur: 'essai operateur',
        motif: MOTIF,
      },
    ]);
    const answer = await answerLettre(api, lettre.id, '2-2');
    expect([answer.status, answer.body['code']]).toEqual([409, 'correspondance/event-refused']);
    expect(await reponsesTo(lettre)).toEqual([]);
  });

  it.each(['3-1', '5-1'] as const)('lui seul : une lettre %s ne se classe pas', async (flux) => {
    const lettre = await lettreOf(api, flux);
    const refused = await decide(lettre, 'classement');
    expect([refused.status, refused.body['code']]).toEqual([409, 'correspondance/event-refused']);
    expect(refused.body['allowedEvents']).not.toContain('closed-without-answer');
    expect(await journalOf(lettre)).toEqual([]);
  });
});
