import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const DOSSIER = path.join(__dirname, '../../../../shared/reference/xsd');

/** Vrai si le schéma officiel est à portée ; sinon les essais qui l'emploient sont sautés. */
export const hasOfficialSchema = existsSync(DOSSIER);

/** Le schéma officiel, pour juger de l'extérieur. */
export interface OfficialSchema {
  isValid(octets: Buffer): boolean;
  /** Les fautes, une par ligne ; vide si le document est valide. */
  faults(octets: Buffer): readonly string[];
}

/** Charge le schéma officiel avec libxml2, sans passer par la lecture du simulateur. */
export async function anOfficialSchema(): Promise<OfficialSchema> {
  const { XmlDocument, XsdValidator, XmlLibError, XmlBufferInputProvider, xmlRegisterInputProvider } =
    await import('libxml2-wasm');
  const lire = (nom: string): Buffer => readFileSync(path.join(DOSSIER, nom));
  xmlRegisterInputProvider(
    new XmlBufferInputProvider({
      'officiel/siret.xsd': lire('siret.xsd'),
      'officiel/insee-commun.xsd': lire('insee-commun.xsd'),
    }),
  );
  const xsd = XmlDocument.fromBuffer(lire('actesv1_1.xsd'), { url: 'officiel/actesv1_1.xsd' });
  const validator = XsdValidator.fromDoc(xsd);
  const faults = (octets: Buffer): readonly string[] => {
    try {
      const document = XmlDocument.fromBuffer(octets);
      try {
        validator.validate(document);
      } finally {
        document.dispose();
      }
      return [];
    } catch (error) {
      if (!(error instanceof XmlLibError)) throw error;
      return error.details.map(({ message }) => message);
    }
  };
  return { faults, isValid: (octets) => faults(octets).length === 0 };
}
