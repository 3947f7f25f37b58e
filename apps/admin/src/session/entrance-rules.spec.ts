import { SettableClock } from '../../test/in-memory-accounts';
import { localPath } from './local-path';
import { SessionCookie } from './session-cookie';
import { SignInThrottle } from './sign-in-throttle';

function failTimes(throttle: SignInThrottle, address: string, times: number): void {
  for (let failure = 0; failure < times; failure += 1) throttle.failed(address);
}

describe('le frein des essais', () => {
  const limits = { maxFailures: 3, windowMs: 60_000, maxAddresses: 2 };

  it('bloque une adresse au dernier échec permis, et elle seule', () => {
    const throttle = new SignInThrottle(new SettableClock(), limits);
    failTimes(throttle, 'a', 2);
    expect(throttle.blockedUntil('a')).toBeNull();
    throttle.failed('a');
    expect(throttle.blockedUntil('a')).toBe('2026-11-24T10:01:00.000Z');
    expect(throttle.blockedUntil('b')).toBeNull();
  });

  it('oublie les échecs une fois le délai passé', () => {
    const clock = new SettableClock();
    const throttle = new SignInThrottle(clock, limits);
    failTimes(throttle, 'a', 3);
    clock.advance(60_000);
    expect(throttle.blockedUntil('a')).toBeNull();
    throttle.failed('a');
    expect(throttle.blockedUntil('a')).toBeNull();
  });

  it('oublie les échecs après une réussite', () => {
    const throttle = new SignInThrottle(new SettableClock(), limits);
    failTimes(throttle, 'a', 2);
    throttle.succeeded('a');
    throttle.failed('a');
    expect(throttle.blockedUntil('a')).toBeNull();
  });

  it('ne suit pas plus d’adresses que sa borne : la plus ancienne cède', () => {
    const throttle = new SignInThrottle(new SettableClock(), limits);
    failTimes(throttle, 'a', 3);
    throttle.failed('b');
    throttle.failed('c');
    expect(throttle.blockedUntil('a')).toBeNull();
    failTimes(throttle, 'c', 2);
    expect(throttle.blockedUntil('c')).not.toBeNull();
  });
});

describe('le témoin de session', () => {
  it('ne se lit d’aucun script et ne part vers aucun autre site', () => {
    const header = new SessionCookie(false).write('tlt_abc', 43_200);
    expect(header).toBe('bureau=tlt_abc; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict');
  });

  it('ne voyage que chiffré derrière HTTPS, sous un nom que le navigateur y oblige', () => {
    expect(new SessionCookie(true).write('s', 1)).toBe(
      '__Host-bureau=s; Path=/; Max-Age=1; HttpOnly; SameSite=Strict; Secure',
    );
  });

  it.each([
    ['bureau=abc', 'abc'],
    ['autre=1; bureau=abc; fin=2', 'abc'],
    ['bureau=', null],
    ['xbureau=abc', null],
    ['', null],
    [undefined, null],
  ])('lit dans « %s » le secret %s', (header, expected) => {
    expect(new SessionCookie(false).read(header)).toBe(expected);
  });

  it('s’efface en expirant', () => {
    expect(new SessionCookie(false).erase()).toMatch(/^bureau=; .*Max-Age=0/);
  });
});

describe('localPath', () => {
  it.each(['/', '/deliberations?etat=held&mots=%C3%A9cole', '/deliberations/0190'])('garde %s', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    '//ailleurs.example',
    '/\\ailleurs.example',
    '/\t/ailleurs.example',
    'https://ailleurs.example',
    'javascript:alert(1)',
    'deliberations',
    '/connexion?suite=/',
    '/deconnexion',
    '',
    undefined,
    `/${'a'.repeat(2_000)}`,
  ])('ramène %j à l’accueil', (path) => {
    expect(localPath(path)).toBe('/');
  });
});
