import type { ActeReference } from './reference';
import { readReference } from './reference';

const read = (text: string): ActeReference | string => {
  const result = readReference(text);
  return result.ok ? result.value.reference : result.problem.code;
};

describe('ce qui désigne un acte', () => {
  it.each([
    '034-213402761-20221020-2022-10-062-DE',
    'ID : 034-213402761-20221020-2022-10-062-DE',
    '034–213402761–20221020–2022‑10‑062–DE',
    '34-213402761-20221020-2022-10-062-DE',
  ])('est un identifiant entier : « %s »', (text) => {
    expect(read(text)).toEqual({
      kind: 'identifiant',
      identifiant: '034-213402761-20221020-2022-10-062-DE',
    });
  });

  it('est une identité d’ici', () => {
    const id = '0190D000-0000-7000-8000-000000000001';
    expect(read(` ${id} `)).toEqual({ kind: 'id', id: id.toLowerCase() });
  });

  it.each([
    ['2022-10-062', '2022-10-062'],
    ['2022_10_062', '2022-10-062'],
    ['2022–10–062', '2022-10-062'],
    ['2022/10/062', '2022-10-062'],
    ['n° 2022-10-062', '2022-10-062'],
    ['N° : 2022-10-062', '2022-10-062'],
    ['n° DEL–062', 'DEL-062'],
    ['numéro DEL-062', 'DEL-062'],
    ['del\u00ad-062', 'DEL-062'],
    ['20221020-2022', '20221020-2022'],
  ])('est une partie d’identifiant : « %s » se cherche « %s »', (text, texte) => {
    expect(read(text)).toEqual({ kind: 'partie', texte });
  });

  it('ne remarque rien d’un identifiant écrit comme il faut, et dit ce qu’il a lu autrement', () => {
    const remarquesOf = (text: string): readonly string[] => {
      const result = readReference(text);
      return result.ok ? result.value.remarques : [];
    };
    expect(remarquesOf('034-213402761-20221020-2022-10-062-DE')).toEqual([]);
    expect(remarquesOf('2022–10–062').join()).toContain('tirets typographiques');
  });

  it.each(['', '  ', '«»', '\u0000', 'a'.repeat(201)])('n’est pas « %s »', (text) => {
    expect(read(text)).toBe('search/invalid');
  });
});
