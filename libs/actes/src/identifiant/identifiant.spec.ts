import type { Result } from '@teletransmission/kernel';
import { addDays, civilDate } from '@teletransmission/kernel';
import fc from 'fast-check';
import type { Departement } from './departement';
import { DEPARTEMENTS, parseDepartement } from './departement';
import { buildIdentifiantActe } from './identifiant-acte';
import type { NumeroInterne } from './numero-interne';
import { parseNumeroInterne } from './numero-interne';
import { parseIdentifiantActe } from './read-identifiant-acte';
import type { Siren } from './siren';
import { parseSiren } from './siren';

const outcome = <T>(result: Result<T>): unknown => (result.ok ? result.value : result.problem.code);

const reference = {
  departement: '034' as Departement,
  siren: '213402761' as Siren,
  dateDecision: civilDate('2022-10-20'),
  numeroInterne: '2022-10-062' as NumeroInterne,
  nature: 'DE' as const,
};

describe('parseSiren', () => {
  it.each([
    ['213402761', '213402761'],
    ['213 402 761', '213402761'],
    ['213\u00a0402\u202f761', '213402761'],
    ['\ufeff213\u2009402\u2007761\u200b', '213402761'],
    ['000000000', '000000000'],
    ['213402762', 'siren/checksum'],
    ['21340276', 'siren/malformed'],
    ['2134027610', 'siren/malformed'],
    ['21340276A', 'siren/malformed'],
    ['', 'siren/malformed'],
  ])('« %s » donne %s', (text, expected) => {
    expect(outcome(parseSiren(text))).toBe(expected);
  });
});

describe('parseDepartement', () => {
  it('connaît 94 départements de métropole hors Corse, les deux de Corse et huit outre-mer', () => {
    expect(DEPARTEMENTS).toHaveLength(94 + 2 + 8);
    for (const departement of DEPARTEMENTS) expect(outcome(parseDepartement(departement))).toBe(departement);
  });

  it.each(['020', '000', '096', '970', '977', '989', '134'])('refuse %s, qui n’existe pas', (text) => {
    expect(outcome(parseDepartement(text))).toBe('departement/unknown');
  });

  it.each([
    ['34', '034'],
    ['2a', '02A'],
    ['02b', '02B'],
    [' 034', '034'],
  ])('refuse « %s » et propose %s', (text, proposition) => {
    const result = parseDepartement(text);
    expect(result.ok ? undefined : result.problem).toMatchObject({
      code: 'departement/malformed',
      facts: { proposition },
    });
  });
});

describe('parseNumeroInterne', () => {
  it.each(['A', '7', '2022_062', 'ABCDEFGHIJKLMNO'])('admet « %s » à l’émission', (text) => {
    expect(outcome(parseNumeroInterne(text, { tiretsPermis: false }))).toBe(text);
  });

  it('n’admet le tiret que pour qui l’a demandé, et propose sinon le souligné', () => {
    expect(outcome(parseNumeroInterne('2022-10-062', { tiretsPermis: true }))).toBe('2022-10-062');
    const refused = parseNumeroInterne('2022-10-062', { tiretsPermis: false });
    expect(refused.ok ? undefined : refused.problem).toMatchObject({
      code: 'numero-interne/malformed',
      facts: { proposition: '2022_10_062' },
    });
  });

  it('dit tous les défauts à la fois', () => {
    const refused = parseNumeroInterne('_délib n°12/2022 bis', { tiretsPermis: false });
    expect(refused.ok ? [] : refused.problem.violations?.map(({ code }) => code)).toEqual([
      'numero-interne/too-long',
      'numero-interne/forbidden-character',
      'numero-interne/edges',
    ]);
  });

  it('refuse le vide sans rien proposer', () => {
    const refused = parseNumeroInterne('', { tiretsPermis: true });
    expect(refused.ok ? undefined : refused.problem.violations?.[0]?.code).toBe('numero-interne/empty');
    expect(refused.ok ? undefined : refused.problem.facts).toBeUndefined();
  });

  it('ne propose que des numéros qu’il admet', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.boolean(), (text, tiretsPermis) => {
        const result = parseNumeroInterne(text, { tiretsPermis });
        const proposition = result.ok ? text : result.problem.facts?.proposition;
        if (typeof proposition !== 'string') return;
        expect(outcome(parseNumeroInterne(proposition, { tiretsPermis }))).toBe(proposition);
      }),
    );
  });
});

describe('IdentifiantActe', () => {
  it('se compose dans l’ordre de la norme', () => {
    expect(buildIdentifiantActe(reference)).toBe('034-213402761-20221020-2022-10-062-DE');
  });

  it('se relit par les deux bouts, tirets compris, et le dit', () => {
    expect(outcome(parseIdentifiantActe('034-213402761-20221028-2022-10-062-DE'))).toEqual({
      ...reference,
      dateDecision: '2022-10-28',
      identifiant: '034-213402761-20221028-2022-10-062-DE',
      remarques: ['Le numéro « 2022-10-062 » contient des tirets, hors du motif officiel.'],
    });
  });

  it('garde les deux-points d’un numéro, qui ne sont pas ceux d’une étiquette', () => {
    expect(outcome(parseIdentifiantActe('034-213402761-20221020-A:1-DE'))).toMatchObject({
      numeroInterne: 'A:1',
    });
  });

  it('complète le département d’un tampon sur deux chiffres', () => {
    expect(outcome(parseIdentifiantActe('34-213402761-20221005-2022-10-062-DE'))).toMatchObject({
      departement: '034',
      identifiant: '034-213402761-20221005-2022-10-062-DE',
    });
    expect(outcome(parseIdentifiantActe('2B-212000962-20250103-DEL-25-03-011-DE'))).toMatchObject({
      departement: '02B',
    });
  });

  it.each([
    ['013-211300074-20220106-AR-2022-02-AR', 'AR-2022-02'],
    ['99_AR-013-211300025-20220128-A_2022_136-AR-1-1_1.pdf', 'A_2022_136'],
    ['056-215601212-20211216-150029-DE-1-1', '150029'],
    ['056-225600014-20130924-0000008888-DE-1-1_1.PDF', '0000008888'],
    ['[ 034-213402761-20221020-2022_062-DE )', '2022_062'],
    ['034-213402761-20221020-2022_062-DE-1-2_5279 (1).xml', '2022_062'],
    ['035-213402761-20030714-9999aaa-AI', '9999aaa'],
  ])('lit le numéro de « %s »', (text, numeroInterne) => {
    expect(outcome(parseIdentifiantActe(text))).toMatchObject({ numeroInterne });
  });

  it.each([
    ['ID : 034-213402761-20240105-032024-DE', 'étiquette'],
    ['ID: 034-213402761-20240105-032024-DE', 'étiquette'],
    ['ID 034-213402761-20240105-032024-DE', 'étiquette'],
    ['Identifiant Acte : 034-213402761-20240105-032024-DE', 'étiquette'],
    ['Identifiant de l’acte : 034-213402761-20240105-032024-DE', 'étiquette'],
    ['Affiché le 09/01/2024 ID : 034-213402761-20240105-032024-DE', 'étiquette'],
    ['034–213402761–20240105–032024–DE', 'tirets typographiques'],
    ['034‑213402761‑20240105‑032024‑DE', 'tirets typographiques'],
    ['034−213402761−20240105−032024−DE', 'tirets typographiques'],
    ['034-213402761-2024\u00ad0105-032024-DE', 'invisibles'],
    ['\ufeff034-213402761-20240105-032024-DE', 'invisibles'],
    ['034 – 213 402 761 – 20240105 – 032024 – DE', 'espaces'],
    ['034-213\u202f402\u202f761-20240105-\n032024-DE', 'espaces'],
  ])('lit « %s » tel qu’il se recopie, et le remarque', (text, remarque) => {
    const read = parseIdentifiantActe(text);
    expect(outcome(read)).toMatchObject({ identifiant: '034-213402761-20240105-032024-DE' });
    expect((read.ok ? read.value.remarques : []).join(' ')).toContain(remarque);
  });

  it('remarque la clé fausse et le SIREN d’un autre département', () => {
    const read = parseIdentifiantActe('035-213402762-20221020-1-DE');
    expect(read.ok ? read.value.remarques : []).toEqual([
      'Le SIREN 213402762 a une clé de contrôle fausse.',
      "Le SIREN 213402762 est celui d'une commune d'un autre département que 035.",
    ]);
    expect(outcome(parseIdentifiantActe('02A-212000962-20250103-1-DE'))).not.toMatchObject({
      remarques: [expect.stringContaining('autre')],
    });
  });

  it.each([
    ['034-213402761-20220230-1-DE', 'dateDecision'],
    ['034-213402761-2022103-1-DE', 'dateDecision'],
    ['0Z4-213402761-20221020-1-DE', 'departement'],
    ['034-2134O2761-20221020-1-DE', 'siren'],
    ['034-213402761-20221020--DE', 'numeroInterne'],
    ['034-213402761-20221020-1-DF', 'nature'],
    ['034-213402761-20221020-1-del', 'nature'],
  ])('refuse « %s » en nommant le champ %s', (text, field) => {
    const read = parseIdentifiantActe(text);
    expect(read.ok ? [] : read.problem.violations?.map(({ pointer }) => pointer)).toEqual([`/${field}`]);
  });

  it.each(['', 'PREF034', 'bonjour', '034.213402761.20221020.1.DE'])(
    'refuse « %s », qui n’en est pas un',
    (text) => {
      expect(outcome(parseIdentifiantActe(text))).toBe('identifiant-acte/malformed');
    },
  );

  it('se relit toujours, quels que soient le numéro et le jour, Nouvel An compris', () => {
    const numero = fc.stringMatching(/^[A-Z0-9](?:[A-Z0-9_-]{0,13}[A-Z0-9])?$/);
    const jour = fc
      .integer({ min: 2000, max: 2099 })
      .chain((year) =>
        fc.integer({ min: 0, max: 5 }).map((shift) => addDays(civilDate(`${year}-12-29`), shift)),
      );
    fc.assert(
      fc.property(
        fc.constantFrom(...DEPARTEMENTS),
        numero,
        jour,
        (departement, numeroInterne, dateDecision) => {
          const parts = {
            ...reference,
            departement,
            numeroInterne: numeroInterne as NumeroInterne,
            dateDecision,
          };
          const identifiant = buildIdentifiantActe(parts);
          expect(identifiant.split('-')[2]?.slice(0, 4)).toBe(dateDecision.slice(0, 4));
          expect(outcome(parseIdentifiantActe(identifiant))).toMatchObject({ ...parts, identifiant });
        },
      ),
    );
  });
});
