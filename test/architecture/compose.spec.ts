import { loadSettings } from '@teletransmission/config';
import { read } from './project-files';

const compose = read('docker-compose.yml');

/** Le texte de chaque service, sous son nom. */
function services(): ReadonlyMap<string, string> {
  const [, body = ''] = compose.split(/^services:\n/m);
  const [listed = ''] = body.split(/^volumes:\n/m);
  return new Map(
    listed.split(/^ {2}(?=\w[\w-]*:\n)/m).flatMap((part) => {
      const [, nom, text] = /^([\w-]+):\n([\s\S]*)$/.exec(part) ?? [];
      return nom === undefined || text === undefined ? [] : [[nom, text] as const];
    }),
  );
}

/** Ce qu'une variable demandée vaut ici ; toute autre, `TLT`. */
const GIVEN: Readonly<Record<string, string>> = {
  PREFECTURE_URL: 'http://simulator:3003',
  OPERATEUR_QUADRIGRAMME: 'TACT',
};

/** L'environnement commun aux applications, ses variables `${NOM:?…}` et `${NOM:-défaut}` données. */
function environment(): Record<string, string> {
  const [, block = ''] = /&environment\n((?: {2}.*\n)+)/.exec(compose) ?? [];
  const lines = [...block.matchAll(/^ {2}([A-Z_]+): (.+)$/gm)];
  return Object.fromEntries(
    lines.map(([, key = '', value = '']) => [
      key,
      value.replaceAll(/\$\{(\w+):[?-][^}]*\}/g, (_, name: string) => GIVEN[name] ?? 'TLT'),
    ]),
  );
}

describe('docker-compose.yml', () => {
  it('ne donne le propriétaire de la base qu’à la mise à niveau et à la console', () => {
    const owners = [...services()].filter(([, text]) => /owner-environment|DATABASE_OWNER_URL/.test(text));
    expect(owners.map(([nom]) => nom)).toEqual(['migrate', 'console']);
    const named = [...services()].filter(([, text]) => text.includes('POSTGRES_PASSWORD'));
    expect(named.map(([nom]) => nom)).toEqual(['postgres']);
  });

  it('donne à chaque application des réglages que la production admet, sous le rôle du service', () => {
    const env = { ...environment(), ADMIN_COOKIE_SECURISE: 'oui' };
    const settings = loadSettings(env);
    expect(new URL(settings.database.url).username).toBe('teletransmission_service');
    expect(settings.database.admitsOwner).toBe(false);
    expect(new URL(settings.queues.redisUrl ?? '').password).not.toBe('');
    expect(services().get('admin')).toContain(`ADMIN_COOKIE_SECURISE: 'oui'`);
  });
});
