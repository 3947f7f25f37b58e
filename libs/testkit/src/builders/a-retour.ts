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

async function archiveOf(nomMessage: string, message: MessageMetier): Promise<Buffer> {
  const enveloppe: EnveloppeRetour = {
    emetteur: { service: 'SPREF', departement: '034' as Departement, arrondissement: '3' },
    formulaires: [{ nomFichier: nomMessage }],
    destinataire: '213402761' as Siren,
  };
  const files = [
    { nom: 'TACT--SPREF0343-213402761-20221102-57.xml', octets: made(writeEnveloppe(enveloppe)) },
    { nom: nomMessage, octets: made(writeMessage(message, { identifiantTelQueRecu: true })) },
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
  changes: { identifiantActe?: string; dateReception?: string; compteur?: number } = {},
): Promise<Buffer> {
  const {
    identifiantActe = '034-213402761-20221020-2022-10-062-DE',
    dateReception = '2022-11-02',
    compteur = 5279,
  } = changes;
  return archiveOf(`${identifiantActe}-1-2_${compteur}.xml`, {
    flux: '1-2',
    identifiantActe: identifiantActe as IdentifiantActe,
    dateReception: civilDate(dateReception),
    acteRecu: theActeRecu(),
    classificationDateVersionEnCours: civilDate('2019-08-29'),
  });
}

/** Une anomalie d'acte. */
export function anAnomalie(nature = '007', detail = 'Fichier illisible'): Promise<Buffer> {
  return archiveOf('034-213402761----1-3_12.xml', {
    flux: '1-3',
    date: civilDate('2022-11-02'),
    nature,
    detail,
    acteRecu: theActeRecu(),
    classificationDateVersionEnCours: civilDate('2019-08-29'),
  });
}

/** Une anomalie d'enveloppe : un XML seul, sans enveloppe. */
export function anAnomalieEnveloppe(): Buffer {
  return Buffer.from(
    made(
      writeAnomalieEnveloppe({
        date: civilDate('2022-11-02'),
        nature: '005',
        detail: "PREF-VERIF-02 : le SIREN n'est pas inscrit",
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
