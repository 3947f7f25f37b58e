import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { situationOf } from '@teletransmission/teletransmission';
import { drawPolicy } from './draw-policy';
import { drawSituations, possibleFaits } from './draw-situations';
import { drawTables } from './draw-tables';
import { read, ROOT } from './project-files';

const START = '<!-- tables:début (écrit par « npm run jest -- test/architecture » quand METTRE_A_JOUR=1) -->';
const END = '<!-- tables:fin -->';

describe('la politique des retours', () => {
  const FICHIER = 'docs/politique-des-retours.md';

  it('est écrite telle que le code la tient', () => {
    if (process.env.METTRE_A_JOUR === '1') writeFileSync(path.join(ROOT, FICHIER), drawPolicy());
    expect(read(FICHIER)).toBe(drawPolicy());
  });
});

describe('ce qui se dit d’un acte', () => {
  const FICHIER = 'docs/situations.md';

  it('est écrit tel que le code le dit', () => {
    if (process.env.METTRE_A_JOUR === '1') writeFileSync(path.join(ROOT, FICHIER), drawSituations());
    expect(read(FICHIER)).toBe(drawSituations());
  });

  it('tient tout entier dans la table : aucune phrase possible n’y manque', () => {
    const table = drawSituations();
    const said = new Set<string>();
    for (const faits of possibleFaits()) {
      const { transmission, publication, droit, suite } = situationOf(faits);
      for (const phrase of [transmission, publication, droit, suite.texte]) said.add(phrase);
    }
    expect([...said].filter((phrase) => !table.includes(`| ${phrase} |`))).toEqual([]);
    expect(said.size).toBeGreaterThan(60);
  });
});

describe('le README', () => {
  it('dessine les tables de transitions telles que le code les tient', () => {
    const readme = read('README.md');
    const [before, rest] = readme.split(START);
    const [drawn, after] = (rest ?? '').split(END);
    const expected = `\n\n${drawTables()}\n\n`;
    if (process.env.METTRE_A_JOUR === '1') {
      writeFileSync(path.join(ROOT, 'README.md'), `${before ?? ''}${START}${expected}${END}${after ?? ''}`);
      return;
    }
    expect(drawn).toBe(expected);
  });

  it('ne renvoie qu’à des fichiers qui existent', () => {
    const links = [...read('README.md').matchAll(/\]\((?!http|#)([^)#]+)\)/g)].map(([, link]) =>
      (link ?? '').replace(/^\.\//, ''),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !existsSync(path.join(ROOT, link)))).toEqual([]);
  });

  it('chaque bibliothèque a le sien, et il tient sur un écran', () => {
    const libs = [
      'kernel',
      'actes',
      'teletransmission',
      'persistence',
      'queues',
      'prefecture-client',
      'http-problems',
      'observability',
      'pieces',
      'testkit',
    ];
    const long = libs.filter(
      (lib) => lib !== 'actes' && read(`libs/${lib}/README.md`).split('\n').length > 60,
    );
    expect(long).toEqual([]);
  });
});
