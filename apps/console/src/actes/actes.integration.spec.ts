import { afterHttpHeaders, aPdf, aPng, loginPage } from '@teletransmission/testkit';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readFichiersRetour } from '@teletransmission/actes';
import { aLettre, anAccuse, anAccuseXml } from '@teletransmission/testkit';
import { pack } from 'tar-stream';
import { findProjectRoot } from '../../../local/src/project-root';
import { runConsole } from '../../test/run-console';

jest.setTimeout(60_000);

const golden = (name: string): string => path.join(findProjectRoot(), 'test', 'golden', name);
/** Sans tiret dans son numéro : le schéma n'y trouve rien à redire. */
const ACTE = '034-213402761-20221020-2022_062-DE';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'console-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sha256 = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');

describe('identifiant TEXTE', () => {
  it('lit et explique l’identifiant de référence, dont le numéro porte des tirets', async () => {
    const run = await runConsole(['identifiant', '034-213402761-20221020-2022-10-062-DE', '--json']);
    expect(run.status).toBe(0);
    expect(run.json()).toMatchObject({
      departement: '034',
      siren: '213402761',
      dateDecision: '2022-10-20',
      numeroInterne: '2022-10-062',
      nature: 'DE',
    });
  });

  it('parle aux personnes en français', async () => {
    const run = await runConsole(['identifiant', '02A-210100012-20221231-A1-AR']);
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('décision       31/12/2022');
  });

  it.each([
    ['qui n’en est pas un', 'bonjour'],
    ['au SIREN trop court', '034-21340276-20221020-A1-DE'],
    ['à la nature inconnue', '034-213402761-20221020-A1-ZZ'],
    ['au jour inexistant', '034-213402761-20220230-A1-DE'],
  ])('dit pourquoi d’un texte %s, et sort en 1', async (_, texte) => {
    const machine = await runConsole(['identifiant', texte, '--json']);
    const personne = await runConsole(['identifiant', texte]);
    expect([machine.status, personne.status]).toEqual([1, 1]);
    expect(machine.json()).toMatchObject({
      erreur: { code: expect.any(String) as string, detail: expect.any(String) as string },
    });
    expect([personne.stdout, personne.stderr.length > 20]).toEqual(['', true]);
  });
});

describe('actes construire ACTE.json --sortie DIR', () => {
  const build = (acte: string): ReturnType<typeof runConsole> =>
    runConsole(['actes', 'construire', acte, '--sortie', folder, '--json']);

  it('écrit le message, l’enveloppe et l’archive, que « verifier » trouve conformes', async () => {
    const run = await build(golden('console/ACTE.json'));
    const json = run.json();
    expect(run.status).toBe(0);
    expect(json).toMatchObject({
      identifiantActe: '034-213402761-20221020-2022-10-062-DE',
      enveloppe: 'TACT--213402761--20221102-1.xml',
      message: '034-213402761-20221020-2022-10-062-DE-1-1_0.xml',
    });
    const written = [
      'TLT-TACT--213402761--20221102-1.tar.gz',
      String(json['enveloppe']),
      String(json['message']),
    ];
    expect((await readdir(folder)).sort()).toEqual(written.sort());
    expect(sha256(await readFile(String(json['archive'])))).toBe(json['empreinte']);
    for (const name of written) {
      const verified = await runConsole(['actes', 'verifier', path.join(folder, name), '--json']);
      expect([verified.status, verified.json()['violations']]).toEqual([0, []]);
    }
  });

  it('donne les mêmes octets deux fois', async () => {
    const first = (await build(golden('console/ACTE.json'))).json()['empreinte'];
    expect((await build(golden('console/ACTE.json'))).json()['empreinte']).toBe(first);
  });

  it('garde dans le message les caractères hors de Latin-1', async () => {
    const { message } = (await build(golden('console/ACTE.json'))).json();
    const xml = (await readFile(path.join(folder, String(message)))).toString('latin1');
    expect(xml).toContain('<?xml version="1.0" encoding="ISO-8859-1"?>');
    const read = await runConsole(['actes', 'lire', path.join(folder, String(message)), '--json']);
    expect(read.json()['objet']).toContain(
      '– mise à disposition d’un environnement numérique : 90 € pour l’œuvre',
    );
  });

  it('rend toutes les fautes à leurs pointeurs, et n’écrit rien', async () => {
    const run = await build(golden('console/ACTE-fautif.json'));
    const { violations } = run.json()['erreur'] as { violations: { pointer: string }[] };
    expect(run.status).toBe(1);
    expect(violations.map(({ pointer }) => pointer).sort()).toEqual([
      '/acte/dateDecision',
      '/acte/matiere',
      '/acte/nature',
      '/acte/numeroInterne',
      '/collectivite/departement',
      '/collectivite/siren',
      '/enveloppe/jour',
    ]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('dit en français ce qui manque à la forme', async () => {
    const file = path.join(folder, 'vide.json');
    await writeFile(file, '{"acte":{"couleur":"bleu"}}');
    const run = await build(file);
    const { violations } = run.json()['erreur'] as { violations: { pointer: string; detail: string }[] };
    expect([run.status, violations.length > 5]).toEqual([1, true]);
    for (const { detail } of violations) expect(detail).not.toMatch(/Invalid|expected|received|Unrecognized/);
  });

  it.each([
    ['un fichier qui n’est pas là', 'absent.json', null],
    ['un fichier qui n’est pas du JSON', 'texte.json', '{ oui'],
  ])('est mal employée sur %s', async (_, name, content) => {
    const file = path.join(folder, name);
    if (content !== null) await writeFile(file, content);
    expect((await build(file)).status).toBe(2);
  });

  /** L'acte de référence, son objet changé, ses pièces à côté. */
  async function anActe(changes: Readonly<Record<string, unknown>>): Promise<string> {
    for (const name of ['extrait.pdf', 'convention.pdf'])
      await copyFile(golden(`console/${name}`), path.join(folder, name));
    const model = JSON.parse(await readFile(golden('console/ACTE.json'), 'utf8')) as { acte: object };
    return JSON.stringify({ ...model, acte: { ...model.acte, ...changes } }, null, 1);
  }
  async function buildBytes(bytes: Buffer): ReturnType<typeof build> {
    const file = path.join(folder, 'ACTE.json');
    await writeFile(file, bytes);
    return build(file);
  }

  it.each([
    'R&D; &eacute; &#39; &lt;b&gt; &amp;amp; ]]>',
    ' Ã© et \u0092, “citée” – 45 € 🎉 ',
    'Une « & » & deux < trois > "quatre"',
  ])('écrit l’objet « %s » caractère pour caractère', async (objet) => {
    const { message } = (await buildBytes(Buffer.from(await anActe({ objet })))).json();
    const read = await runConsole(['actes', 'lire', path.join(folder, String(message)), '--json']);
    expect(read.json()['objet']).toBe(objet);
  });

  it('lit un ACTE.json à marque d’ordre', async () => {
    const run = await buildBytes(Buffer.from(`\ufeff${await anActe({})}`));
    expect(run.status).toBe(0);
  });

  it('refuse un ACTE.json qui n’est pas en UTF-8, et dit la place, l’encodage et quoi faire', async () => {
    const run = await buildBytes(Buffer.from(await anActe({ objet: 'Création' }), 'latin1'));
    expect(run.status).toBe(2);
    expect(run.json()['erreur']).toMatchObject({
      code: 'console/not-json',
      facts: { cause: 'texte/not-utf8', encodage: 'ISO-8859-1 ou windows-1252' },
      detail: expect.stringMatching(/ACTE\.json » n'est pas en UTF-8.*ligne \d+, colonne \d+/) as string,
    });
  });

  it('refuse un texte abîmé à son pointeur', async () => {
    const run = await buildBytes(Buffer.from(await anActe({ objet: 'D\ufffdlib' })));
    expect(run.status).toBe(2);
    expect(run.json()['erreur']).toMatchObject({ violations: [{ pointer: '/acte/objet' }] });
    const control = await buildBytes(Buffer.from(await anActe({ objet: 'a\u0007b' })));
    expect(control.json()['erreur']).toMatchObject({
      code: 'acte/invalid',
      violations: [{ pointer: '/acte/objet', detail: expect.stringContaining('U+0007') as string }],
    });
  });

  it('dit d’un JSON fautif la ligne, la colonne et ce qui était attendu', async () => {
    const run = await buildBytes(Buffer.from('{\n "acte": {,\n}'));
    expect(run.json()['erreur']).toMatchObject({ facts: { cause: 'json/malformed', ligne: 2, colonne: 11 } });
  });

  it('ouvre les fichiers : dit ensemble ceux qui ne valent rien ou se nomment mal, et n’écrit rien', async () => {
    await copyFile(golden('console/ACTE.json'), path.join(folder, 'ACTE.json'));
    await writeFile(path.join(folder, 'extrait.pdf'), loginPage());
    await writeFile(path.join(folder, 'convention.pdf'), aPng());
    const run = await build(path.join(folder, 'ACTE.json'));
    const { violations } = run.json()['erreur'] as { violations: { pointer: string; code: string }[] };
    expect([run.status, violations.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
      1,
      ['/acte/document/fichier piece/format-unknown', '/acte/annexes/0/fichier piece/extension'],
    ]);
    expect((await readdir(folder)).sort()).toEqual(['ACTE.json', 'convention.pdf', 'extrait.pdf']);
  });

  it('construit avec un fichier à remarque, et la dit', async () => {
    await copyFile(golden('console/ACTE.json'), path.join(folder, 'ACTE.json'));
    await writeFile(path.join(folder, 'extrait.pdf'), afterHttpHeaders());
    await writeFile(path.join(folder, 'convention.pdf'), aPdf());
    const run = await build(path.join(folder, 'ACTE.json'));
    expect([run.status, run.json()['remarques']]).toEqual([
      0,
      [expect.objectContaining({ code: 'octets-avant-le-pdf' })],
    ]);
  });

  it('est mal employée quand une pièce manque à côté du JSON', async () => {
    await copyFile(golden('console/ACTE.json'), path.join(folder, 'ACTE.json'));
    const run = await build(path.join(folder, 'ACTE.json'));
    expect([run.status, run.stdout]).toEqual([2, expect.stringContaining('extrait.pdf') as string]);
  });
});

describe('actes verifier FICHIER', () => {
  it.each([
    'actes/034-213402761-20221020-2022-10-062-DE-1-1_0.xml',
    'actes/034-213402761----1-3_12.xml',
    'actes/EACT--213402761--20221102-1.xml',
    'actes/ANO_EACT--213402761--20221102-1.xml',
  ])('trouve %s conforme', async (name) => {
    const run = await runConsole(['actes', 'verifier', golden(name), '--json']);
    expect([run.status, run.json()['violations']]).toEqual([0, []]);
  });

  it('rend toutes les fautes d’un message, chacune avec sa ligne et sa règle, et sort en 1', async () => {
    const run = await runConsole(['actes', 'verifier', golden('console/message-fautif.xml'), '--json']);
    const { violations } = run.json() as unknown as {
      violations: { ligne: number; regle: string; detail: string }[];
    };
    expect([run.status, run.json()['conforme']]).toEqual([1, false]);
    expect(violations.map(({ ligne }) => ligne)).toEqual([2, 2, 15, 16]);
    for (const { regle, detail } of violations)
      expect([regle.length > 3, detail.length > 20]).toEqual([true, true]);
    const personne = await runConsole(['actes', 'verifier', golden('console/message-fautif.xml')]);
    expect([personne.status, personne.stdout.trim().split('\n').length]).toEqual([1, violations.length]);
    expect(personne.stdout).toMatch(/^message-fautif\.xml:2 {2}/);
  });

  it.each([
    ['un XML coupé', 'message-coupe.xml', null],
    ['un fichier vide', 'vide.xml', ''],
    ['un texte quelconque', 'texte.xml', 'bonjour'],
    ['une archive coupée', 'TLT-TACT--213402761--20221102-1.tar.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0])],
  ])('refuse %s sans défaut', async (_, name, content) => {
    const file = content === null ? golden(`console/${name}`) : path.join(folder, name);
    if (content !== null) await writeFile(file, content);
    const run = await runConsole(['actes', 'verifier', file, '--json']);
    expect(run.status).toBe(1);
    expect(run.stdout).not.toContain('console/defect');
  });

  it('signale une archive dont le nom n’est pas celui de son enveloppe', async () => {
    await runConsole(['actes', 'construire', golden('console/ACTE.json'), '--sortie', folder]);
    const other = path.join(folder, 'TLT-TACT--213402761--20221102-2.tar.gz');
    await copyFile(path.join(folder, 'TLT-TACT--213402761--20221102-1.tar.gz'), other);
    const run = await runConsole(['actes', 'verifier', other, '--json']);
    expect([run.status, run.json()['conforme']]).toEqual([1, false]);
  });

  describe('d’un retour de la préfecture', () => {
    const NOM = 'TACT--SPREF0343-213402761-20221102-57.tar.gz';
    /** L'accusé de référence, comme `tar` l'archiverait ailleurs : en-têtes pax, compagnons de macOS. */
    async function retour(nom: string, compagnon: boolean): Promise<string> {
      const archive = pack();
      const files = await readFichiersRetour(Readable.from([await anAccuse({ identifiantActe: ACTE })]));
      for (const { nom: fichier, octets } of files.ok ? files.value.fichiers : []) {
        if (compagnon) archive.entry({ name: `._${fichier}` }, 'Mac OS X');
        archive.entry({ name: `./${fichier}`, pax: { mtime: '1.5' } }, Buffer.from(octets ?? []));
      }
      archive.finalize();
      const file = path.join(folder, nom);
      await writeFile(file, gzipSync(await buffer(archive)));
      return file;
    }

    it('le juge par les règles des retours, à ce qu’il contient, et non à son nom', async () => {
      for (const nom of [NOM, 'telechargement (1).tar.gz']) {
        const run = await runConsole(['actes', 'verifier', await retour(nom, false), '--json']);
        expect([run.status, run.json()]).toMatchObject([
          0,
          { conforme: true, violations: [], remarques: [] },
        ]);
      }
    });

    it('remarque ce qu’il a fallu d’indulgence, et le lit', async () => {
      const file = await retour(NOM, true);
      const verified = await runConsole(['actes', 'verifier', file]);
      expect([verified.status, verified.stdout]).toEqual([
        0,
        expect.stringContaining('(remarque)') as string,
      ]);
      const read = await runConsole(['actes', 'lire', file, '--json']);
      expect([read.status, read.json()]).toMatchObject([
        0,
        {
          sens: 'retour',
          remarques: [{ regle: 'archive/compagnon' }],
          fichiers: [{ racine: 'EnveloppeMISILLCL' }, { racine: 'ARActe', dateReception: '2022-11-02' }],
        },
      ]);
    });

    it('dit ce qui manque à une lettre', async () => {
      const file = path.join(folder, NOM);
      await writeFile(file, await aLettre('3-1', { sansDocument: true }));
      const run = await runConsole(['actes', 'verifier', file, '--json']);
      const { violations } = run.json() as unknown as { violations: { regle: string }[] };
      expect([run.status, violations.map(({ regle }) => regle)]).toEqual([
        1,
        expect.arrayContaining(['archive/missing-file']),
      ]);
    });

    it('d’un XML qui n’est pas ce que le protocole veut, lit et remarque', async () => {
      const file = path.join(folder, 'accuse.xml');
      const declaration = '<?xml version="1.0" encoding="ISO-8859-15"?>';
      await writeFile(file, anAccuseXml({ declaration, objet: '45 \u00a4' }));
      const verified = await runConsole(['actes', 'verifier', file, '--json']);
      expect(verified.json()).toMatchObject({ remarques: [{ regle: 'xml/encodage-inattendu' }] });
      const read = await runConsole(['actes', 'lire', file, '--json']);
      expect(read.json()).toMatchObject({ encodage: 'ISO-8859-15', acteRecu: { objet: '45 €' } });
    });

    it('une archive qui part, elle, garde sa rigueur', async () => {
      await runConsole(['actes', 'construire', golden('console/ACTE.json'), '--sortie', folder]);
      const nom = path.join(folder, 'TLT-TACT--213402761--20221102-1.tar.gz');
      await writeFile(nom, gunzipSync(await readFile(nom)));
      const run = await runConsole(['actes', 'verifier', nom, '--json']);
      expect([run.status, run.json()['erreur']]).toMatchObject([1, { code: 'archive/not-gzip' }]);
      const read = await runConsole(['actes', 'lire', nom, '--json']);
      expect([read.status, read.json()]).toMatchObject([0, { sens: 'aller', remarques: [{}] }]);
    });
  });

  it.each([
    ['absent', 'absent.xml'],
    ['qui est un dossier', '.'],
  ])('est mal employée sur un fichier %s', async (_, name) => {
    expect((await runConsole(['actes', 'verifier', path.join(folder, name)])).status).toBe(2);
  });
});

describe('actes lire FICHIER', () => {
  it.each([
    ['actes/034-213402761-20221020-2022-10-062-DE-1-1_0.xml', '1-1', 'Acte'],
    ['actes/034-213402761-20221020-2022-10-062-DE-1-2_5279.xml', '1-2', 'ARActe'],
    ['actes/034-213402761----1-3_12.xml', '1-3', 'AnomalieActe'],
    ['actes/EACT--213402761--20221102-1.xml', null, 'EnveloppeCLMISILL'],
    ['actes/ANO_EACT--213402761--20221102-1.xml', null, 'AnomalieEnveloppe'],
  ])('rend %s en JSON, flux et racine compris', async (name, flux, racine) => {
    const run = await runConsole(['actes', 'lire', golden(name), '--json']);
    expect(run.status).toBe(0);
    expect(run.json()).toMatchObject({ flux, racine });
  });

  it('rend d’une archive chaque fichier, avec ce que disent ses XML', async () => {
    const built = await runConsole([
      'actes',
      'construire',
      golden('console/ACTE.json'),
      '--sortie',
      folder,
      '--json',
    ]);
    const run = await runConsole(['actes', 'lire', String(built.json()['archive']), '--json']);
    const { fichiers } = run.json() as unknown as {
      fichiers: { nom: string; racine?: string; tailleOctets: number }[];
    };
    expect(run.status).toBe(0);
    expect(fichiers.map(({ racine }) => racine)).toEqual(['EnveloppeCLMISILL', 'Acte', undefined, undefined]);
    expect(fichiers.every(({ tailleOctets }) => tailleOctets > 500)).toBe(true);
  });

  it.each([
    ['un XML coupé', 'console/message-coupe.xml', 1],
    ['un PDF', 'console/extrait.pdf', 1],
    ['un fichier absent', 'console/absent.xml', 2],
  ])('refuse %s', async (_, name, status) => {
    const run = await runConsole(['actes', 'lire', golden(name), '--json']);
    expect([run.status, run.json()['erreur']]).toEqual([
      status,
      expect.objectContaining({ code: expect.any(String) as string }),
    ]);
    expect(run.stdout).not.toContain('console/defect');
  });
});

describe('un mauvais emploi se dit en français, et sort en 2', () => {
  it.each([
    ['sans commande', [], 'Précisez la commande'],
    ['sans sous-commande', ['actes'], 'Précisez la commande'],
    ['avec une commande inconnue', ['listr'], 'Vouliez-vous dire lister'],
    ['sans argument', ['identifiant'], 'Il manque « texte »'],
    ['avec un argument de trop', ['identifiant', 'a', 'b'], 'Trop d’arguments'],
    ['avec une option inconnue', ['lister', '--couleur'], 'Option inconnue : « --couleur »'],
    [
      'sans une option obligatoire',
      ['actes', 'construire', 'ACTE.json'],
      'Il manque l’option « --sortie <dossier> »',
    ],
    ['avec une option sans valeur', ['lister', '--etat'], 'attend une valeur'],
  ])('%s', async (_, args, said) => {
    const personne = await runConsole(args);
    const machine = await runConsole([...args, '--json']);
    expect([personne.status, machine.status]).toEqual([2, 2]);
    expect(personne.stderr).toContain(said);
    expect(personne.stderr).not.toMatch(/error:|missing|unknown|Usage/);
    expect(machine.json()).toMatchObject({ erreur: { code: 'console/misused' } });
  });

  it('l’aide est en français, et sort en 0', async () => {
    const run = await runConsole(['actes', 'construire', '--aide']);
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^Emploi : teletransmission actes construire/);
    expect(run.stdout).not.toMatch(/Usage|Arguments:|default/);
  });
});
