import { criteriaOf, filterOf, hrefOf, remarquesOf } from './list-filter';

describe('le filtre de la liste', () => {
  it('lit l’adresse, et l’adresse le redit', () => {
    const filter = filterOf({ etat: 'held', mots: ' école ', siren: '', inconnu: 'x', du: ['2026-01-01'] });
    expect(filter).toEqual({ etat: 'held', mots: 'école' });
    expect(hrefOf(filter)).toBe('/deliberations?etat=held&mots=%C3%A9cole');
    expect(hrefOf(filter, 'curseur=')).toBe('/deliberations?etat=held&mots=%C3%A9cole&apres=curseur%3D');
    expect(hrefOf({})).toBe('/deliberations');
  });

  it('devient des critères', () => {
    const filter = filterOf({
      etat: 'awaiting-ack',
      retard: 'oui',
      mots: 'budget',
      siren: '213402761',
      identifiant: '034-213402761-20261105-2026_11_062-DE',
      matiere: '7.10',
      du: '2026-11-01',
      au: '2026-11-30',
    });
    expect(criteriaOf(filter)).toEqual({
      ok: true,
      value: {
        etat: 'awaiting-ack',
        enRetard: true,
        mots: 'budget',
        siren: '213402761',
        reference: { kind: 'identifiant', identifiant: '034-213402761-20261105-2026_11_062-DE' },
        matiere: '7.10',
        decision: { du: '2026-11-01', au: '2026-11-30' },
      },
    });
  });

  it('lit un SIREN et un identifiant tels qu’ils se recopient, et le remarque', () => {
    const filter = filterOf({
      siren: '213\u202f402\u00a0761',
      identifiant: 'ID : 034–213402761–20261105–2026_11_062–DE',
      publication: 'a-faire',
    });
    expect(criteriaOf(filter)).toEqual({
      ok: true,
      value: {
        nonPubliee: true,
        siren: '213402761',
        reference: { kind: 'identifiant', identifiant: '034-213402761-20261105-2026_11_062-DE' },
      },
    });
    expect(remarquesOf(filter).join(' ')).toMatch(/tirets typographiques.*étiquette.*213402761/);
    expect(remarquesOf(filterOf({ identifiant: '2026_11_062' }))).toEqual([]);
  });

  it('vide, ne filtre rien', () => {
    expect(criteriaOf({})).toEqual({ ok: true, value: {} });
    expect(criteriaOf({ retard: 'non' })).toEqual({ ok: true, value: {} });
  });

  it('dit toutes ses fautes ensemble, chacune à son champ', () => {
    const refused = criteriaOf({
      etat: 'perdue',
      siren: '12',
      matiere: 'sept',
      du: '2026-02-30',
      au: 'hier',
    });
    if (refused.ok) throw new Error('accepté');
    expect(refused.problem.code).toBe('search/invalid');
    expect(refused.problem.violations?.map(({ pointer }) => pointer)).toEqual([
      '/etat',
      '/siren',
      '/matiere',
      '/du',
      '/au',
    ]);
  });

  it('refuse une période à l’envers', () => {
    const refused = criteriaOf({ du: '2026-11-30', au: '2026-11-01' });
    expect(refused.ok ? [] : refused.problem.violations?.map(({ pointer }) => pointer)).toEqual(['/au']);
  });
});
