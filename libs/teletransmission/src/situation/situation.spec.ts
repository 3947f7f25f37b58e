import type { CivilDate, Instant } from '@teletransmission/kernel';
import { DEPARTURE_WAIT_CODES } from '../prefecture/departure-wait';
import type { TransmissionState } from '../vies/transmission-transitions';
import { TRANSMISSION_STATES } from '../vies/transmission-transitions';
import type { Faits } from './faits';
import { DEPARTS } from './faits';
import { situationOf } from './situation';
import { announcementOf, suiteOfReponse } from './suite.fr';

const AT = '2026-11-24T18:00:00.000Z' as Instant;
const LATER = '2026-11-25T18:00:00.000Z' as Instant;
const CORRECTION = '0190d000-0000-7000-8000-000000000001' as NonNullable<Faits['corrigeePar']>;

function faits(
  state: TransmissionState,
  changes: Partial<Faits['transmission']> = {},
  publication: Partial<Faits['publication']> = {},
  corrigeePar: Faits['corrigeePar'] = null,
): Faits {
  return {
    transmission: {
      state,
      depart: 'aucun',
      isOverdue: false,
      nextTurnAt: null,
      ackDueAt: null,
      stopReason: null,
      dateReception: null,
      annulation: null,
      ...changes,
    },
    publication: {
      state: 'unpublished',
      datePublication: null,
      adresse: null,
      declaration: null,
      automatique: false,
      siteRegle: false,
      ...publication,
    },
    corrigeePar,
  };
}

const day = (text: string | null): CivilDate | null => text as CivilDate | null;
const publishedOn = (text: string | null): Partial<Faits['publication']> =>
  text === null ? {} : { state: 'published', datePublication: day(text) };

const droit = (state: TransmissionState, reception: string | null, publication: string | null): string =>
  situationOf(faits(state, { dateReception: day(reception) }, publishedOn(publication))).droit;

describe('le droit', () => {
  it.each([
    ['2022-11-02', '2022-11-21', 'Exécutoire depuis le 21/11/2022', 'la publication a suivi la réception'],
    [
      '2022-11-02',
      '2022-10-21',
      'Exécutoire depuis le 02/11/2022',
      'la réception par l’État a suivi la publication',
    ],
    ['2022-11-02', '2022-11-02', 'Exécutoire depuis le 02/11/2022', 'le même jour'],
  ])('reçue le %s et publiée le %s : %s, %s', (reception, publication, start, reason) => {
    const text = droit('acknowledged', reception, publication);
    expect(text).toContain(start);
    expect(text).toContain(reason);
    expect(text).toContain('L2131-1');
  });

  it('dit ce qui manque', () => {
    expect(droit('queued', null, null)).toContain('il manque la réception par l’État et la publication');
    expect(droit('awaiting-ack', null, '2022-11-21')).toContain('l’État n’en a pas accusé réception');
    expect(droit('acknowledged', '2022-11-02', null)).toContain('pas encore publiée');
  });

  it('n’est jamais exécutoire une fois l’annulation acquittée, quelles que soient ses dates', () => {
    expect(droit('cancelled', '2022-11-02', '2022-11-21')).toMatch(/^Pas exécutoire/);
  });

  it('reste exécutoire tant que l’annulation demandée n’est pas accusée, et le dit', () => {
    expect(droit('cancelling', '2022-11-02', '2022-11-21')).toMatch(
      /^Exécutoire depuis .*annulation est demandée/,
    );
  });

  it('n’est exécutoire que reçue et publiée', () => {
    for (const state of TRANSMISSION_STATES) {
      expect(droit(state, null, '2022-11-21')).not.toMatch(/^Exécutoire/);
      expect(droit(state, '2022-11-02', null)).not.toMatch(/^Exécutoire/);
    }
  });

  it.each(TRANSMISSION_STATES)('ne parle jamais de validation ni d’approbation (%s)', (state) => {
    for (const reception of [null, '2022-11-02'])
      for (const publication of [null, '2022-11-21'])
        expect(droit(state, reception, publication)).not.toMatch(/valid|approuv|approbation/i);
  });
});

describe('un acte qui ne part plus', () => {
  it.each(DEPARTS)('ne dit « avant tout envoi » que si rien n’en est parti (%s)', (depart) => {
    for (const correction of [null, CORRECTION]) {
      const { transmission, droit: law } = situationOf(faits('withdrawn', { depart }, {}, correction));
      for (const phrase of [transmission, law])
        expect(phrase.includes('avant tout envoi')).toBe(depart === 'aucun');
    }
  });

  it('envoyé, refusé, puis remplacé, ne promet pas de publication', () => {
    const {
      droit: law,
      publication,
      suite,
    } = situationOf(
      faits('withdrawn', { depart: 'pris' }, { automatique: true, siteRegle: true }, CORRECTION),
    );
    expect(law).toContain('envoyée, refusée par la préfecture, puis remplacée par sa correction');
    expect(publication).toContain('c’est sa correction qui se publie');
    expect(suite).toMatchObject({ who: 'personne', at: null });
  });

  it('peut-être parti, dit de le demander', () => {
    for (const state of ['held', 'withdrawn'] as const)
      expect(situationOf(faits(state, { depart: 'incertain' })).suite).toMatchObject({
        who: 'operateur',
        texte: expect.stringContaining('Demander à la préfecture') as string,
      });
  });
});

describe('la publication', () => {
  const said = (state: TransmissionState, publication: Partial<Faits['publication']>): string =>
    situationOf(faits(state, {}, publication)).publication;

  it('ne promet de suivre l’accusé que si l’adresse du site est réglée', () => {
    expect(said('awaiting-ack', { automatique: true, siteRegle: true })).toContain('suivra l’accusé');
    for (const state of ['queued', 'acknowledged'] as const)
      expect(said(state, { automatique: true })).toContain('n’est pas réglée');
  });

  it('d’avant la règle, se dit sans adresse connue', () => {
    expect(said('acknowledged', publishedOn('2022-11-21'))).toBe('Publiée sans adresse connue.');
  });

  it('déclarée, dit comment et par qui', () => {
    const declaration = { moyen: 'affichage', par: 'Claire Vidal', le: AT } as const;
    expect(said('acknowledged', { ...publishedOn('2022-11-21'), declaration })).toContain(
      'par affichage, d’après la déclaration de Claire Vidal',
    );
  });
});

describe('l’étape qui suit', () => {
  const step = (state: TransmissionState, code: string | null): ReturnType<typeof suiteOfReponse> =>
    situationOf(
      faits(state, { nextTurnAt: AT, stopReason: code === null ? null : { code, detail: 'Raison.' } }),
    ).suite;

  it.each(DEPARTURE_WAIT_CODES)(
    'd’un acte que retient « %s » est au service, et dit ce qu’il attend',
    (code) => {
      const { who, texte } = step('sealed', code);
      expect(who).toBe('service');
      expect(texte).not.toBe(step('sealed', null).texte);
    },
  );

  it.each(['prefecture/paused', 'prefecture/circuit-open'])('sous « %s », ne promet aucune date', (code) => {
    expect(step('sealed', code).at).toBeNull();
  });

  it.each([
    'prefecture/closed',
    'prefecture/interrupted',
    'prefecture/budget-spent',
    'prefecture/unreachable',
  ])('sous « %s », donne celle du départ', (code) => {
    expect(step('sealed', code).at).toBe(AT);
  });

  it('hors de l’enveloppe, ne tient pas compte d’une attente passée', () => {
    expect(step('uncertain', 'prefecture/paused')).toEqual(step('uncertain', null));
  });

  it('d’une annulation demandée est celle de son message', () => {
    const suite = (state: TransmissionState): string =>
      situationOf(faits('cancelling', { annulation: { state } })).suite.who;
    expect(['queued', 'awaiting-ack', 'held'].map((state) => suite(state as TransmissionState))).toEqual([
      'service',
      'prefecture',
      'operateur',
    ]);
  });

  it('dit d’une date ce qu’elle est : une prévision, un plus tôt, un plus tard', () => {
    expect(announcementOf(step('queued', null), AT)).toContain('Pas avant');
    expect(announcementOf(step('sealed', null), AT)).toContain('prévu');
    expect(announcementOf(step('sealed', null), LATER)).toContain('C’était prévu');
    const awaiting = situationOf(faits('awaiting-ack', { ackDueAt: AT })).suite;
    expect(announcementOf(awaiting, AT)).toContain('Au plus tard');
    expect(announcementOf(awaiting, LATER)).toContain('Échéance passée');
  });

  it('d’une réponse refusée est de répondre de nouveau', () => {
    const reponse = { ...faits('rejected').transmission };
    expect(suiteOfReponse(reponse).texte).toContain('lettre attend une réponse');
  });
});
