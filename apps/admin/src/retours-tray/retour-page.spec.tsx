import { aCompte, aRetour, at } from '../../test/views';
import { renderRetour } from './retour-page';
import { renderTray } from './tray-page';

const compte = aCompte();
const now = at('2026-11-24T10:00:00Z');
const page = { items: [], next: null };

describe('un retour sur lequel une décision est proposée', () => {
  it.each([
    [true, 'attend une seconde personne'],
    [false, null],
  ])('%s : sa page et le bac le disent', (isDecisionPending, words) => {
    const retour = aRetour({ isDecisionPending });
    const views = [
      renderRetour({ compte, retour, now }),
      renderTray({
        compte,
        page: { items: [retour], next: null },
        releves: page,
        isContinued: false,
        now,
      }),
    ];
    for (const html of views) {
      expect(html).toContain(retour.nom);
      expect(html.includes('attend une seconde personne')).toBe(words !== null);
    }
  });
});
