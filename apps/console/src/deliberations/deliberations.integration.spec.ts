import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OwnDatabase } from '../../../../test/services/own-database';
import { createOwnDatabase } from '../../../../test/services/own-database';
import { findProjectRoot } from '../../../local/src/project-root';
import type { ConsoleRun } from '../../test/run-console';
import { runConsole } from '../../test/run-console';

jest.setTimeout(60_000);

const golden = (name: string): string => path.join(findProjectRoot(), 'test', 'golden', 'console', name);

let database: OwnDatabase;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  database = await createOwnDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'console-'));
  env = {
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    STOCKAGE_DOSSIER: path.join(folder, 'stockage'),
    TELETRANSMISSION_DONNEES: folder,
  };
  expect((await runConsole(['lister', '--json', '--jeton', 'x'.repeat(30)], env)).json()).toMatchObject({
    erreur: { detail: expect.stringContaining('base migrer') as string },
  });
  expect((await runConsole(['base', 'migrer', '--json'], env)).status).toBe(0);
  expect((await runConsole(['collectivite', 'inscrire', golden('commune.json'), '--json'], env)).status).toBe(
    0,
  );
  env = { ...env, TELETRANSMISSION_JETON: await openCompte('administrateur') };
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function openCompte(role: string): Promise<string> {
  const run = await runConsole(['compte', 'ouvrir', '--nom', `essai ${role}`, '--role', role, '--json'], env);
  expect(run.status).toBe(0);
  return String(run.json()['jeton']);
}

function run(...args: readonly string[]): Promise<ConsoleRun> {
  return runConsole([...args, '--json'], env);
}

/** Un dossier au numéro neuf, ses pièces à côté. */
async function aDossier(numeroInterne: string, changes: Record<string, unknown> = {}): Promise<string> {
  const place = await mkdtemp(path.join(folder, 'dossier-'));
  for (const name of ['extrait.pdf', 'convention.pdf']) await copyFile(golden(name), path.join(place, name));
  const model = JSON.parse(await readFile(golden('dossier.json'), 'utf8')) as object;
  const file = path.join(place, 'dossier.json');
  await writeFile(file, JSON.stringify({ ...model, numeroInterne, ...changes }));
  return file;
}

describe('deposer DOSSIER.json', () => {
  it('dépose le dossier de référence, le suit et le liste', async () => {
    const deposited = await run('deposer', golden('dossier.json'));
    expect([deposited.status, deposited.json()['identifiantActe']]).toEqual([
      0,
      '034-213402761-20221020-2022-10-062-DE',
    ]);
    const followed = await run('suivre', String(deposited.json()['id']));
    expect(followed.status).toBe(0);
    expect(followed.json()).toMatchObject({
      transmission: { state: 'queued' },
      dateExecutoire: null,
      historique: [expect.objectContaining({ evenement: 'deposited' })],
    });
    const listed = await run(
      'lister',
      '--mots',
      'environnement numerique',
      '--etat',
      'queued',
      '--siren',
      '213402761',
    );
    expect(listed.json()).toMatchObject({ deliberations: [{ id: deposited.json()['id'] }], suivant: null });
  });

  it('refuse un second dépôt du même acte, et rejoue celui de la même clé', async () => {
    const file = await aDossier('REJEU-1');
    const first = await run('deposer', file, '--cle', 'seance-1');
    const again = await run('deposer', file, '--cle', 'seance-1');
    const other = await run('deposer', file);
    expect([first.status, again.status, other.status]).toEqual([0, 0, 1]);
    expect(again.json()).toMatchObject({ id: first.json()['id'], rejouee: true });
    expect(other.json()).toMatchObject({ erreur: { code: 'deliberation/already-deposited' } });
  });

  it('rend toutes les fautes ensemble et sort en 1', async () => {
    const refused = await run('deposer', golden('dossier-fautif.json'));
    const { violations } = refused.json()['erreur'] as { violations: { pointer: string }[] };
    expect(refused.status).toBe(1);
    expect(violations.map(({ pointer }) => pointer).sort()).toEqual([
      '/document/fichier',
      '/numeroInterne',
      '/objet',
      '/vote',
    ]);
    const personne = await runConsole(['deposer', golden('dossier-fautif.json')], env);
    expect(personne.stderr.match(/^ {2}- \//gm)).toHaveLength(4);
  });

  it('lit un SIREN avec ses espaces et un fichier que le disque nomme décomposé, et le dit', async () => {
    const nom = 'Délibération signée.pdf';
    const file = await aDossier('MACOS-1', {
      collectivite: '213 402\u202f761',
      document: { fichier: nom, typePiece: '99_DE' },
    });
    await rename(
      path.join(path.dirname(file), 'extrait.pdf'),
      path.join(path.dirname(file), nom.normalize('NFD')),
    );
    const deposited = await run('deposer', file);
    expect(deposited.status).toBe(0);
    expect(deposited.json()['remarques']).toEqual([
      'Le SIREN a été lu 213402761.',
      expect.stringContaining('nom décomposé') as string,
    ]);
  });

  it('conseille ce que l’état de l’acte déjà déposé permet', async () => {
    const file = await aDossier('CONSEIL-1');
    await run('deposer', file);
    const { erreur } = (await run('deposer', file)).json();
    expect(erreur).toMatchObject({ detail: expect.stringContaining('retirez-la avant') as string });
  });

  it('ne lit que les voisins du dossier', async () => {
    const file = await aDossier('CHEMIN-1', { document: { fichier: '../dossier.json' } });
    expect((await run('deposer', file)).status).toBe(2);
  });

  it('refuse qui n’en a pas le droit', async () => {
    const jeton = await openCompte('auditeur');
    const refused = await runConsole(
      ['deposer', await aDossier('DROIT-1'), '--jeton', '-', '--json'],
      env,
      undefined,
      `${jeton}\n`,
    );
    expect([refused.status, refused.json()['erreur']]).toEqual([
      1,
      expect.objectContaining({ code: 'compte/forbidden' }),
    ]);
  });

  it('un jeton de fantaisie est refusé ; pas de jeton est un mauvais emploi', async () => {
    const fancy = await run('deposer', await aDossier('JETON-1'), '--jeton', 'tlt_jeton-de-fantaisie');
    const without = Object.fromEntries(
      Object.entries(env).filter(([name]) => name !== 'TELETRANSMISSION_JETON'),
    );
    const none = await runConsole(['lister', '--json'], without);
    expect([fancy.status, none.status]).toEqual([1, 2]);
  });
});

describe('tout fichier JSON qu’une commande lit', () => {
  /** Chaque commande, le fichier qu'elle lit, et ce qui s'y trouve d'accentué. */
  const DOORS: readonly (readonly [string, string, (file: string) => readonly string[]])[] = [
    ['deposer', 'dossier.json', (file) => ['deposer', file]],
    ['collectivite inscrire', 'commune.json', (file) => ['collectivite', 'inscrire', file]],
    [
      'prefecture regler --fenetres',
      'fenetres.json',
      (file) => ['prefecture', 'regler', '034', '--motif', 'Convention', '--fenetres', file],
    ],
  ];
  const FENETRES = '[{ "jours": ["lundi"], "de": "08:00", "a": "18:00" }, "é"]';

  async function written(name: string, change: (text: string) => Buffer): Promise<string> {
    const file = path.join(path.dirname(await aDossier(`JSON-${++count}`)), name);
    const text =
      name === 'fenetres.json'
        ? FENETRES
        : await readFile(name === 'dossier.json' ? file : golden(name), 'utf8');
    await writeFile(file, change(text));
    return file;
  }
  let count = 0;

  it.each(DOORS)('%s : se lit avec une marque d’ordre', async (_, name, args) => {
    const { status, stdout } = await run(
      ...args(await written(name, (text) => Buffer.from(`\ufeff${text.replace(', "é"', '')}`))),
    );
    expect([status, stdout]).toEqual([0, expect.any(String)]);
  });

  it.each(DOORS)(
    '%s : n’entre pas s’il n’est pas en UTF-8, et dit où et dans quel encodage',
    async (_, name, args) => {
      const accented = (text: string): string =>
        text.replace('Convention', 'Cr\u00e9ation').replace('Saint', 'S\u00e9int');
      const refused = await run(
        ...args(await written(name, (text) => Buffer.from(accented(text), 'latin1'))),
      );
      expect(refused.status).toBe(2);
      expect(refused.json()['erreur']).toMatchObject({
        code: 'console/not-json',
        facts: { cause: 'texte/not-utf8', encodage: 'ISO-8859-1 ou windows-1252' },
      });
    },
  );

  it.each(DOORS)('%s : mal formé, dit la ligne et la colonne', async (_, name, args) => {
    const refused = await run(...args(await written(name, (text) => Buffer.from(`${text}}`))));
    expect(refused.json()['erreur']).toMatchObject({ facts: { cause: 'json/malformed' } });
    const person = await runConsole(args(await written(name, () => Buffer.from('[1,\n'))), env);
    expect([person.status, person.stderr]).toEqual([
      2,
      expect.stringContaining('ligne 2, colonne 1, attendu'),
    ]);
  });

  it('le lancement local en fait partie : un « services.json » abîmé se dit, au lieu de passer pour absent', async () => {
    const place = await mkdtemp(path.join(folder, 'local-'));
    await writeFile(path.join(place, 'services.json'), '{"DATABASE_URL": ');
    const refused = await runConsole(['lister', '--json', '--jeton', 'x'.repeat(30)], {
      TELETRANSMISSION_DONNEES: place,
    });
    expect(refused.json()['erreur']).toMatchObject({
      detail: expect.stringContaining('services.json') as string,
    });
  });

  it('un motif ou un nom venus du terminal ne portent pas non plus de texte abîmé', async () => {
    const args = ['prefecture', 'regler', '034', '--actes-par-heure', '9', '--motif', 'D\ufffdcision'];
    expect((await run(...args)).json()['erreur']).toMatchObject({ code: 'texte/refused' });
    const named = await run('compte', 'ouvrir', '--nom', 'D\ufffdposant', '--role', 'auditeur');
    expect(named.json()['erreur']).toMatchObject({
      code: 'texte/refused',
      violations: [{ pointer: '/nom' }],
    });
  });
});

describe('lister et suivre', () => {
  it('se lisent page par page, sans trou ni répétition', async () => {
    for (const numero of ['PAGE-1', 'PAGE-2', 'PAGE-3']) {
      await run('deposer', await aDossier(numero, { objet: 'Essai de pagination' }));
    }
    const seen: string[] = [];
    for (let apres: string | null = null; ;) {
      const more: readonly string[] = apres === null ? [] : ['--apres', apres];
      const page = (await run('lister', '--mots', 'pagination', '--limite', '2', ...more)).json();
      seen.push(
        ...(page['deliberations'] as { numeroInterne: string }[]).map(({ numeroInterne }) => numeroInterne),
      );
      apres = page['suivant'] as string | null;
      if (apres === null) break;
    }
    expect(seen).toEqual(['PAGE-3', 'PAGE-2', 'PAGE-1']);
  });

  it.each([
    ['un état inconnu', ['lister', '--etat', 'perdue'], 2],
    ['une limite hors des bornes', ['lister', '--limite', '501'], 2],
    ['un curseur de fantaisie', ['lister', '--apres', 'abc'], 1],
    ['une identité de fantaisie', ['suivre', 'abc'], 1],
    ['une identité inconnue', ['suivre', '00000000-0000-7000-8000-000000000000'], 1],
  ])('refusent %s', async (_, args, status) => {
    const refused = await run(...args);
    expect(refused.status).toBe(status);
    expect(refused.json()['erreur']).not.toMatchObject({ code: 'console/defect' });
  });

  it('suivent un acte par son numéro, son identifiant entier ou partiel tel qu’il se recopie, ou son identité', async () => {
    const deposited = (await run('deposer', await aDossier('SUIVI-42'))).json();
    const identifiant = String(deposited['identifiantActe']);
    for (const reference of [
      'n° SUIVI–42',
      '20221020-SUIVI',
      identifiant,
      `ID : ${identifiant.replaceAll('-', '‑')}`,
      String(deposited['id']),
    ]) {
      const followed = await run('suivre', reference);
      expect([reference, followed.status, followed.json()['id']]).toEqual([reference, 0, deposited['id']]);
      if (reference.startsWith('ID'))
        expect(String(followed.json()['remarques'])).toContain('L’étiquette qui précédait l’identifiant');
    }
  });

  it('nomment les actes entre lesquels une référence hésite', async () => {
    for (const numero of ['HESITE-1', 'HESITE-2']) await run('deposer', await aDossier(numero));
    const hesitant = await run('suivre', 'HESITE');
    expect([hesitant.status, hesitant.json()['erreur']]).toEqual([
      1,
      expect.objectContaining({
        code: 'deliberation/ambiguous',
        detail: expect.stringMatching(/HESITE-2-DE, .*HESITE-1-DE/) as string,
      }),
    ]);
  });

  it('lisent un état par son mot, et un SIREN avec ses espaces', async () => {
    const listed = await run('lister', '--etat', 'a transmettre', '--siren', '213 402 761', '--limite', '1');
    expect(listed.json()['deliberations']).toHaveLength(1);
  });

  it('disent aux personnes qu’il n’y a rien', async () => {
    const empty = await runConsole(['lister', '--mots', 'introuvable'], env);
    expect([empty.status, empty.stdout]).toEqual([0, 'Aucune délibération.\n']);
  });

  it('une base injoignable est un refus qui dit quoi faire', async () => {
    const away = { ...env, DATABASE_URL: 'postgres://personne@127.0.0.1:9/rien' };
    const refused = await runConsole(['lister', '--json'], away);
    expect([refused.status, refused.json()['erreur']]).toEqual([
      1,
      expect.objectContaining({ code: 'console/database-unreachable' }),
    ]);
  });

  it('sans réglage ni lancement local, disent lequel manque', async () => {
    const refused = await runConsole(['lister', '--json', '--jeton', 'x'.repeat(30)], {
      TELETRANSMISSION_DONNEES: folder,
    });
    expect([refused.status, refused.stdout]).toEqual([2, expect.stringContaining('DATABASE_URL') as string]);
  });
});

describe('le jeton d’une commande', () => {
  const list = (
    given: Readonly<Record<string, string>>,
    input?: string,
    ...args: string[]
  ): Promise<ConsoleRun> => {
    const rest = Object.entries(env).filter(([name]) => name !== 'TELETRANSMISSION_JETON');
    const known = { ...Object.fromEntries(rest), ...given };
    return runConsole(['lister', '--json', ...args], known, undefined, input);
  };
  const codeOf = (ran: ConsoleRun): unknown => (ran.json()['erreur'] as { code?: string } | undefined)?.code;

  it('se lit sur l’entrée, ou dans un fichier, sans rien à redire', async () => {
    const jeton = await openCompte('auditeur');
    const file = path.join(folder, 'jeton');
    await writeFile(file, `${jeton}\n`);
    for (const ran of [
      await list({}, `  ${jeton}\n`, '--jeton', '-'),
      await list({ TELETRANSMISSION_JETON_FILE: file }),
    ])
      expect([ran.status, ran.stderr]).toEqual([0, '']);
  });

  it('écrit sur la ligne de commande, sert encore, et se fait dire que d’autres ont pu le lire', async () => {
    const jeton = await openCompte('auditeur');
    const ran = await list({}, undefined, '--jeton', jeton);
    expect(ran.status).toBe(0);
    expect(ran.stderr).toMatch(/Attention : .*--jeton -/);
    expect(ran.stderr).not.toContain(jeton);
  });

  it('absent de l’entrée ou du fichier, se demande', async () => {
    expect(codeOf(await list({}, '', '--jeton', '-'))).toBe('console/no-token');
    expect(codeOf(await list({ TELETRANSMISSION_JETON_FILE: path.join(folder, 'absent') }))).toBe(
      'console/no-token',
    );
  });
});

describe('les comptes', () => {
  const using = (jeton: string): Promise<ConsoleRun> =>
    runConsole(['lister', '--json'], { ...env, TELETRANSMISSION_JETON: jeton });

  it('renouvellent leur jeton : l’ancien vaut le temps du recouvrement, et la liste montre lequel sert', async () => {
    const opened = (
      await run('compte', 'ouvrir', '--nom', 'tourne', '--role', 'auditeur', '--jours', '30')
    ).json();
    const { id } = opened['compte'] as { id: string };
    const renewed = await run('compte', 'renouveler', id);
    expect([renewed.status, renewed.json()]).toEqual([0, expect.objectContaining({ id, expireLe: null })]);
    for (const jeton of [opened['jeton'], renewed.json()['jeton']])
      expect((await using(String(jeton))).status).toBe(0);
    const last = (await run('compte', 'renouveler', id, '--recouvrement', '0')).json();
    for (const jeton of [opened['jeton'], renewed.json()['jeton']])
      expect((await using(String(jeton))).status).toBe(1);
    expect((await using(String(last['jeton']))).status).toBe(0);
    const listed = await runConsole(['compte', 'lister'], env);
    expect(listed.stdout).toMatch(/jeton [0-9a-f]{12}… {2}né le .*, sans fin, employé le /);
    expect(listed.stdout).toMatch(/jusqu’au .*, employé le /);
  });

  it.each([
    ['--jours', '0'],
    ['--recouvrement', '9999'],
  ])('refusent « %s %s » comme un mauvais emploi', async (option, value) => {
    const id = '00000000-0000-7000-8000-000000000000';
    expect((await run('compte', 'renouveler', id, `${option}=${value}`)).status).toBe(2);
  });

  it('ne renouvellent pas le jeton d’un compte inconnu', async () => {
    const refused = await run('compte', 'renouveler', '00000000-0000-7000-8000-000000000000');
    expect([refused.status, refused.json()['erreur']]).toEqual([
      1,
      expect.objectContaining({ code: 'compte/unknown' }),
    ]);
  });

  it('un compte révoqué ne vaut plus', async () => {
    const opened = (await run('compte', 'ouvrir', '--nom', 'essai', '--role', 'auditeur')).json();
    const { id } = opened['compte'] as { id: string };
    const jeton = String(opened['jeton']);
    expect((await using(jeton)).status).toBe(0);
    expect((await run('compte', 'revoquer', id)).status).toBe(0);
    expect((await using(jeton)).status).toBe(1);
    expect((await run('compte', 'revoquer', id)).status).toBe(1);
  });

  it('la liste ne montre aucun jeton', async () => {
    const jeton = await openCompte('operateur');
    const listed = await run('compte', 'lister');
    expect([listed.status, listed.stdout.includes(jeton), listed.stdout.includes('tlt_')]).toEqual([
      0,
      false,
      false,
    ]);
  });

  it('un rôle inconnu est un mauvais emploi, une collectivité non inscrite un refus', async () => {
    expect((await run('compte', 'ouvrir', '--nom', 'essai', '--role', 'maire')).status).toBe(2);
    expect(
      (await run('compte', 'ouvrir', '--nom', 'essai', '--role', 'deposant', '--siren', '552100554')).status,
    ).toBe(1);
  });
});

describe('les collectivités', () => {
  it('se listent avec ce que pèsent leurs documents, et leur quota', async () => {
    const stored = async (): Promise<number> => {
      const listed = await run('collectivite', 'lister');
      expect(listed.status).toBe(0);
      const [only] = listed.json()['collectivites'] as readonly { readonly octetsStockes: number }[];
      return only?.octetsStockes ?? Number.NaN;
    };
    const told = async (): Promise<string> => (await runConsole(['collectivite', 'lister'], env)).stdout;
    expect(await told()).toContain('de documents, sans quota');
    const octets = await stored();
    expect(octets).toBeGreaterThan(0);
    const commune = JSON.parse(await readFile(golden('commune.json'), 'utf8')) as Record<string, unknown>;
    const file = path.join(folder, 'commune-a-quota.json');
    await writeFile(file, JSON.stringify({ ...commune, quotaOctets: 2 ** 30 }));
    expect((await run('collectivite', 'inscrire', file)).status).toBe(0);
    expect(await told()).toMatch(/de documents, 0 % de son quota \(1\s024 Mio\)/);
    expect(await stored()).toBe(octets);
  });
});

describe('local reference', () => {
  it('écrit deux fois les mêmes octets', async () => {
    const places = [path.join(folder, 'r1'), path.join(folder, 'r2')];
    for (const place of places) expect((await run('local', 'reference', '--sortie', place)).status).toBe(0);
    for (const name of ['extrait.pdf', 'convention.pdf', 'dossier.json']) {
      const [first, second] = await Promise.all(places.map((place) => readFile(path.join(place, name))));
      expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
      expect(first?.equals(await readFile(golden(name)))).toBe(true);
    }
  });
});
