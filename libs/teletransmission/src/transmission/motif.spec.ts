import { checkMotif } from './motif';

describe('le motif d’une décision', () => {
  it('se garde sans les blancs du bord, accents et lignes compris', () => {
    expect(checkMotif('  Erreur d’annexe :\nœ, € 🎉 ')).toEqual({
      ok: true,
      value: 'Erreur d’annexe :\nœ, € 🎉',
    });
  });

  it.each(['ab', ' a ', 'x'.repeat(501)])('compte de 3 à 500 caractères : %j', (text) => {
    expect(checkMotif(text)).toMatchObject({ problem: { code: 'transmission/reason-missing' } });
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
