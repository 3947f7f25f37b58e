import type { Metrique } from './exposition';
import { exposition } from './exposition';

const metrique = (over: Partial<Metrique> = {}): Metrique => ({
  nom: 'essai_nombre',
  aide: 'Un nombre',
  genre: 'gauge',
  valeurs: [{ valeur: 1 }],
  ...over,
});

describe('le texte des métriques', () => {
  it('dit de chacune ce qu’elle est, puis ses valeurs, et finit par une ligne entière', () => {
    const valeurs = [
      { etiquettes: { etat: 'queued', genre: 'a' }, valeur: 2 },
      { etiquettes: { etat: 'held', genre: 'a' }, valeur: 0.5 },
    ];
    expect(exposition([metrique(), metrique({ nom: 'essai_autre_total', genre: 'counter', valeurs })])).toBe(
      [
        '# HELP essai_nombre Un nombre',
        '# TYPE essai_nombre gauge',
        'essai_nombre 1',
        '# HELP essai_autre_total Un nombre',
        '# TYPE essai_autre_total counter',
        'essai_autre_total{etat="queued",genre="a"} 2',
        'essai_autre_total{etat="held",genre="a"} 0.5',
        '',
      ].join('\n'),
    );
  });

  it('tait ce dont on ne sait rien, plutôt que d’en dire zéro', () => {
    expect(exposition([metrique({ valeurs: [] })])).toBe('');
    expect(exposition([])).toBe('');
  });

  it('ne laisse aucune valeur d’étiquette sortir de ses guillemets', () => {
    const valeurs = [{ etiquettes: { nom: 'a"b\\c\nd' }, valeur: 1 }];
    expect(exposition([metrique({ valeurs })]).split('\n')[2]).toBe('essai_nombre{nom="a\\"b\\\\c\\nd"} 1');
  });

  it('refuse un nom que le format n’admet pas, ou donné deux fois', () => {
    expect(() => exposition([metrique({ nom: 'délai' })])).toThrow('inadmissible');
    expect(() => exposition([metrique(), metrique()])).toThrow('deux fois');
  });
});
