import { existsSync, readdirSync, writeFileSync } from 'node:fs';
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

/** Les pages que lit qui arrive, en chemins relatifs à la racine. */
function pages(): readonly string[] {
  const under = (folder: string): readonly string[] =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join(folder, name));
  const homes = ['apps', 'libs'].flatMap((top) =>
    readdirSync(path.join(ROOT, top)).map((home) => `${top}/${home}/README.md`),
  );
  return ['README.md', 'CONTRIBUTING.md', ...under('docs'), ...homes];
}

/** Les chemins d'un texte : ce qu'il met entre accents graves et qui commence par un dossier de la maison. */
function pathsNamed(text: string): readonly string[] {
  return [
    ...text.matchAll(/`((?:apps|libs|config|docs|scripts|test|bench)\/[^`\s*]+|\.[a-z-]+\.[a-z]+)`/g),
  ].map(([, named]) => named ?? '');
}

describe('les pages de la maison', () => {
  it('existent pour chaque application et chaque bibliothèque', () => {
    expect(pages().filter((page) => !existsSync(path.join(ROOT, page)))).toEqual([]);
  });

  it('ne renvoient qu’à des fichiers qui existent', () => {
    const links = pages().flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, link]) => ({
        page,
        link: link ?? '',
      })),
    );
    expect(links.length).toBeGreaterThan(50);
    const broken = links.filter(({ page, link }) => !existsSync(path.join(ROOT, path.dirname(page), link)));
    expect(broken).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  const text = read('CONTRIBUTING.md');

  it('tient sur un écran', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(70);
  });

  it('ne nomme que des chemins qui existent', () => {
    const named = pathsNamed(text);
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((one) => !existsSync(path.join(ROOT, one)))).toEqual([]);
  });

  it('compte juste les fichiers de chaque ajout', () => {
    const ways = text
      .split(/^### /m)
      .slice(1)
      .map((way) => {
        const [title = '', ...body] = way.split('\n');
        const said = [...title.matchAll(/\d+/g)].reduce((sum, [figure]) => sum + Number(figure), 0);
        return { title, said, named: new Set(pathsNamed(body.join('\n'))).size };
      });
    expect(ways.map(({ title }) => title.split(' :')[0])).toEqual([
      'Un message du protocole',
      'Un état',
      'Une file',
      'Une page du bureau',
      'Une liaison',
    ]);
    expect(ways.filter(({ said, named }) => said !== named)).toEqual([]);
  });
});

describe('les décisions', () => {
  const folder = 'docs/decisions';
  const records = readdirSync(path.join(ROOT, folder)).filter((name) => name !== 'README.md');

  it('sont datées, courtes, et disent leur contexte, leur choix et leur coût', () => {
    const faulty = records.filter((name) => {
      const text = read(`${folder}/${name}`);
      const isDated = /^\d{4}-\d{2}-\d{2}-[a-z-]+\.md$/.test(name) && text.includes(name.slice(0, 10));
      const isComplete = ['**Contexte.**', '**Choix.**', '**Coût.**'].every((part) => text.includes(part));
      return !isDated || !isComplete || text.trimEnd().split('\n').length > 25;
    });
    expect(records.length).toBeGreaterThan(5);
    expect(faulty).toEqual([]);
  });

  it('sont toutes dans leur table', () => {
    const table = read(`${folder}/README.md`);
    expect(records.filter((name) => !table.includes(`](${name})`))).toEqual([]);
  });
});
