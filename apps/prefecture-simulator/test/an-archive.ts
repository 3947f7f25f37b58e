import { aPdf } from '@teletransmission/testkit';
import { packTarGz } from '../src/answers/pack-tar-gz';

const ESPACES =
  'xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216" xmlns:insee="http://xml.insee.fr/schema"';
const PDF = aPdf();

/** Ce qu'un essai peut changer d'un dépôt ordinaire. Ce qui est absent prend une valeur valide. */
export interface Depot {
  readonly siren?: string;
  readonly departement?: string;
  readonly arrondissement?: string;
  /** Jour de création, `AAAAMMJJ`. */
  readonly jour?: string;
  readonly numeroEnveloppe?: number;
  readonly quadrigramme?: string;
  readonly dateDecision?: string;
  readonly numeroInterne?: string;
  /** Code et abréviation. */
  readonly nature?: readonly [string, string];
  readonly objet?: string;
  readonly annexes?: number;
  /** Typologies du document principal et des annexes. */
  readonly types?: readonly [string, string];
  readonly nomArchive?: string;
  readonly nomFormulaire?: string;
  readonly editMessage?: (xml: string) => string;
  readonly editEnveloppe?: (xml: string) => string;
  /** Change les fichiers de l'archive, dans l'ordre : enveloppe, message, documents. */
  readonly editFichiers?: (fichiers: Map<string, Buffer>) => void;
}

/** Une archive prête à déposer. */
export interface Archive {
  readonly nom: string;
  readonly octets: Buffer;
  readonly identifiantActe: string;
}

const compact = (date: string): string => date.replaceAll('-', '');

/** Écrit un message d'acte valide, en ISO-8859-1. */
function writeMessage(
  depot: Required<Pick<Depot, 'dateDecision' | 'numeroInterne' | 'objet'>>,
  code: string,
  noms: readonly string[],
): string {
  const fichier = (nom: string): string => `<actes:NomFichier>${nom}</actes:NomFichier>`;
  const [document = '', ...annexes] = noms;
  return `<?xml version="1.0" encoding="ISO-8859-1"?>
<actes:Acte ${ESPACES} actes:Date="${depot.dateDecision}" actes:NumeroInterne="${depot.numeroInterne}" actes:CodeNatureActe="${code}">
  <actes:CodeMatiere1 actes:CodeMatiere="7"/>
  <actes:CodeMatiere2 actes:CodeMatiere="10"/>
  <actes:Objet>${depot.objet}</actes:Objet>
  <actes:ClassificationDateVersion>2019-08-29</actes:ClassificationDateVersion>
  <actes:Document>${fichier(document)}</actes:Document>
  <actes:Annexes actes:Nombre="${annexes.length}">${annexes.map((nom) => `<actes:Annexe>${fichier(nom)}</actes:Annexe>`).join('')}</actes:Annexes>
  <actes:DocumentPapier>N</actes:DocumentPapier>
</actes:Acte>
`;
}

function writeEnveloppe(
  siren: string,
  departement: string,
  arrondissement: string,
  formulaire: string,
): string {
  return `<?xml version="1.0" encoding="ISO-8859-1"?>
<actes:EnveloppeCLMISILL ${ESPACES}>
  <actes:Emetteur>
    <actes:IDCL insee:SIREN="${siren}" actes:Departement="${departement}" actes:Arrondissement="${arrondissement}" actes:Nature="31"/>
    <actes:Referent><actes:Nom>Service des assemblées</actes:Nom></actes:Referent>
  </actes:Emetteur>
  <actes:AdressesRetour><actes:Email>retours@operateur.example.org</actes:Email></actes:AdressesRetour>
  <actes:FormulairesEnvoyes><actes:Formulaire><actes:NomFichier>${formulaire}</actes:NomFichier></actes:Formulaire></actes:FormulairesEnvoyes>
</actes:EnveloppeCLMISILL>
`;
}

/** Un dépôt ordinaire et valide d'une délibération, à la date de l'horloge d'essai, changé comme on le demande. */
export async function anArchive(depot: Depot = {}): Promise<Archive> {
  const { siren = '213499908', departement = '034', arrondissement = '3', jour = '20261124' } = depot;
  const { numeroEnveloppe = 1, quadrigramme = 'TACT', dateDecision = '2026-11-20' } = depot;
  const {
    numeroInterne = '2026_014',
    nature = ['1', 'DE'],
    objet = 'Tarifs de la cantine',
    annexes = 0,
  } = depot;
  const [code, abrege] = nature;
  const [typeDocument, typeAnnexe] = depot.types ?? ['99_DE', '21_RP'];
  const identifiantActe = [departement, siren, compact(dateDecision), numeroInterne, abrege].join('-');
  const documents = [
    `${typeDocument}-${identifiantActe}-1-1_1.pdf`,
    ...Array.from({ length: annexes }, (_, rang) => `${typeAnnexe}-${identifiantActe}-1-1_${rang + 2}.pdf`),
  ];
  const enveloppe = `${quadrigramme}--${siren}--${jour}-${numeroEnveloppe}`;
  const formulaire = depot.nomFormulaire ?? `${identifiantActe}-1-1_0.xml`;
  const identity = (xml: string): string => xml;
  const messageXml = (depot.editMessage ?? identity)(
    writeMessage({ dateDecision, numeroInterne, objet }, code, documents),
  );
  const enveloppeXml = (depot.editEnveloppe ?? identity)(
    writeEnveloppe(siren, departement, arrondissement, formulaire),
  );
  const fichiers = new Map([
    [`${enveloppe}.xml`, Buffer.from(enveloppeXml, 'latin1')],
    [formulaire, Buffer.from(messageXml, 'latin1')],
    ...documents.map((nom): [string, Buffer] => [nom, PDF]),
  ]);
  depot.editFichiers?.(fichiers);
  const octets = await packTarGz([...fichiers].map(([nom, contenu]) => ({ nom, octets: contenu })));
  return { nom: depot.nomArchive ?? `XYZ-${enveloppe}.tar.gz`, octets, identifiantActe };
}
