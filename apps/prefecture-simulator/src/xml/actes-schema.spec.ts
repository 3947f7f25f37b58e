import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ActesSchema } from './actes-schema';
import { anOfficialSchema } from '../../test/official-schema';
import type { OfficialSchema } from '../../test/official-schema';

const SAMPLES = path.join(__dirname, '../../../../../shared/reference/samples');
const isHere = existsSync(SAMPLES);
const withSamples = isHere ? describe : describe.skip;
if (!isHere) process.stderr.write('Échantillons absents : la comparaison des deux schémas est sautée.\n');

describe('ActesSchema', () => {
  let schema: ActesSchema;
  beforeAll(async () => {
    schema = await ActesSchema.load();
  });

  it.each([
    ['un fichier vide', ''],
    ['autre chose que du XML', 'bonjour'],
    ['un XML tronqué', '<a><b></a>'],
    ['une bombe d’entités', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['une entité externe', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'],
    ['une profondeur démesurée', '<a>'.repeat(5000) + '</a>'.repeat(5000)],
  ])('refuse %s', (_quoi, texte) => {
    expect(schema.read(Buffer.from(texte)).kind).toBe('malformed');
  });

  it('lit l’encodage déclaré', () => {
    const lu = schema.read(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9</a>', 'latin1'));
    expect(lu).toMatchObject({ kind: 'read', racine: { nom: 'a', enfants: ['é'] } });
  });
});

withSamples('à côté du schéma officiel', () => {
  const exemples = isHere
    ? readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((nom) => nom.endsWith('.xml'))
    : [];
  let nous: ActesSchema;
  let officiel: OfficialSchema;
  beforeAll(async () => {
    nous = await ActesSchema.load();
    officiel = await anOfficialSchema();
  });

  const isValid = (octets: Buffer): boolean => {
    const lu = nous.read(octets);
    return lu.kind === 'read' && lu.fautes.length === 0;
  };

  it.each(exemples)('juge %s comme lui', (nom) => {
    const octets = readFileSync(path.join(SAMPLES, nom));
    expect(isValid(octets)).toBe(officiel.isValid(octets));
  });

  it.each(exemples.filter((nom) => nom.startsWith('worked')))(
    'juge comme lui toutes les mutilations de %s',
    (nom) => {
      const texte = readFileSync(path.join(SAMPLES, nom), 'latin1');
      const mutations = [
        ...[...texte.matchAll(/ (?:actes|insee):\w+="[^"]*"/g)].flatMap((m) => [
          cutOut(texte, m),
          cutOut(texte, m, m[0].replace(/(actes|insee):/, '')),
          cutOut(texte, m, m[0].replace(/"[^"]*"/, '"?"')),
          cutOut(texte, m, m[0].replace(/"[^"]*"/, '"01"')),
        ]),
        ...[...texte.matchAll(/<(actes:\w+)\b[^>]*(?:\/>|>[^<]*<\/\1>)/g)].flatMap((m) => [
          cutOut(texte, m),
          cutOut(texte, m, m[0] + m[0]),
          cutOut(texte, m, m[0].replaceAll('actes:', 'insee:')),
          cutOut(texte, m, m[0].replace(/>[^<]*</, '>2026-13-01<')),
          cutOut(texte, m, m[0].replace(/>[^<]*</, '><')),
        ]),
      ];
      expect(mutations.length).toBeGreaterThan(2);
      const ecarts = mutations.filter((mutation) => {
        const octets = Buffer.from(mutation, 'latin1');
        return isValid(octets) !== officiel.isValid(octets);
      });
      expect(ecarts).toEqual([]);
    },
  );
});

function cutOut(texte: string, trouve: RegExpExecArray, remplacement = ''): string {
  return texte.slice(0, trouve.index) + remplacement + texte.slice(trouve.index + trouve[0].length);
}
