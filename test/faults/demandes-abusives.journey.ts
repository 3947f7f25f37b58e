import { PROBLEM_MAX_BYTES } from '@teletransmission/http-problems';
import { AbusedApi } from '../portes/abused-api';
import { ABUSIVE_REQUESTS } from '../portes/abusive-requests';

/** Une machine chargée met une minute à tout lancer. */
const START_WITHIN_MS = 240_000;
/** L'essai lui-même peut être suspendu entre deux gestes : l'ordre ne se juge alors qu'à l'essai suivant. */
const ATTEMPTS = 5;
/** Ce que l'API tient de mémoire, quoi qu'on lui envoie : le tas d'une machine de 512 Mio n'y suffirait pas. */
const MEMORY_MAX_MIB = 400;

describe('une demande abusive', () => {
  let api: AbusedApi;
  beforeAll(async () => {
    api = await AbusedApi.start();
  }, START_WITHIN_MS);
  afterAll(() => api.stop(), START_WITHIN_MS);

  it('est d’au moins quarante sortes', () => {
    expect(new Set(ABUSIVE_REQUESTS.map(({ nom }) => nom)).size).toBe(ABUSIVE_REQUESTS.length);
    expect(ABUSIVE_REQUESTS.length).toBeGreaterThanOrEqual(40);
  });

  it.each(ABUSIVE_REQUESTS.map((request) => [request.nom, request] as const))(
    '%s : la santé répond avant elle, et sa réponse est courte',
    async (_nom, request) => {
      let outcome = await api.suffer(request);
      for (let attempt = 1; attempt < ATTEMPTS && !outcome.isHealthyAfter; attempt += 1) {
        if (request.refusedOn !== undefined || outcome.isHealthyAfter === null) break;
        outcome = await api.suffer(request);
      }
      const { answer, isHealthyMidway, isHealthyAfter } = outcome;
      expect([answer.status, answer.type]).toEqual([
        request.status,
        request.status < 400 ? 'application/json' : 'application/problem+json',
      ]);
      expect(answer.body.length).toBeLessThanOrEqual(PROBLEM_MAX_BYTES);
      expect(isHealthyMidway).toBe(true);
      if (request.refusedOn === undefined) expect(isHealthyAfter).not.toBe(false);
    },
    START_WITHIN_MS,
  );

  it('n’a ni tué l’API, ni usé sa mémoire, ni empêché un dépôt', async () => {
    expect(api.service.part('api').starts).toBe(1);
    expect(api.service.part('api').deaths).toEqual([]);
    expect(await api.deposit('APRES')).toBe(201);
    expect(api.peakMemoryMib()).toBeLessThan(MEMORY_MAX_MIB);
  });
});
