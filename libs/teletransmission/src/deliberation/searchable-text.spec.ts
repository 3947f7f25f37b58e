import { searchableText } from './searchable-text';

describe('le texte de recherche', () => {
  it.each([
    ['Création d’une œuvre – 45 €', 'creation d une oeuvre 45'],
    ['ÉCOLES : Élémentaire & maternelle', 'ecoles elementaire maternelle'],
    ['PLU (modification n°2)', 'plu modification n 2'],
    ['Noël', 'noel'],
    ['🎉 — …', ''],
  ])('réduit « %s » à ses mots', (texte, attendu) => {
    expect(searchableText(texte)).toBe(attendu);
  });
});
