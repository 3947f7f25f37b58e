import { packArchive, writeAnomalieEnveloppe, writeEnveloppe, writeMessage } from '@teletransmission/actes';
import type {
  DonneesActe,
  EnveloppeRetour,
  IdentifiantActe,
  MessageMetier,
  NumeroInterne,
} from '@teletransmission/actes';
import type { Departement, Siren } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { civilDate } from '@teletransmission/kernel';
import { Readable } from 'node:stream';
import { aPdf } from '../documents/a-pdf';

function made<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** Ce que la préfecture redit de l'acte de référence. */
export function theActeRecu(changes: Partial<DonneesActe> = {}): DonneesActe {
  return {
    dateDecision: civilDate('2022-10-20'),
    numeroInterne: '2022-10-062' as NumeroInterne,
    codeNature: 1,
    matiere: [8, 1],
    objet: 'Convention de partenariat pour un environnement numérique de travail',
    classificationDateVersion: civilDate('2019-08-29'),
    document: { nomFichier: '99_DE-034-213402761-20221020-2022-10-062-DE-1-1_1.pdf' },
    annexes: [],
    documentPapier: false,
    ...changes,
  };
}

/** Ce qui entoure un message : son nom de fichier, et l'enveloppe qui le porte. */
export interface Emballage {
  readonly nomMessage?: string;
  /** Le département de la préfecture qui émet. */
  readonly departement?: string;
  readonly destinataire?: string;
  readonly sansEnveloppe?: boolean;
  /** Un texte mis à la place d'un autre dans le message écrit : une faute que notre écriture refuserait. */
  readonly remplace?: readonly [ancien: string | RegExp, nouveau: string];
  /** De même dans l'enveloppe. */
  readonly remplaceEnveloppe?: readonly [ancien: string | RegExp, nouveau: string];
}

async function archiveOf(
  usualName: string,
  message: MessageMetier,
  documents: readonly { readonly nom: string; readonly octets: Uint8Array }[] = [],
  emballage: Emballage = {},
): Promise<Buffer> {
  const {
    nomMessage = usualName,
    departement = '034',
    destinataire = '213402761',
    sansEnveloppe,
  } = emballage;
  const [ancien, nouveau] = emballage.remplace ?? ['', ''];
  const [deEnveloppe, aEnveloppe] = emballage.remplaceEnveloppe ?? ['', ''];
  const written = Buffer.from(made(writeMessage(message, { identifiantTelQueRecu: true }))).toString(
    'latin1',
  );
  const enveloppe: EnveloppeRetour = {
    emetteur: { service: 'SPREF', departement: departement as Departement, arrondissement: '3' },
    formulaires: [{ nomFichier: nomMessage }],
    destinataire: destinataire as Siren,
  };
  const files = [
    ...(sansEnveloppe === true
      ? []
      : [
          {
            nom: 'TACT--SPREF0343-213402761-20221102-57.xml',
            octets: Buffer.from(
              Buffer.from(made(writeEnveloppe(enveloppe)))
                .toString('latin1')
                .replace(deEnveloppe, aEnveloppe),
              'latin1',
            ),
          },
        ]),
    {
      nom: nomMessage,
      octets: Buffer.from(written.replace(ancien, nouveau), 'latin1'),
    },
    ...documents,
  ];
  const chunks: Buffer[] = [];
  const archive = packArchive(
    files.map(({ nom, octets }) => ({
      nom,
      tailleOctets: octets.byteLength,
      open: () => Readable.from([Buffer.from(octets)]),
      compresser: true,
    })),
  );
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Un accusé de réception de l'acte de référence, en archive comme la préfecture les rend. */
export function anAccuse(
  changes: { identifiantActe?: string; dateReception?: string; compteur?: number; enCours?: string } = {},
  emballage: Emballage = {},
): Promise<Buffer> {
  const {
    identifiantActe = '034-213402761-20221020-2022-10-062-DE',
    dateReception = '2022-11-02',
    compteur = 5279,
    enCours = '2019-08-29',
  } = changes;
  const message: MessageMetier = {
    flux: '1-2',
    identifiantActe: identifiantActe as IdentifiantActe,
    dateReception: civilDate(dateReception),
    acteRecu: theActeRecu(),
    classificationDateVersionEnCours: civilDate(enCours),
  };
  return archiveOf(`${identifiantActe}-1-2_${compteur}.xml`, message, [], emballage);
}

/** Le même accusé, en XML seul : sa date et sa déclaration sont écrites telles quelles, lisibles ou non. */
export function anAccuseXml(
  changes: { dateReception?: string; declaration?: string; objet?: string; encodage?: BufferEncoding } = {},
): Buffer {
  const {
    dateReception = '2022-11-02',
    declaration = '<?xml version="1.0" encoding="ISO-8859-1"?>',
    objet = 'Convention',
    encodage = 'latin1',
  } = changes;
  const accuse = made(
    writeMessage(
      {
        flux: '1-2',
        identifiantActe: '034-213402761-20221020-2022-10-062-DE' as IdentifiantActe,
        dateReception: civilDate('2022-11-02'),
        acteRecu: theActeRecu({ objet: 'OBJET' }),
        classificationDateVersionEnCours: civilDate('2019-08-29'),
      },
      { identifiantTelQueRecu: true },
    ),
  );
  const text = Buffer.from(accuse)
    .toString('latin1')
    .replace(/^<\?xml[^>]*\?>/, declaration)
    .replace('DateReception="2022-11-02"', `DateReception="${dateReception}"`)
    .replace('OBJET', objet);
  return Buffer.from(text, encodage);
}

/** L'accusé d'une annulation de l'acte de référence. */
export function anAccuseAnnulation(dateReception = '2022-11-02'): Promise<Buffer> {
  const identifiantActe = '034-213402761-20221020-2022-10-062-DE' as IdentifiantActe;
  return archiveOf(`${identifiantActe}-6-2_10.xml`, {
    flux: '6-2',
    identifiantActe,
    dateReception: civilDate(dateReception),
  });
}

/** Une anomalie d'acte. */
export function anAnomalie(
  nature = '007',
  detail = 'Fichier illisible',
  enCours = '2019-08-29',
  { acte = {}, ...emballage }: Emballage & { readonly acte?: Partial<DonneesActe> } = {},
): Promise<Buffer> {
  const message: MessageMetier = {
    flux: '1-3',
    date: civilDate('2022-11-02'),
    nature,
    detail,
    acteRecu: theActeRecu(acte),
    classificationDateVersionEnCours: civilDate(enCours),
  };
  return archiveOf('034-213402761----1-3_12.xml', message, [], emballage);
}

/** La réponse à une demande de nomenclature : une nomenclature neuve (7-2), ou « la vôtre est la bonne » (7-3). */
export function aClassification(
  flux: '7-2' | '7-3',
  dateVersion: string,
  matieres: readonly number[] = [8],
  emballage: Emballage = {},
): Promise<Buffer> {
  const dateClassification = civilDate(dateVersion);
  const nom = `034-213402761----${flux}_7.xml`;
  if (flux === '7-3') return archiveOf(nom, { flux, dateClassification }, [], emballage);
  const message: MessageMetier = {
    flux,
    dateClassification,
    natures: [
      {
        code: 1,
        libelle: 'Délibérations',
        abrege: 'DE',
        typesPiece: [{ code: '99_DE', libelle: 'Délibération' }],
      },
    ],
    matieres: (matieres.length > 0 ? matieres : [8]).map((code) => ({
      code,
      libelle: `Matière ${code}`,
      matieres: [{ code: 1, libelle: `Matière ${code}.1`, matieres: [] }],
    })),
  };
  // Une nomenclature vide ne s'écrit pas : on l'écrit pleine, puis on la vide.
  const emptied = { ...emballage, remplace: [/<actes:Matiere1[^]*<\/actes:Matiere1>/, ''] as const };
  return archiveOf(nom, message, [], matieres.length > 0 ? emballage : emptied);
}

const ACTE = '034-213402761-20221020-2022-10-062-DE' as IdentifiantActe;

/** Une lettre de la préfecture au sujet de l'acte de référence, avec son document. */
export function aLettre(
  flux: '2-1' | '3-1' | '4-1' | '5-1',
  changes: { dateCourrier?: string; texte?: string; sansDocument?: boolean; compteur?: number } = {},
): Promise<Buffer> {
  const {
    dateCourrier = '2022-11-10',
    texte = 'Le plan manque.',
    sansDocument = false,
    compteur = 302,
  } = changes;
  const nomFichier = `${ACTE}-${flux}_301.pdf`;
  const lettre = { identifiantActe: ACTE, dateCourrierPref: civilDate(dateCourrier) };
  const document = { nomFichier };
  const message: MessageMetier =
    flux === '5-1'
      ? {
          flux,
          identifiantActe: ACTE,
          dateDepot: civilDate(dateCourrier),
          natureIllegalite: texte,
          piecesJointes: [document],
        }
      : flux === '3-1'
        ? { flux, ...lettre, descriptionPieces: texte, document }
        : flux === '4-1'
          ? { flux, ...lettre, motif: texte, document }
          : { flux, ...lettre, document };
  const documents = sansDocument ? [] : [{ nom: nomFichier, octets: aPdf('lettre') }];
  return archiveOf(`${ACTE}-${flux}_${compteur}.xml`, message, documents);
}

/** L'accusé d'une réponse à une lettre. */
export function anAccuseReponse(
  flux: '3-5' | '4-5',
  dateCourrier = '2022-11-10',
  dateReception = '2022-11-02',
  compteur = 303,
): Promise<Buffer> {
  return archiveOf(`${ACTE}-${flux}_${compteur}.xml`, {
    flux,
    dateReception: civilDate(dateReception),
    infosCourrierPref: { identifiantActe: ACTE, dateCourrierPref: civilDate(dateCourrier) },
  });
}

/** Une anomalie d'enveloppe : un XML seul, sans enveloppe. */
export function anAnomalieEnveloppe(
  nature = '005',
  detail = "PREF-VERIF-02 : le SIREN n'est pas inscrit",
): Buffer {
  return Buffer.from(
    made(
      writeAnomalieEnveloppe({
        date: civilDate('2022-11-02'),
        nature,
        detail,
        enveloppeRecue: {
          emetteur: {
            siren: '213402761' as Siren,
            departement: '034' as Departement,
            arrondissement: '3',
            natureCollectivite: '31',
          },
          adressesRetour: ['actes@commune.example.org'],
          formulaires: [{ nomFichier: '034-213402761-20221020-2022-10-062-DE-1-1_0.xml' }],
        },
      }),
    ),
  );
}
