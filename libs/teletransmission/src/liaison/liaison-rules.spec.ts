import { NO_DEPOSIT_RULES, judgeDepot } from './deposit-rules';
import { DIRECT_TRAITS } from './liaison';
import { checkLiaison } from './liaison-rules';

const HUB = { id: 'hub', nom: 'Le hub' };

function faults(changes: object): readonly (readonly [string, string])[] {
  const checked = checkLiaison({ ...HUB, ...changes });
  return checked.ok ? [] : (checked.problem.violations ?? []).map(({ pointer, code }) => [pointer, code]);
}

describe('la description d’une liaison', () => {
  it('vaut, pour ce qu’elle ne dit pas, ce que fait la liaison directe', () => {
    expect(checkLiaison(HUB)).toEqual({
      ok: true,
      value: {
        ...HUB,
        genre: 'directe',
        compte: null,
        traits: DIRECT_TRAITS,
        regles: NO_DEPOSIT_RULES,
        reglages: { url: null, sondagePeriodeMs: null },
        etat: 'ouverte',
        parDefaut: false,
      },
    });
  });

  it('dit toutes ses fautes à la fois, chacune à sa place', () => {
    expect(
      faults({
        id: 'Hub n° 1',
        genre: 'pigeon',
        etat: 'fermee',
        parDefaut: true,
        traits: { prend: 'colis', prouveAbsence: 'non' },
        regles: { objetMax: 0 },
        reglages: { url: 'https://compte:motdepasse@hub.example.org' },
        trait: {},
      }),
    ).toEqual([
      ['/trait', 'dossier/unknown-field'],
      ['/id', 'liaison/malformed-id'],
      ['/genre', 'liaison/unknown-choice'],
      ['/traits/prend', 'liaison/unknown-choice'],
      ['/traits/prouveAbsence', 'dossier/not-a-boolean'],
      ['/regles/objetMax', 'liaison/not-a-limit'],
      ['/reglages/url', 'liaison/malformed-url'],
      ['/parDefaut', 'liaison/closed-default'],
    ]);
  });

  it.each([['ftp://hub.example.org'], ['hub.example.org'], ['javascript:alert(1)']])(
    'ne prend pas « %s » pour une adresse',
    (url) => {
      expect(faults({ reglages: { url } })).toEqual([['/reglages/url', 'liaison/malformed-url']]);
    },
  );
});

describe('ce qu’une liaison refuserait d’un acte', () => {
  const acte = { numeroInterne: '2022-10-001', objet: 'Convention', fichiers: 3 };
  const codes = (regles: Partial<typeof NO_DEPOSIT_RULES>, changes: Partial<typeof acte> = {}) =>
    judgeDepot({ ...NO_DEPOSIT_RULES, ...regles }, { ...acte, ...changes }, 'Le hub').map(
      ({ pointer, code }) => `${pointer} ${code}`,
    );

  it('n’est rien quand elle n’exige rien de plus que la norme', () => {
    expect(codes({}, { objet: '😀'.repeat(500), fichiers: 99 })).toEqual([]);
  });

  it('se dit en entier : tiret, longueur, caractère, nombre de fichiers', () => {
    expect(
      codes({ sansTiret: true, objetMax: 9, latin1: true, fichiersMax: 2 }, { objet: 'Œuvre d’été' }),
    ).toEqual([
      '/numeroInterne liaison/hyphen-refused',
      '/objet liaison/objet-too-long',
      '/objet liaison/character-refused',
      '/annexes liaison/too-many-files',
    ]);
  });

  it('compte les caractères comme une personne, et garde tout l’ISO-8859-1', () => {
    expect(codes({ objetMax: 2 }, { objet: '😀😀' })).toEqual([]);
    expect(codes({ latin1: true }, { objet: 'Été à Ÿ'.replace('Ÿ', 'ÿ') })).toEqual([]);
  });
});
