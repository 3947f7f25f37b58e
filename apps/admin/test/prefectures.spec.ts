import type { PrefectureView } from '@teletransmission/teletransmission';
import { CLOSED_CIRCUIT, newPrefecture } from '@teletransmission/teletransmission';
import { linksOf, pageText } from './page-text';
import { RunningDesk } from './running-desk';
import { aCompte, at, SAINT_MATHIEU } from './views';
import { aGuichet } from '@teletransmission/testkit';

describe('la salle des préfectures', () => {
  let desk: RunningDesk;
  let cookie: string;
  beforeEach(async () => {
    desk = await RunningDesk.start();
    cookie = await desk.signIn(aCompte());
  });
  afterEach(() => desk.close());

  const put = (departement: string, over: Partial<PrefectureView> = {}): void => {
    desk.prefectures.seen.push({
      prefecture: newPrefecture(aGuichet(departement)),
      circuit: CLOSED_CIRCUIT,
      actesDepuisUneHeure: 0,
      octetsDepuisUneHeure: 0,
      dernierEnvoiPrisLe: null,
      dernierAccuseLe: null,
      attentes: [],
      ...over,
    });
  };
  const seen = async (): Promise<string> => pageText((await desk.get('/prefectures', cookie)).body);

  it('dit d’une préfecture saine ce qu’elle a pris, et que rien n’y attend', async () => {
    put('034', {
      actesDepuisUneHeure: 12,
      octetsDepuisUneHeure: 1_400_000,
      dernierAccuseLe: at('2026-11-24T07:00:00Z'),
    });
    const text = await seen();
    expect(text).toContain('Préfecture 034 ✓ Joignable Aucun échec en cours.');
    expect(text).toContain('12 envois, sans limite 1,4 Mo, sans limite');
    expect(text).toContain('À toute heure (Europe/Paris)');
    expect(text).toContain('Dernier accusé lu il y a 3 h');
    expect(text).toContain('Rien n’attend.');
  });

  it('dit d’une préfecture coupée pourquoi, le prochain essai, et les actes qui attendent', async () => {
    put('034');
    put('974', {
      prefecture: { ...newPrefecture(aGuichet('974')), actesParHeure: 200, octetsParHeure: 50_000_000 },
      circuit: {
        ...CLOSED_CIRCUIT,
        state: 'open',
        probeAt: at('2026-11-24T10:12:00Z'),
        detail: 'Aucune réponse en 60 s.',
      },
      actesDepuisUneHeure: 180,
      octetsDepuisUneHeure: 3_000_000,
      attentes: [
        {
          code: 'prefecture/circuit-open',
          nombre: 1_204,
          depuis: at('2026-11-24T08:00:00Z'),
          prochainLe: at('2026-11-24T10:12:00Z'),
          detail: 'La préfecture 974 ne répond plus.',
        },
      ],
    });
    const text = await seen();
    expect(text).toContain('! Ne répond plus Aucune réponse en 60 s. Prochain essai dans 12 min');
    expect(text).toContain('180 envois sur 200 3 Mo sur 50 Mo');
    expect(text).toContain('La préfecture 974 ne répond plus. 1 204 depuis 2 h dans 12 min');
    expect(text.indexOf('Préfecture 974')).toBeLessThan(text.indexOf('Préfecture 034'));
  });

  it('ne promet pas de date aux actes d’une préfecture suspendue : ils repartent à la reprise', async () => {
    put('034', {
      prefecture: {
        ...newPrefecture(aGuichet('034')),
        pause: { depuis: at('2026-11-24T09:00:00Z'), motif: 'bascule du réseau' },
      },
      attentes: [
        {
          code: 'prefecture/paused',
          nombre: 7,
          depuis: at('2026-11-24T09:00:00Z'),
          prochainLe: at('2026-11-24T11:00:00Z'),
          detail: null,
        },
      ],
    });
    const text = await seen();
    expect(text).toContain('! Suspendue Suspendue ici : bascule du réseau.');
    expect(text).toContain('7 depuis 1 h À la reprise');
  });

  it('dit les heures d’envoi et les arrêts annoncés, et tait les arrêts finis', async () => {
    const interruption = (du: string, au: string, motif: string): object => ({
      du: at(du),
      au: at(au),
      motif,
    });
    put('034', {
      prefecture: {
        ...newPrefecture(aGuichet('034')),
        interruptions: [
          interruption('2026-11-20T08:00:00Z', '2026-11-20T18:00:00Z', 'panne passée'),
          interruption('2026-12-31T22:00:00Z', '2027-01-01T06:00:00Z', 'clôture de l’année'),
        ] as never,
      },
    });
    const text = await seen();
    expect(text).toContain(
      'du jeudi 31 décembre 2026 à 23:00:00 au vendredi 1er janvier 2027 à 07:00:00 : clôture de l’année',
    );
    expect(text).not.toContain('panne passée');
  });

  it('ne s’ouvre qu’aux comptes de toute la plateforme, et ne se montre pas aux autres', async () => {
    expect(linksOf((await desk.get('/', cookie)).body)).toContain('/prefectures');
    const scoped = await desk.signIn(aCompte({ nom: 'Secrétariat', collectiviteId: SAINT_MATHIEU }));
    expect((await desk.get('/prefectures', scoped)).statusCode).toBe(403);
    expect(linksOf((await desk.get('/', scoped)).body)).not.toContain('/prefectures');
  });
});
