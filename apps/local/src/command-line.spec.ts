import { parseCommandLine } from './command-line';

const parse = (...args: string[]): ReturnType<typeof parseCommandLine> =>
  parseCommandLine(args, '/projet/.donnees', '/ici');

describe('La ligne de commande du lanceur', () => {
  it('sans argument, lance une instance durable dans le dossier habituel', () => {
    expect(parse()).toEqual({
      ok: true,
      value: { isDemo: false, isFresh: false, isHelp: false, folder: '/projet/.donnees' },
    });
  });

  it("lit toutes les options, sous les deux écritures, et part du dossier d'où l'on tape pour un chemin relatif", () => {
    const expected = { isDemo: true, isFresh: true, isHelp: false, folder: '/ici/essai', portBase: 4000 };
    expect(parse('--demo', '--fresh', '--data', 'essai', '--port-base', '4000')).toEqual({
      ok: true,
      value: expected,
    });
    expect(parse('--demo', '--fresh', '--data=essai', '--port-base=4000')).toEqual({
      ok: true,
      value: expected,
    });
  });

  it("demande l'aide par -h ou --help", () => {
    expect(parse('-h')).toMatchObject({ value: { isHelp: true } });
    expect(parse('--help')).toMatchObject({ value: { isHelp: true } });
  });

  it('refuse toutes les fautes à la fois, chacune avec quoi faire', () => {
    const refused = parse('--rapide', '--data', '--port-base', 'douze');
    expect(refused).toMatchObject({
      ok: false,
      problem: [
        { code: 'local/unknown-option' },
        { code: 'local/missing-value' },
        { code: 'local/bad-value' },
      ],
    });
  });

  it.each(['0', '65533', '-1', '3000.5', ''])('refuse le premier port « %s »', (value) => {
    expect(parse(`--port-base=${value}`)).toMatchObject({
      ok: false,
      problem: [{ code: 'local/bad-value' }],
    });
  });
});
