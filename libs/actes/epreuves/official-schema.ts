import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ParseOption as ParseOptionType } from 'libxml2-wasm';

/** Le dossier des schémas et messages de référence, à côté du projet ; il peut manquer. */
export const REFERENCE = path.join(__dirname, '../../../../shared/reference');

export const hasReference = existsSync(path.join(REFERENCE, 'xsd/actesv1_1.xsd'));

/** `describe` quand les références sont là ; sinon la suite est sautée et son titre dit pourquoi. */
export const describeWithReference: jest.Describe = ((title: string, suite: () => void) => {
  if (hasReference) describe(title, suite);
  else describe.skip(`${title} (sauté : ../shared est absent)`, suite);
}) as jest.Describe;

export function referenceFile(relative: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(REFERENCE, relative)));
}

/** Les fichiers d'un dossier de référence, sous-dossiers compris. */
export function referenceFiles(folder: string): readonly string[] {
  return readdirSync(path.join(REFERENCE, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .sort();
}

export interface OfficialSchema {
  /** Le premier reproche du schéma officiel, ou `undefined` s'il accepte. */
  faultOf(bytes: Uint8Array): string | undefined;
  dispose(): void;
}

/** Le schéma officiel, compilé une fois ; ses deux imports sont servis de la mémoire, jamais du disque ni du réseau. */
export async function loadOfficialSchema(): Promise<OfficialSchema> {
  return loadSchema('actesv1_1.xsd', referenceFile('xsd/actesv1_1.xsd'), {
    'siret.xsd': referenceFile('xsd/siret.xsd'),
    'insee-commun.xsd': referenceFile('xsd/insee-commun.xsd'),
  });
}

/** Un schéma compilé par libxml2, ses imports servis de la mémoire. */
export async function loadSchema(
  url: string,
  main: Uint8Array,
  imports: Record<string, Uint8Array>,
): Promise<OfficialSchema> {
  const { ParseOption, XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } =
    await import('libxml2-wasm');
  xmlRegisterInputProvider(new XmlBufferInputProvider(imports));
  const schema = XmlDocument.fromBuffer(main, { url });
  const validator = XsdValidator.fromDoc(schema);
  // Les drapeaux se combinent, ce que le type de la bibliothèque ne sait pas dire.
  const option = (ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET) as ParseOptionType;
  return {
    faultOf(bytes): string | undefined {
      try {
        const document = XmlDocument.fromBuffer(bytes, { option });
        try {
          validator.validate(document);
          return undefined;
        } finally {
          document.dispose();
        }
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    dispose(): void {
      validator.dispose();
      schema.dispose();
    },
  };
}
