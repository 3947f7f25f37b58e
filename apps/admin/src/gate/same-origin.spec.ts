import { isSameOrigin } from './same-origin';

describe('isSameOrigin', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('laisse passer %s, qui ne change rien', (method) => {
    expect(isSameOrigin(method, { 'sec-fetch-site': 'cross-site' })).toBe(true);
  });

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://bureau.local', host: 'bureau.local' }, false],
    [{ origin: 'http://bureau.local:3001', host: 'bureau.local:3001' }, true],
    [{ origin: 'http://bureau.local:3001', host: 'bureau.local' }, false],
    [{ origin: 'http://ailleurs.example', host: 'bureau.local' }, false],
    [{ origin: 'null', host: 'bureau.local' }, false],
    [{ host: 'bureau.local' }, false],
    [{}, false],
  ])('d’un formulaire aux en-têtes %j, dit %s', (headers, expected) => {
    expect(isSameOrigin('POST', headers)).toBe(expected);
  });
});
