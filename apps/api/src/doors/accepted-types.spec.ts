import { accepts } from './accepted-types';

describe('l’en-tête Accept d’une adresse qui rend du JSON', () => {
  it.each([
    undefined,
    '',
    '  ',
    '*/*',
    '*',
    'application/json',
    'APPLICATION/JSON',
    'application/*',
    'text/html, application/json;q=0.1',
    'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
    'application/json;charset=utf-8',
    'application/*;q=0, application/json',
    'application/json;q=0.5, application/json;version=2;q=0',
    'application/json; q=beaucoup',
  ])('%j le laisse', (header) => {
    expect(accepts(header, 'application/json')).toBe(true);
  });

  it.each([
    'image/png',
    'text/html, application/xml',
    'application/json;q=0',
    'application/json ; q = 0.000, */*',
    '*/*;q=0',
    'application/*;q=0, */*',
    'json',
    ',',
    'application/jsonp',
    'application/problem+json',
  ])('%j ne le laisse pas', (header) => {
    expect(accepts(header, 'application/json')).toBe(false);
  });
});
