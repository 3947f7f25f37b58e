import { ActesSchema } from './actes-schema';
import { writeLatin1 } from './write-latin1';
import { acteElement, textOf } from './xml-tree';

describe('writeLatin1', () => {
  const objet = (texte: string): Buffer => writeLatin1(acteElement('Objet', { Libelle: texte }, [texte]));

  it.each([
    ['les accents', 'Évaluation de l’école « Jean-Moulin » : coût, maïs, œuvre, 100 €'],
    ['ce que XML réserve', `a < b && c > "d" 'e' ]]>`],
    ['un caractère hors du plan de base', 'place du marché 🏛'],
    ['tabulation et fin de ligne', 'un\tdeux\ntrois\rquatre'],
    ['les C1 de Latin-1', 'avant\u0085\u009Faprès'],
  ])('se relit sans perte : %s', async (_quoi, texte) => {
    const schema = await ActesSchema.load();
    const lu = schema.read(objet(texte));
    if (lu.kind !== 'read') throw new Error(lu.detail);
    expect(textOf(lu.racine)).toBe(texte);
    expect(lu.racine.attributs[0]?.valeur).toBe(texte);
  });

  it('n’écrit jamais de point d’interrogation à la place d’une lettre', () => {
    const octets = objet('œ’€—Ÿ');
    expect(octets.toString('latin1')).toContain('>&#339;&#8217;&#8364;&#8212;&#376;<');
    expect(octets.toString('latin1').replace(/<\?xml.*\?>/, '')).not.toContain('?');
  });

  it('retire ce qu’aucun XML ne peut porter', () => {
    expect(objet('a\u0000b\u0007c\uD800d').toString('latin1')).toContain('>abcd<');
  });
});
