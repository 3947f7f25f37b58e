// Vingt archives et vingt XML faits pour nuire. Écrits d'après les formats, sans le code qu'ils éprouvent.
const { randomBytes } = require('node:crypto');
const { gzipSync, createGzip } = require('node:zlib');
const { createWriteStream, writeFileSync } = require('node:fs');
const { Readable } = require('node:stream');
const { pipeline } = require('node:stream/promises');

const END = Buffer.alloc(1024);
const XML = Buffer.from('<a/>');

/** Une entrée ustar ; `alter` retouche l'en-tête avant sa somme de contrôle. */
function entry(nom, content = XML, { alter = () => {}, size = content.length, type = '0' } = {}) {
  const header = Buffer.alloc(512);
  header.write(nom, 0, 100, 'latin1');
  header.write('0000644\0000000000\0000000000\0', 100, 'latin1');
  header.write(`${size.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0`, 124, 'latin1');
  header.write(`        ${type}`, 148, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  alter(header);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const tgz = (...parts) => gzipSync(Buffer.concat([...parts, END]));
const twoGibibytes = function* () {
  yield entry('a.pdf', Buffer.alloc(0), { size: 0o1_0000_0000 * 8 });
  const zeros = Buffer.alloc(1024 * 1024);
  for (let n = 0; n < 2048; n += 1) yield zeros;
};
const manyXml = (count, sizeBytes) =>
  tgz(...Array.from({ length: count }, (_, n) => entry(`f${n}.xml`, Buffer.alloc(sizeBytes, '<a/>'))));

/** Ce que contient chaque archive, ou comment l'écrire quand elle est trop grosse pour la mémoire. */
exports.ARCHIVES = [
  ['vide', () => Buffer.alloc(0)],
  ['remontee', () => tgz(entry('../../etc/passwd'))],
  ['remontee-windows', () => tgz(entry('..\\..\\a.xml'))],
  ['remontee-prefixe', () => tgz(entry('a.xml', XML, { alter: (header) => header.write('../..', 345) }))],
  ['chemin-absolu', () => tgz(entry('/etc/passwd'))],
  ['lettre-de-lecteur', () => tgz(entry('C:\\a.xml'))],
  ['lien-symbolique', () => tgz(entry('a.xml', Buffer.alloc(0), { type: '2' }))],
  ['lien-dur', () => tgz(entry('a.xml', Buffer.alloc(0), { type: '1' }))],
  ['repertoire', () => tgz(entry('a', Buffer.alloc(0), { type: '5' }))],
  ['nom-pax', () => tgz(entry('a.xml', Buffer.from('20 path=../../x.xml\n'), { type: 'x' }))],
  ['doublon', () => tgz(entry('a.xml'), entry('a.xml'))],
  [
    'vingt-mille-entrees',
    () => tgz(...Array.from({ length: 20_000 }, (_, n) => entry(`f${n}.pdf`, Buffer.alloc(0)))),
  ],
  ['gzip-coupe', () => tgz(entry('a.xml'), entry('b.xml')).subarray(0, -12)],
  ['cache-derriere-la-fin', () => gzipSync(Buffer.concat([entry('a.xml'), END, entry('b.xml')]))],
  ['second-gzip', () => Buffer.concat([tgz(entry('a.xml')), tgz(entry('b.xml'))])],
  ['huit-gibioctets-annonces', () => tgz(entry('a.xml', XML, { size: 0o77777777777 }))],
  ['bombe-de-xml', () => manyXml(50, 9_000_000)],
  ['mille-xml', () => manyXml(1000, 100_000)],
  [
    'dix-xml-incompressibles',
    () => tgz(...Array.from({ length: 10 }, (_, n) => entry(`f${n}.xml`, randomBytes(8_000_000)))),
  ],
  [
    'bombe-de-deux-gibioctets',
    (file) => pipeline(Readable.from(twoGibibytes()), createGzip({ level: 9 }), createWriteStream(file)),
  ],
];

const ACTES = 'xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216"';
const ISO = '<?xml version="1.0" encoding="ISO-8859-1"?>';
const annulation = (more = '') =>
  `${ISO}<actes:Annulation ${ACTES} actes:IDActe="034-213402761-20221020-1-DE"${more}/>`;
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

exports.XML = [
  ['vide', () => ''],
  ['milliard-de-rires', () => `${ISO}<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l9;</a>`],
  [
    'entite-quadratique',
    () => `<!DOCTYPE a [<!ENTITY x "${'x'.repeat(50_000)}">]><a>${'&x;'.repeat(50_000)}</a>`,
  ],
  ['entite-externe', () => `${ISO}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`],
  ['mille-commentaires', () => `${'<!---->'.repeat(1000)}<a/>`],
  ['entite-parametre', () => `<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><a/>`],
  ['dtd-externe', () => `${ISO}<!-- x --><!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>`],
  ['huit-mebioctets', () => Buffer.alloc(9 * 1024 * 1024, 0x20)],
  ['cent-mebioctets', () => Buffer.alloc(100 * 1024 * 1024, '<a>')],
  ['cinq-mille-niveaux', () => `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
  [
    'deux-cent-mille-attributs',
    () => `<a ${Array.from({ length: 200_000 }, (_, n) => `b${n}="1"`).join(' ')}/>`,
  ],
  ['un-million-d-elements', () => `<a>${'<b/>'.repeat(1_000_000)}</a>`],
  [
    'espaces-de-noms-a-foison',
    () => `<a ${Array.from({ length: 50_000 }, (_, n) => `xmlns:p${n}="u${n}"`).join(' ')}/>`,
  ],
  ['un-attribut-de-huit-mega', () => annulation(` b="${'x'.repeat(7_900_000)}"`)],
  ['un-nom-de-huit-mega', () => `<${'a'.repeat(7_900_000)}/>`],
  [
    'vingt-mille-fautes',
    () =>
      `<actes:Acte ${ACTES}><actes:Annexes>${'<actes:Annexe x="" y=""/>'.repeat(9_900)}</actes:Annexes></actes:Acte>`,
  ],
  [
    'cent-mille-enfants',
    () => annulation('>').replace(/\/>$/, `${'<actes:Faux/>'.repeat(90_000)}</actes:Annulation>`),
  ],
  ['commentaire-sans-fin', () => `${ISO}<!--${' -'.repeat(3_000_000)}`],
  ['octets-interdits', () => Buffer.from('<?xml version="1.0" encoding="UTF-8"?><a>\xe9\xff</a>', 'latin1')],
  ['mille-espaces-puis-du-texte', () => `${' '.repeat(1000)}bonjour`],
];

/** Écrit un fichier hostile. */
exports.writeHostile = async function writeHostile(file, make) {
  const content = await make(file);
  if (content !== undefined) writeFileSync(file, content);
};
