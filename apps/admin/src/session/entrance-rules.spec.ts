import { FakeClock } from '@teletransmission/testkit';
import { localPath } from './local-path';
import { SessionCookie } from './session-cookie';
import { SignInThrottle } from './sign-in-throttle';

describe('le compte des essais', () => {
  const limits = { maxFailures: 3, windowMs: 60_000, maxAddresses: 2 };
  const tries = (throttle: SignInThrottle, address: string, times: number): readonly (string | null)[] =>
    Array.from({ length: times }, () => throttle.begin(address).tooManyUntil);

  it('compte un essai dès qu’il commence : ceux qui vont de front ne passent pas ensemble', () => {
    const throttle = new SignInThrottle(new FakeClock(), limits);
    expect(tries(throttle, 'a', 5).map((until) => until !== null)).toEqual([false, false, false, true, true]);
    expect(tries(throttle, 'b', 1)).toEqual([null]);
  });

  it('dit jusqu’à quand, et oublie les échecs une fois le délai passé', () => {
    const clock = new FakeClock();
    const throttle = new SignInThrottle(clock, limits);
    expect(tries(throttle, 'a', 4).at(-1)).toBe('2022-11-02T09:01:00.000Z');
    clock.advance(60_000);
    expect(tries(throttle, 'a', 3)).toEqual([null, null, null]);
  });

  it('ne compte pas une réussite, et garde les échecs d’avant elle', () => {
    const throttle = new SignInThrottle(new FakeClock(), limits);
    tries(throttle, 'a', 3);
    throttle.begin('a').forget();
    throttle.begin('a').forget();
    expect(tries(throttle, 'a', 1)).not.toEqual([null]);
  });

  it('ne suit pas plus d’adresses que sa borne : la plus ancienne cède', () => {
    const throttle = new SignInThrottle(new FakeClock(), limits);
    tries(throttle, 'a', 4);
    tries(throttle, 'b', 1);
    tries(throttle, 'c', 1);
    expect(tries(throttle, 'a', 1)).toEqual([null]);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:ffff:ffff:ffff'],
    ['2001:db8:1:2:0:0:0:1', '2001:0db8:0001:0002::9'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['192.0.2.1', '::ffff:192.0.2.1'],
    ['fe80::1%eth0', 'fe80::2%eth1'],
  ])('tient %s et %s pour une seule adresse', (one, other) => {
    const throttle = new SignInThrottle(new FakeClock(), { ...limits, maxFailures: 1 });
    expect(tries(throttle, one, 1)).toEqual([null]);
    expect(tries(throttle, other, 1)).not.toEqual([null]);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['192.0.2.1', '192.0.2.2'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2'],
  ])('tient %s et %s pour deux', (one, other) => {
    const throttle = new SignInThrottle(new FakeClock(), { ...limits, maxFailures: 1 });
    expect([...tries(throttle, one, 1), ...tries(throttle, other, 1)]).toEqual([null, null]);
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
  it.each([
    '/',
    '/deliberations?etat=held&mots=%C3%A9cole',
    '/deliberations/0190',
    '/travaux/submit-enveloppe/submit-enveloppe.0190-ab.3',
    '/retours/?page=//ailleurs.example',
  ])('garde %s', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    '//ailleurs.example',
    '/\\ailleurs.example',
    '/\t/ailleurs.example',
    '/.//ailleurs.example',
    '/..//ailleurs.example',
    '/x/..//ailleurs.example',
    '/./\\ailleurs.example',
    '/%2e//ailleurs.example',
    '/%2f/ailleurs.example',
    '/%2F%2Failleurs.example',
    '/%5cailleurs.example',
    '/%09/ailleurs.example',
    '/%0d%0aSet-Cookie:a=b',
    '/deliberations//ailleurs.example',
    '/\r\n/ailleurs.example',
    '/ailleurs.example:80@x',
    '/\u2215\u2215ailleurs.example',
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
