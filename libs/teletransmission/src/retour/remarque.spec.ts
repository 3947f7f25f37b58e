import { boundedRemarques, remarqueText } from './remarque';

describe('les remarques d’un retour', () => {
  it('se bornent en nombre, et disent combien manquent', () => {
    const many = Array.from({ length: 73 }, (_, i) => ({
      regle: 'xml/valeur-invalide',
      detail: `faute ${i}`,
    }));
    const kept = boundedRemarques(many);
    expect(kept).toHaveLength(51);
    expect(kept.at(-1)).toEqual({
      regle: 'remarques/autres',
      detail: 'Et 23 autres, qui ne sont pas gardées.',
    });
    expect(boundedRemarques(many.slice(0, 50))).toEqual(many.slice(0, 50));
  });

  it('se bornent en longueur, et ne portent rien qu’une base ne sache écrire', () => {
    const [kept] = boundedRemarques([
      {
        regle: 'xml/valeur-invalide',
        detail: `a\0b\ud800${'é'.repeat(400)}`,
        fichier: `\u0007${'f'.repeat(300)}`,
      },
    ]);
    expect(kept?.detail).toHaveLength(300);
    expect(kept?.detail).toMatch(/^a\ufffdb\ufffdé+…$/);
    expect(kept?.fichier).toHaveLength(255);
    expect(kept?.fichier).not.toContain('\u0007');
  });

  it('se disent en une ligne', () => {
    expect(remarqueText({ regle: 'x', detail: 'Un numéro.', fichier: 'a.xml', ligne: 3 })).toBe(
      'a.xml : ligne 3 : Un numéro.',
    );
    expect(remarqueText({ regle: 'x', detail: 'Un gzip double.' })).toBe('Un gzip double.');
  });
});
