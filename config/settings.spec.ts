import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import { CONCERNS } from './concerns';
import { secretKeysOf } from './secret-files';
import { InvalidSettings, loadSettings } from './settings';

const GOOD = {
  DATABASE_URL: 'postgres://app@localhost/teletransmission',
  REDIS_URL: 'redis://localhost:6379',
  STOCKAGE_DOSSIER: '/var/lib/teletransmission',
  PREFECTURE_URL: 'https://prefecture.example.org',
};

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadSettings(env);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettings) return error.faults;
    throw error;
  }
}

/** Les clés que l'exemple ne commente pas. */
function exampleSettings(): Record<string, string> {
  const lines = readFileSync(path.join(__dirname, '..', '.env.example'), 'utf8').split('\n');
  const given = lines.filter((line) => /^[A-Z_]+=/.test(line));
  return Object.fromEntries(given.map((line) => [line.split('=', 1)[0] ?? '', line.replace(/^[^=]*=/, '')]));
}

describe('les réglages', () => {
  it('se lisent une fois, avec leurs valeurs par défaut', () => {
    const settings = loadSettings(GOOD);
    expect(settings.api).toEqual({ hote: '127.0.0.1', port: 3000 });
    expect(settings.operateur.quadrigramme).toBe('TACT');
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('disent toutes leurs fautes ensemble, sans jamais montrer une valeur', () => {
    const faults = faultsOf({
      ...GOOD,
      DATABASE_URL: 'mysql://secret@h',
      API_PORT: 'huit',
      OPERATEUR_TRIGRAMME: 'abcd',
    });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'OPERATEUR_TRIGRAMME',
      'API_PORT',
    ]);
    expect(faults.join()).not.toContain('secret');
  });

  it('refusent une adresse de retour que l’enveloppe n’admet pas : elle arrêterait tout envoi', () => {
    for (const adresse of ['actes+pref@commune.fr', 'retour@commune.consulting', 'commune.fr']) {
      expect(faultsOf({ ...GOOD, OPERATEUR_ADRESSE_RETOUR: adresse })).toEqual([
        expect.stringMatching(/^OPERATEUR_ADRESSE_RETOUR : doit être une adresse que la norme ACTES admet/),
      ]);
    }
  });

  it('exigent un Redis quand les files y sont', () => {
    const { REDIS_URL, ...withoutRedis } = GOOD;
    expect(REDIS_URL).toBeDefined();
    expect(faultsOf(withoutRedis)).toEqual(['REDIS_URL : manque (QUEUE_BACKEND vaut redis)']);
    expect(faultsOf({ ...withoutRedis, QUEUE_BACKEND: 'postgres' })).toEqual([]);
  });

  it('disent une fois une faute que deux préoccupations partagent', () => {
    expect(faultsOf({ ...GOOD, OPERATEUR_QUADRIGRAMME: 'XXXX' })).toEqual([
      'OPERATEUR_QUADRIGRAMME : doit valoir EACT (production) ou TACT (essai)',
    ]);
  });

  it('ne demandent à une application que ses préoccupations', () => {
    expect(loadSettings({}, ['api', 'journal'])).toEqual({
      api: { hote: '127.0.0.1', port: 3000 },
      journal: { niveau: 'info' },
    });
  });

  it('tiennent une variable vide pour absente', () => {
    expect(loadSettings({ ...GOOD, API_PORT: '' }).api.port).toBe(3000);
  });

  it('de l’exemple donné démarrent en production', () => {
    expect(faultsOf(exampleSettings())).toEqual([]);
  });

  it('sont tous dans .env.example, avec le même sens en une ligne', () => {
    const example = readFileSync(path.join(__dirname, '..', '.env.example'), 'utf8');
    for (const concern of Object.values(CONCERNS)) {
      const { shape } = concern.in as z.ZodObject;
      for (const [key, schema] of Object.entries(shape)) {
        const { description } = schema as z.ZodType;
        expect(example).toContain(`# ${description ?? 'sans description'}\n`);
        expect(example).toMatch(new RegExp(`^#? ?${key}=`, 'm'));
      }
    }
  });
});

describe('une adresse', () => {
  const SECRET = 'ne-me-montre-pas';
  it.each([
    ['un « # » dans le mot de passe', `postgres://app:a#${SECRET}@hote/base`, '« # »'],
    ['un « / » dans le mot de passe', `postgres://app:a/${SECRET}@hote/base`, '%2F'],
    ['un « / » après un nombre', `postgres://app:12/${SECRET}@hote/base`, '%2F'],
    ['un « ? » dans le mot de passe', `postgres://app:a?${SECRET}@hote/base`, '%3F'],
    ['un « % » seul', `postgres://app:a%${SECRET}@hote/base`, '%25'],
    ['une espace dans le nom de la machine', `postgres://app:${SECRET}@ho te/base`, 'ne se lit pas'],
    ['un autre protocole', `mysql://app:${SECRET}@hote/base`, 'doit commencer par'],
  ])('avec %s se refuse par sa phrase, sans se montrer', (_, url, phrase) => {
    const faults = faultsOf({ ...GOOD, DATABASE_URL: url });
    expect(faults).toEqual([expect.stringContaining(phrase)]);
    expect(faults.join()).not.toContain(SECRET);
    expect(faults[0]).toMatch(/^DATABASE_URL : /);
  });

  it.each([
    'postgres://app:a%23b%2Fc@hote:5432/base',
    'postgres://app@localhost/base?host=%2Ftmp%2Fprise',
    'postgresql://hote/base',
  ])('écrite comme il faut est admise : %s', (url) => {
    expect(loadSettings({ ...GOOD, DATABASE_URL: url }).database.url).toBe(url);
  });

  it('de Redis se juge de même, et le chemin d’une prise n’en est pas une', () => {
    expect(faultsOf({ ...GOOD, REDIS_URL: 'redis://:a#b@hote' })).toEqual([
      expect.stringMatching(/^REDIS_URL : .*« # »/),
    ]);
    expect(loadSettings({ ...GOOD, REDIS_URL: 'unix:/tmp/a#b/redis.sock' }).queues.redisUrl).toBe(
      'unix:/tmp/a#b/redis.sock',
    );
  });
});

describe('la production', () => {
  const PRODUCTION = {
    ...GOOD,
    NODE_ENV: 'production',
    SIGNATURE_AUTORITES: '/etc/autorites.pem',
    ADMIN_COOKIE_SECURISE: 'oui',
  };

  it('démarre avec ce qu’il lui faut', () => {
    const settings = loadSettings(PRODUCTION);
    expect(settings.database.admitsOwner).toBe(false);
    expect(settings.signature.autorites).toBe('/etc/autorites.pem');
  });

  it.each([
    ['les files sur PostgreSQL', { QUEUE_BACKEND: 'postgres' }, 'QUEUE_BACKEND'],
    ['un jeton de préfecture qui se devine', { PREFECTURE_JETON: 'a'.repeat(19) }, 'PREFECTURE_JETON'],
    ['un jeton de métriques qui se devine', { METRIQUES_JETON: 'a'.repeat(19) }, 'METRIQUES_JETON'],
    ['un témoin de session en clair', { ADMIN_COOKIE_SECURISE: 'non' }, 'ADMIN_COOKIE_SECURISE'],
    ['un témoin de session dont on n’a rien dit', { ADMIN_COOKIE_SECURISE: '' }, 'ADMIN_COOKIE_SECURISE'],
    ['aucune autorité de signature', { SIGNATURE_AUTORITES: '' }, 'SIGNATURE_AUTORITES'],
  ])('refuse %s, que l’essai admet', (_, changes, key) => {
    expect(faultsOf({ ...PRODUCTION, ...changes })).toEqual([expect.stringMatching(`^${key} : `)]);
    if (key !== 'METRIQUES_JETON') expect(faultsOf({ ...PRODUCTION, ...changes, NODE_ENV: '' })).toEqual([]);
  });

  it('dit ensemble tout ce qu’elle refuse', () => {
    const faults = faultsOf({
      ...PRODUCTION,
      QUEUE_BACKEND: 'postgres',
      OPERATEUR_QUADRIGRAMME: 'EACT',
      PREFECTURE_URL: 'http://prefecture.example.org',
      PREFECTURE_JETON: 'court',
      METRIQUES_JETON: 'court',
      ADMIN_COOKIE_SECURISE: 'non',
      SIGNATURE_AUTORITES: '',
    });
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'ADMIN_COOKIE_SECURISE',
      'METRIQUES_JETON',
      'PREFECTURE_JETON',
      'PREFECTURE_URL',
      'QUEUE_BACKEND',
      'SIGNATURE_AUTORITES',
    ]);
    expect(faults.join()).not.toContain('court,');
  });

  it('n’admet de listes de révocation que contre des autorités', () => {
    const SIGNATURE_REVOCATIONS = '/etc/revocations.pem';
    expect(loadSettings({ ...PRODUCTION, SIGNATURE_REVOCATIONS }).signature.revocations).toBe(
      '/etc/revocations.pem',
    );
    expect(loadSettings(PRODUCTION).signature.revocations).toBeNull();
    expect(faultsOf({ ...PRODUCTION, SIGNATURE_AUTORITES: 'sans', SIGNATURE_REVOCATIONS })).toEqual([
      expect.stringMatching(/^SIGNATURE_REVOCATIONS : demande SIGNATURE_AUTORITES/),
    ]);
  });

  it('admet de se passer d’autorité quand c’est écrit, et de n’avoir qu’un rôle le temps d’une mise à niveau', () => {
    const changes = { SIGNATURE_AUTORITES: 'sans', DATABASE_ROLE_UNIQUE: 'oui' };
    const { signature, database } = loadSettings({ ...PRODUCTION, ...changes });
    expect([signature.autorites, database.admitsOwner]).toEqual([null, true]);
    expect(loadSettings(GOOD).database.admitsOwner).toBe(true);
    expect(loadSettings({ ...GOOD, DATABASE_ROLE_UNIQUE: 'non' }).database.admitsOwner).toBe(false);
  });

  it.each(['production', 'development'])('n’envoie jamais de vrais actes en clair (%s)', (environment) => {
    const env = { ...PRODUCTION, NODE_ENV: environment, OPERATEUR_QUADRIGRAMME: 'EACT' };
    expect(faultsOf(env)).toEqual([]);
    expect(faultsOf({ ...env, PREFECTURE_URL: 'http://prefecture.example.org' })).toEqual([
      expect.stringMatching(/^PREFECTURE_URL : doit commencer par https/),
    ]);
    expect(
      faultsOf({ ...env, OPERATEUR_QUADRIGRAMME: 'TACT', PREFECTURE_URL: 'http://simulateur:3003' }),
    ).toEqual([]);
  });
});

describe('les mandataires de confiance', () => {
  const confiance = (text: string): readonly string[] =>
    loadSettings({ MANDATAIRES_CONFIANCE: text }, ['mandataires']).mandataires.confiance;

  it('sont une liste, vide tant qu’on n’en dit rien', () => {
    expect(confiance('')).toEqual([]);
    expect(confiance('10.0.0.0/8, 192.0.2.1 ,::1,fd00::/8, loopback')).toEqual([
      '10.0.0.0/8',
      '192.0.2.1',
      '::1',
      'fd00::/8',
      'loopback',
    ]);
  });

  it.each(['true', '*', '10.0.0.0/33', '0.0.0.0/0', '::/0', '10.0.0.0/', '10.0.0', 'proxy.example.org', '2'])(
    'refusent « %s »',
    (text) => {
      expect(() => confiance(text)).toThrow('MANDATAIRES_CONFIANCE');
    },
  );
});

describe('un secret dans un fichier', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (text: string | Buffer): string => {
    const file = path.join(folder, 'secret');
    writeFileSync(file, text);
    return file;
  };
  const { PREFECTURE_URL, DATABASE_URL, ...rest } = GOOD;

  it('vaut le secret lui-même, sans le saut de ligne de l’éditeur', () => {
    for (const [start, end] of [
      ['', ''],
      ['', '\n'],
      ['', '\r\n'],
      ['\uFEFF', '\n'],
    ] as const) {
      const env = { ...rest, PREFECTURE_URL, DATABASE_URL_FILE: written(start + DATABASE_URL + end) };
      expect(loadSettings(env).database.url).toBe(DATABASE_URL);
    }
  });

  it.each([
    ['absent', () => path.join(folder, 'rien'), 'ne se lit pas (ENOENT) : il n’existe pas'],
    ['un dossier', () => folder, 'ne se lit pas (EISDIR) : c’est un dossier'],
    ['vide', () => written('\n'), 'est vide'],
    ['de deux lignes', () => written(`${DATABASE_URL}\nautre\n`), 'plusieurs lignes'],
    ['d’un autre encodage', () => written(Buffer.from([0x6d, 0xe9])), 'n’est pas un texte en UTF-8'],
    ['trop gros', () => written('a'.repeat(20_000)), 'trop gros'],
  ])('%s, se dit, avec les autres fautes et sans « manque » de plus', (_, file, phrase) => {
    expect(faultsOf({ ...rest, PREFECTURE_URL, DATABASE_URL_FILE: file(), API_PORT: 'huit' })).toEqual([
      expect.stringMatching(`^DATABASE_URL_FILE : .*${phrase.replace(/[()]/g, '.')}`),
      expect.stringMatching('^API_PORT'),
    ]);
  });

  it('donné deux fois se refuse : on ne saurait lequel a servi', () => {
    expect(faultsOf({ ...GOOD, DATABASE_URL_FILE: written('x') })).toEqual([
      expect.stringContaining('en même temps que DATABASE_URL'),
    ]);
  });

  it('se juge comme l’autre : sa faute nomme la clé, jamais sa valeur', () => {
    const faults = faultsOf({ ...rest, PREFECTURE_URL, DATABASE_URL_FILE: written('mysql://secret@h') });
    expect(faults).toEqual([expect.stringMatching(/^DATABASE_URL : doit commencer/)]);
    expect(faults.join()).not.toContain('secret@');
  });

  it('est possible pour tout réglage qui porte un secret', () => {
    const secret = Object.values(CONCERNS).flatMap(secretKeysOf);
    const keys = Object.values(CONCERNS).flatMap((concern) => Object.keys((concern.in as z.ZodObject).shape));
    const looksSecret = keys.filter((key) =>
      /JETON|SECRET|PASSWORD|MOT_DE_PASSE|^(DATABASE|REDIS)\w*_URL$/.test(key),
    );
    expect(new Set(secret)).toEqual(new Set(looksSecret));
    expect(secret).toContain('DATABASE_OWNER_URL');
  });
});
