import type { Empreinte } from '../ids';
import type { StoredFile } from './deliberation';
import { demandeText } from './demande-text';

const file = (nomFichier: string, lettre: string): StoredFile => ({
  nomFichier,
  empreinte: lettre.repeat(64) as Empreinte,
  tailleOctets: 1,
});
const EXTRAIT = file('extrait.pdf', 'a');
const ANNEXE = file('plan.pdf', 'b');

describe('le texte d’une demande', () => {
  it('ne dépend ni de l’ordre des champs, ni de celui des fichiers', () => {
    const sent = demandeText({ objet: 'École', vote: { pour: 24, contre: 0 } }, [EXTRAIT, ANNEXE]);
    expect(demandeText({ vote: { contre: 0, pour: 24 }, objet: 'École' }, [ANNEXE, EXTRAIT])).toBe(sent);
  });

  it.each([
    ['une valeur', { objet: 'Écoles' }, [EXTRAIT]],
    ['le contenu d’un fichier', { objet: 'École' }, [file('extrait.pdf', 'c')]],
    ['le nom d’un fichier', { objet: 'École' }, [file('autre.pdf', 'a')]],
    ['un fichier de plus', { objet: 'École' }, [EXTRAIT, ANNEXE]],
    ['l’ordre d’une liste', { objet: 'École', annexes: [2, 1] }, [EXTRAIT]],
  ])('change avec %s', (_, dossier, fichiers) => {
    const sent = 'annexes' in dossier ? { objet: 'École', annexes: [1, 2] } : { objet: 'École' };
    expect(demandeText(dossier, fichiers)).not.toBe(demandeText(sent, [EXTRAIT]));
  });

  it('ne se perd pas dans un dossier sans fond', () => {
    const bottomless = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(demandeText(bottomless, []).length).toBeLessThan(1_000);
  });
});
