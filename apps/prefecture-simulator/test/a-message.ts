import { aPdf } from '@teletransmission/testkit';
import { packTarGz } from '../src/answers/pack-tar-gz';
import type { Archive } from './an-archive';

const ESPACES =
  'xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216" xmlns:insee="http://xml.insee.fr/schema"';
const PDF = aPdf();

/** Ce qu'un essai peut changer d'un message ordinaire autre qu'un acte. Ce qui est absent prend une valeur valide. */
export interface Message {
  readonly flux: string;
  readonly siren?: string;
  readonly numeroEnveloppe?: number;
  readonly identifiantActe?: string;
  readonly dateCourrierPref?: string;
  /** Version détenue, pour un 7-1 ; une chaîne vide n'en dit rien. */
  readonly dateClassification?: string;
  /** Combien de documents ; par défaut, ceux que le flux exige. */
  readonly documents?: number;
  readonly typePiece?: string;
  readonly nomFormulaire?: string;
  readonly editMessage?: (xml: string) => string;
  readonly editFichiers?: (fichiers: Map<string, Buffer>) => void;
}

export const ACTE = '034-213499908-20261120-2026_014-DE';

const RACINES: Readonly<Record<string, string>> = {
  '2-2': 'ReponseCourrierSimple',
  '3-2': 'ARDemandePieceComplementaire',
  '3-3': 'RefusPieceComplementaire',
  '3-4': 'PieceComplementaire',
  '4-2': 'ARLettreObservations',
  '4-3': 'RejetLettreObservations',
  '4-4': 'ReponseLettreObservations',
  '6-1': 'Annulation',
  '7-1': 'DemandeClassification',
};
const SANS_DOCUMENT = new Set(['3-2', '4-2', '6-1', '7-1']);

function writeBody(message: Message, documents: readonly string[]): string {
  const { flux, dateClassification = '2019-08-29' } = message;
  if (flux === '7-1') {
    return dateClassification && `<actes:DateClassification>${dateClassification}</actes:DateClassification>`;
  }
  const corps = documents
    .map((nom) => `<actes:Document><actes:NomFichier>${nom}</actes:NomFichier></actes:Document>`)
    .join('');
  return flux === '3-4' ? `<actes:Documents>${corps}</actes:Documents>` : corps;
}

/** Une archive qui porte un seul message 2-2, 3-x, 4-x, 6-1 ou 7-1, valide, changée comme on le demande. */
export async function aMessage(message: Message): Promise<Archive> {
  const { flux, siren = '213499908', numeroEnveloppe = 50, identifiantActe = ACTE } = message;
  const { dateCourrierPref = '2026-11-24', typePiece = '99_DE' } = message;
  const combien = message.documents ?? (SANS_DOCUMENT.has(flux) ? 0 : 1);
  const debut = flux === '7-1' ? `034-${siren}----7-1` : `${identifiantActe}-${flux}`;
  const prefixe = typePiece === '' ? '' : `${typePiece}-`;
  const documents = Array.from({ length: combien }, (_, rang) => `${prefixe}${debut}_${rang + 1}.pdf`);
  const formulaire = message.nomFormulaire ?? `${debut}_0.xml`;
  const dateCourrier = ['6-1', '7-1'].includes(flux) ? '' : ` actes:DateCourrierPref="${dateCourrierPref}"`;
  const attributs = flux === '7-1' ? '' : ` actes:IDActe="${identifiantActe}"${dateCourrier}`;
  const racine = RACINES[flux] ?? flux;
  const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>
<actes:${racine} ${ESPACES}${attributs}>${writeBody(message, documents)}</actes:${racine}>
`;
  const enveloppe = `TACT--${siren}--20261124-${numeroEnveloppe}`;
  const enveloppeXml = `<?xml version="1.0" encoding="ISO-8859-1"?>
<actes:EnveloppeCLMISILL ${ESPACES}>
  <actes:Emetteur><actes:IDCL insee:SIREN="${siren}" actes:Departement="034" actes:Arrondissement="3" actes:Nature="31"/></actes:Emetteur>
  <actes:AdressesRetour><actes:Email>retours@operateur.example.org</actes:Email></actes:AdressesRetour>
  <actes:FormulairesEnvoyes><actes:Formulaire><actes:NomFichier>${formulaire}</actes:NomFichier></actes:Formulaire></actes:FormulairesEnvoyes>
</actes:EnveloppeCLMISILL>
`;
  const fichiers = new Map([
    [`${enveloppe}.xml`, Buffer.from(enveloppeXml, 'latin1')],
    [formulaire, Buffer.from((message.editMessage ?? ((texte) => texte))(xml), 'latin1')],
    ...documents.map((nom): [string, Buffer] => [nom, PDF]),
  ]);
  message.editFichiers?.(fichiers);
  const octets = await packTarGz([...fichiers].map(([nom, contenu]) => ({ nom, octets: contenu })));
  return { nom: `XYZ-${enveloppe}.tar.gz`, octets, identifiantActe };
}
