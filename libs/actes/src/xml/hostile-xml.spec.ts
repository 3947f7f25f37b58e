import { Buffer } from 'node:buffer';
import { readXml } from '../messages/read-xml';
import { validateXml } from './validate-xml';

const ACTES = 'http://www.interieur.gouv.fr/ACTES#v1.1-20040216';
const DECLARATION = '<?xml version="1.0" encoding="ISO-8859-1"?>';
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const annulation = (inside = ''): string =>
  `<actes:Annulation xmlns:actes="${ACTES}" actes:IDActe="034-213402761-20221020-1-DE"${inside}/>`;
const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;

const HOSTILE: readonly (readonly [title: string, bytes: Uint8Array, code: string])[] = [
  ['un fichier vide', new Uint8Array(), 'xml/empty'],
  ['le milliard de rires', latin1(`${DECLARATION}${LAUGHS}<a>&b;</a>`), 'xml/doctype'],
  [
    'une entité externe',
    latin1(`${DECLARATION}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${annulation()}`),
    'xml/doctype',
  ],
  [
    'une DTD externe après un commentaire',
    latin1(`${DECLARATION}<!-- x --><?pi x?>\n<!DOCTYPE a SYSTEM "http://ailleurs/a.dtd"><a/>`),
    'xml/doctype',
  ],
  ['un DOCTYPE après la racine', latin1(`${annulation()}<!DOCTYPE a>`), 'xml/malformed'],
  [
    'une entité quadratique',
    latin1(`<!DOCTYPE a [<!ENTITY x "${'x'.repeat(50_000)}">]><a>${'&x;'.repeat(50_000)}</a>`),
    'xml/doctype',
  ],
  ['neuf mébioctets', new Uint8Array(9 * 1024 * 1024).fill(0x20), 'xml/too-large'],
  ['cinq mille niveaux', latin1(`${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`), 'xml/too-deep'],
  [
    'quarante mille attributs',
    latin1(`<a ${Array.from({ length: 40_000 }, (_, i) => `b${i}="1"`).join(' ')}/>`),
    'xml/too-many-attributes',
  ],
  ['dix mille éléments et un', latin1(`<a>${'<b/>'.repeat(10_000)}</a>`), 'xml/too-many-elements'],
  [
    'vingt-cinq mille attributs en tout',
    latin1(`<a>${`<b ${Array.from({ length: 60 }, (_, i) => `c${i}=""`).join(' ')}/>`.repeat(450)}</a>`),
    'xml/too-many-attributes',
  ],
  ['un commentaire sans fin, fait de tirets', latin1(`<!--${' -'.repeat(3_000_000)}`), 'xml/piece-too-long'],
  [
    'un commentaire qui semble se fermer',
    latin1(`<!-->${`${' -'.repeat(300_000)}<`.repeat(3)}`),
    'xml/piece-too-long',
  ],
  ['une instruction sans fin', latin1(`<?a${' ?'.repeat(400_000)}`), 'xml/piece-too-long'],
  ['un CDATA sans fin', latin1(`<a><![CDATA[${'] '.repeat(400_000)}`), 'xml/piece-too-long'],
  ['un texte fait d’esperluettes', latin1(`<a>${'&amp;'.repeat(200_000)}</a>`), 'xml/piece-too-long'],
  ['un nom de huit millions de lettres', latin1(`<${'a'.repeat(8_000_000)}/>`), 'xml/piece-too-long'],
  ['mille espaces avant du texte', latin1(`${' '.repeat(1_000)}bonjour`), 'xml/malformed'],
  ['mille commentaires avant la racine', latin1(`${'<!---->'.repeat(1_000)}<a/>`), 'xml/unknown-root'],
  ['mille instructions avant un DOCTYPE', latin1(`${'<?a?> '.repeat(1_000)}<!doctype a>`), 'xml/doctype'],
  ['une entité inconnue', latin1(`<a>&eacute;</a>`), 'xml/malformed'],
  ['une référence au caractère nul', latin1('<a>&#0;</a>'), 'xml/malformed'],
  ['un caractère de contrôle', latin1('<a>\u0001</a>'), 'xml/malformed'],
  ['un fichier coupé', latin1(annulation().slice(0, 60)), 'xml/malformed'],
  ['deux racines', latin1(`${annulation()}${annulation()}`), 'xml/malformed'],
  ['un attribut doublé', latin1(annulation(' actes:IDActe="x"')), 'xml/malformed'],
  ['un préfixe non déclaré', latin1('<actes:Annulation/>'), 'xml/malformed'],
  ['une page de courrier', latin1('<html><body>Acte</body></html>'), 'xml/unknown-root'],
  ['un espace de noms étranger', latin1('<Annulation xmlns="urn:autre"/>'), 'xml/unknown-namespace'],
  ['aucun espace de noms', latin1('<Annulation/>'), 'xml/unknown-namespace'],
  ['de l’UTF-16', new Uint8Array(Buffer.from(`\ufeff${annulation()}`, 'utf16le')), 'xml/unknown-encoding'],
  [
    'un encodage exotique',
    latin1(`<?xml version="1.0" encoding="EBCDIC-FR"?>${annulation()}`),
    'xml/unknown-encoding',
  ],
  ['des octets latins sans déclaration', latin1(`<a>é</a>`), 'xml/invalid-bytes'],
  ['de l’UTF-8 tronqué', utf8(annulation('é')).subarray(0, -3), 'xml/invalid-bytes'],
  ['un nom hérité des objets', latin1(`<a:constructor xmlns:a="${ACTES}"/>`), 'xml/unknown-root'],
  ['du texte sans balise', latin1('bonjour'), 'xml/malformed'],
  ['des zéros', new Uint8Array(1000), 'xml/malformed'],
];

describe('Un XML hostile ou abîmé', () => {
  it.each(HOSTILE)('%s est refusé par son code', (title, bytes, code) => {
    const before = process.memoryUsage().rss;
    const read = readXml(bytes);
    expect(read.ok ? 'lu' : read.problem.code).toBe(code);
    expect(read.ok ? '' : read.problem.detail).toMatch(/\S/);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    expect(validateXml(bytes).length).toBeGreaterThan(0);
  });

  it('situe l’octet fautif', () => {
    const read = readXml(latin1('<a>été</a>'));
    expect(read.ok ? undefined : read.problem.facts).toEqual({ position: 3 });
  });

  it('situe la ligne et la colonne d’un XML mal formé', () => {
    const [violation] = validateXml(latin1('<a>\n  <b>\n</a>'));
    expect(violation).toMatchObject({ regle: 'xml/malformed', ligne: 3 });
  });

  it('rend mille fautes situées, puis dit combien il en reste au moins', () => {
    const faux = '<actes:Annexe x=""/>\n'.repeat(2_000);
    const violations = validateXml(
      latin1(`<actes:Acte xmlns:actes="${ACTES}"><actes:Annexes>\r\n${faux}</actes:Annexes></actes:Acte>`),
    );
    expect(violations).toHaveLength(1_001);
    const annexe = violations.findIndex(({ chemin }) => chemin.includes('actes:Annexe/'));
    expect(violations[annexe]).toMatchObject({ ligne: 2, colonne: 1 });
    expect(violations[annexe + 2]).toMatchObject({ ligne: 3, colonne: 1 });
    expect(violations.at(-1)).toMatchObject({ regle: 'xml/autres-fautes' });
    expect(violations.at(-1)?.detail).toMatch(/^Et au moins \d{4} autres fautes/);
  });

  it('ne prend pas pour un DOCTYPE celui qu’un commentaire ou un texte cite', () => {
    const cited = latin1(`${DECLARATION}<!-- <!DOCTYPE a> -->${annulation()}`);
    expect(readXml(cited).ok).toBe(true);
  });
});
