import { problems } from '@teletransmission/teletransmission';
import { linksOf, pageText } from '../../test/page-text';
import { aCollectivite, aCompte, aDeliberationView, at, NOW } from '../../test/views';
import type { DeliberationListView } from './deliberation-list-page';
import { renderDeliberationList } from './deliberation-list-page';

function list(over: Partial<DeliberationListView>): string {
  return renderDeliberationList({
    compte: aCompte(),
    filter: {},
    collectivites: [],
    page: { items: [], next: null },
    refusal: null,
    isContinued: false,
    now: NOW,
    ...over,
  });
}

describe('la liste des délibérations', () => {
  it('tient en une ligne qui, quoi, où, depuis quand, pourquoi et ensuite', () => {
    const view = aDeliberationView({
      transmission: {
        state: 'held',
        since: at('2026-11-22T08:00:00Z'),
        stopReason: { code: 'transmission/turns-exhausted', detail: '60 envois ont échoué.' },
      },
    });
    const html = list({ page: { items: [view], next: null } });
    const row = pageText(/<tbody[\s\S]*<\/tbody>/.exec(html)?.[0] ?? '');
    for (const part of [
      'Saint-Mathieu-de-Tréviers',
      '2026_11_062',
      view.objet,
      '‖ Retenue',
      'depuis 2 jours',
      '60 envois ont échoué.',
      'Lire la raison de l’arrêt',
    ]) {
      expect(row).toContain(part);
    }
    expect(linksOf(html)).toContain(`/deliberations/${view.id}`);
  });

  it('dit quand vient l’étape suivante, et marque un accusé en retard d’un mot', () => {
    const view = aDeliberationView({
      transmission: { isOverdue: true, ackDueAt: at('2026-11-22T09:00:00Z') },
    });
    const text = pageText(list({ page: { items: [view], next: null } }));
    expect(text).toContain('! AR en retard');
    expect(text).toContain('il y a 2 jours');
  });

  it('n’interprète jamais un objet comme du HTML', () => {
    const html = list({
      page: { items: [aDeliberationView({ objet: '<script>alert(1)</script>' })], next: null },
    });
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script>alert(1)');
  });

  it('garde le filtre dans le formulaire et dans le lien de la suite', () => {
    const html = list({
      filter: { etat: 'held', mots: 'école' },
      page: { items: [aDeliberationView()], next: 'curseur' },
      isContinued: true,
    });
    expect(linksOf(html)).toEqual(
      expect.arrayContaining([
        '/deliberations?etat=held&mots=%C3%A9cole',
        '/deliberations?etat=held&mots=%C3%A9cole&apres=curseur',
      ]),
    );
    expect(html).toMatch(/<option [^>]*selected[^>]*value="held"|<option value="held" selected/);
    expect(html).toContain('value="école"');
  });

  it('dit que rien n’a été trouvé', () => {
    expect(pageText(list({}))).toContain('Aucune délibération ne répond à ces critères.');
  });

  it('montre chaque faute du filtre à son champ', () => {
    const refusal = problems.invalidSearch([
      { pointer: '/siren', code: 'search/invalid', detail: 'Un SIREN compte neuf chiffres.' },
    ]);
    const html = list({
      filter: { siren: '12' },
      collectivites: [aCollectivite()],
      refusal,
    });
    expect(html).toMatch(
      /<select id="siren"[\s\S]*<\/select><p class="champ-faute">Un SIREN compte neuf chiffres/,
    );
    expect(html).toContain('role="alert"');
  });

  it('nomme chaque colonne et la rappelle devant chaque cellule une fois les lignes empilées', () => {
    const html = list({ page: { items: [aDeliberationView()], next: null } });
    const columns = [...html.matchAll(/<th role="columnheader" scope="col">([^<]+)</g)].map(
      ([, titre]) => titre,
    );
    expect(columns).toEqual(['Collectivité', 'Numéro', 'Objet', 'État', 'Dernier problème', 'Ensuite']);
    for (const titre of columns) expect(html).toContain(`data-titre="${titre ?? ''}"`);
  });
});
