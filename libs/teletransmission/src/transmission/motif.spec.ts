import { checkMotif } from './motif';

describe('le motif d’une décision', () => {
  it('se garde sans les blancs du bord, accents et lignes compris', () => {
    expect(checkMotif('  Erreur d’annexe :\nœ, € 🎉 ')).toEqual({
      ok: true,
      value: 'Erreur d’annexe :\nœ, € 🎉',
    });
  });

  it.each([
    ['', 'transmission/reason-missing'],
    ['   ', 'transmission/reason-missing'],
    ['ab', 'transmission/reason-too-short'],
    [' a ', 'transmission/reason-too-short'],
    ['x'.repeat(501), 'transmission/reason-too-long'],
  ])('compte de 3 à 500 caractères : %j', (text, code) => {
    expect(checkMotif(text)).toMatchObject({ problem: { code } });
  });

  it.each(['erreur\u0000', 'd\ufffdlibération', 'fête \ud83d'])(
    'refuse un caractère illisible ou déjà perdu : %j',
    (text) => {
      expect(checkMotif(text)).toMatchObject({
        problem: { code: 'texte/refused', violations: [{ pointer: '/motif' }] },
      });
    },
  );
});
