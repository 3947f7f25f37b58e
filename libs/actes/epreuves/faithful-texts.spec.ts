import fc from 'fast-check';
import type { Result } from '@teletransmission/kernel';
import {
  oneOfEachMessage,
  referenceAnomalieEnveloppe,
  referenceEnveloppe,
} from '../../../test/golden/actes/reference-acte';
import { readXml } from '../src/messages/read-xml';
import { writeAnomalieEnveloppe, writeEnveloppe } from '../src/messages/write-enveloppe';
import { writeMessage } from '../src/messages/write-message';
import { checkTexteXml } from '../src/texte/check-texte-xml';
import { anyTexte } from './any-texte';
import type { ForeignReader } from './foreign-reader';
import { loadForeignReader } from './foreign-reader';

/** Les champs de texte libre de tous les messages, et où un autre lecteur les trouve. */
const CHAMPS: Readonly<Record<string, string>> = {
  objet: '//actes:Objet',
  detail: '//actes:Detail',
  motif: '//actes:Motif',
  descriptionPieces: '//actes:DescriptionPieces',
  natureIllegalite: '//actes:NatureIllegalite',
  libelle: '//@actes:Libelle',
  nomFichier: '//actes:NomFichier',
  signature: '//actes:Signature',
  nom: '//actes:Nom',
  telephone: '//actes:Telephone',
};

interface Rewritten<T> {
  readonly message: T;
  /** Les textes mis, par champ, dans l'ordre du message. */
  readonly textes: ReadonlyMap<string, readonly string[]>;
}

/** Le même message, chaque texte libre remplacé par le suivant ; chaque fichier signé. */
function withTextes<T>(message: T, next: () => string): Rewritten<T> {
  const textes = new Map<string, string[]>();
  const replaced = (value: unknown, champ: string): unknown => {
    if (typeof value === 'string' && Object.hasOwn(CHAMPS, champ)) {
      const known = textes.get(champ) ?? [];
      textes.set(champ, known);
      known.push(admitted(champ, next(), known.length));
      return known.at(-1);
    }
    if (Array.isArray(value)) return value.map((item: unknown) => replaced(item, champ));
    if (typeof value !== 'object' || value === null) return value;
    const signed = 'nomFichier' in value ? { ...value, signature: '' } : value;
    return Object.fromEntries(
      Object.entries(signed).map(([nom, inner]: [string, unknown]) => [nom, replaced(inner, nom)]),
    );
  };
  return { message: replaced(message, '') as T, textes };
}

/** Ce que les règles demandent d'un champ, hors de ses caractères : une ligne, un nom sans chemin, deux fichiers de noms différents. */
function admitted(champ: string, texte: string, rang: number): string {
  if (champ === 'objet') return `a${texte.replace(/[\t\n\r]/g, ' ')}`;
  return champ === 'nomFichier' ? `a${texte.replace(/[/\\]/g, '_')}${rang}.pdf` : `${texte}.`;
}

type Write = (next: () => string) => readonly [Result<Uint8Array>, Rewritten<unknown>['textes']];

function writing<T>(message: T, write: (message: T) => Result<Uint8Array>): Write {
  return (next) => {
    const rewritten = withTextes(message, next);
    return [write(rewritten.message), rewritten.textes];
  };
}

describe('Un texte confié à un message se relit lui-même, par nous comme par libxml2, ou se refuse', () => {
  let foreign: ForeignReader;
  beforeAll(async () => {
    foreign = await loadForeignReader();
  });

  const entier = anyTexte().map((texte) =>
    texte.replace(/./gsu, (sign) => (checkTexteXml(sign).length > 0 ? '' : sign)),
  );

  it.each<readonly [string, Write]>([
    ...oneOfEachMessage().map((message) => [message.flux, writing(message, writeMessage)] as const),
    ['enveloppe', writing(referenceEnveloppe(), writeEnveloppe)],
    ['anomalie d’enveloppe', writing(referenceAnomalieEnveloppe(), writeAnomalieEnveloppe)],
  ])('%s', (_, write) => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.oneof({ weight: 40, arbitrary: entier }, anyTexte())), (stream) => {
        const [result, textes] = write(() => stream.next().value as string);
        const isAdmitted = [...textes.values()].flat().every((texte) => checkTexteXml(texte).length === 0);
        if (!result.ok) {
          expect(isAdmitted).toBe(false);
          expect(result.problem.violations?.map(({ code }) => code)).toContain('xml/caractere-interdit');
          return;
        }
        expect(isAdmitted).toBe(true);
        for (const [champ, values] of textes)
          expect(foreign(result.value, CHAMPS[champ] ?? '')).toEqual(values);
        const read = readXml(result.value);
        expect(read.ok && [read.value.encodage, read.value.ecarts]).toEqual(['ISO-8859-1', []]);
      }),
      { numRuns: 100 },
    );
  });
});
