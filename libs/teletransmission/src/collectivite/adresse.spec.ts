import type { IdentifiantActe } from '@teletransmission/actes';
import { adresseOf, isAdressePublique, MODELE_ADRESSE_MAX, parseModeleAdresse } from './adresse';

describe('l’adresse d’un acte publié', () => {
  it.each(['https://commune.example/actes/62', 'http://mairie.example:8080/é?acte=62#texte'])(
    'peut être « %s »',
    (text) => {
      expect(isAdressePublique(text)).toBe(true);
    },
  );

  it.each([
    'ftp://commune.example/62',
    'https:commune.example',
    'commune.example/62',
    'javascript:alert(1)',
    'https://',
    'https://deux mots.example/',
    'https://commune.example/\u0000',
    `https://commune.example/${'a'.repeat(2000)}`,
  ])('ne peut être « %s »', (text) => {
    expect(isAdressePublique(text)).toBe(false);
  });

  it.each([
    'https://commune.example/actes/{identifiant}',
    'http://mairie.example/?acte={identifiant}&lire={identifiant}',
  ])('se tire du modèle « %s »', (modele) => {
    expect(parseModeleAdresse(modele)).toEqual({ ok: true, value: modele });
  });

  it.each([
    '',
    'https://commune.example/actes/',
    'https://commune.example/{numero}/{identifiant}',
    '{identifiant}',
    `https://commune.example/${'a'.repeat(MODELE_ADRESSE_MAX)}/{identifiant}`,
  ])('ne se tire pas de « %s »', (modele) => {
    expect(parseModeleAdresse(modele)).toMatchObject({
      ok: false,
      problem: { code: 'publication/address-template' },
    });
  });

  it('porte l’identifiant de l’acte, échappé', () => {
    const identifiant = '034-213402761-20221020-2022_10$&062-DE' as IdentifiantActe;
    expect(adresseOf('https://commune.example/actes/{identifiant}', identifiant)).toBe(
      'https://commune.example/actes/034-213402761-20221020-2022_10%24%26062-DE',
    );
  });
});
