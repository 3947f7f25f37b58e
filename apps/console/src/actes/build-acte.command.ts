import type { ArchiveFile, DepotActeInput, PieceDepot } from '@teletransmission/actes';
import { buildDepotActe, packArchive } from '@teletransmission/actes';
import { readSignatureFile, SIGNATURE_MAX_CHARS } from '@teletransmission/signature';
import { REMARQUE_PIECE_LABELS } from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { misused, refused } from '../output/outcome';
import type { Printable } from '../output/print';
import { findFile } from '../output/find-file';
import { readJsonFile } from '../output/read-json-file';
import type { SourceFile } from './inspect-files';
import { inspectFiles } from './inspect-files';
import { readActeDescription } from './read-acte-description';

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    throw misused(`« ${file} » ne s'ouvre pas.`, 'console/unreadable-file');
  }
}

/** Un fichier que la description cite ; absent, son nom reste, pour que la faute le nomme. */
async function namedBeside(description: string, fichier: string): Promise<string> {
  const file = path.resolve(path.dirname(description), fichier);
  return (await findFile(file)) ?? file;
}

/** Joint à chaque pièce le texte de sa signature. Ce qu'elle vaut n'est pas jugé ici : construire ne demande ni autorité ni horloge. */
async function withSignatures(
  input: DepotActeInput,
  description: string,
  signatures: readonly (string | null)[],
): Promise<DepotActeInput> {
  const textes: (string | undefined)[] = [];
  for (const nom of signatures)
    textes.push(nom === null ? undefined : await signatureText(await namedBeside(description, nom)));
  const signed = (piece: PieceDepot, texte: string | undefined): PieceDepot =>
    texte === undefined ? piece : { ...piece, signature: texte };
  return {
    ...input,
    document: signed(input.document, textes[0]),
    annexes: input.annexes.map((annexe, index) => signed(annexe, textes[index + 1])),
  };
}

async function signatureText(file: string): Promise<string> {
  if ((await sizeOf(file)) > SIGNATURE_MAX_CHARS)
    throw misused(`« ${file} » est trop gros pour une signature détachée.`, 'console/unreadable-file');
  return refused(readSignatureFile(await readFile(file)));
}

/** `actes construire ACTE.json --sortie DIR` : le message 1-1, l'enveloppe et l'archive, sans serveur. */
export async function buildActe(file: string, folder: string): Promise<Printable> {
  const { input, fichiers, signatures } = refused(readActeDescription(await readJsonFile(file)));
  const depot = refused(buildDepotActe(await withSignatures(input, file, signatures)));
  const sources: SourceFile[] = [];
  // L'une après l'autre : de deux pièces absentes, c'est toujours la première qu'on nomme.
  for (const fichier of fichiers) {
    const source = await namedBeside(file, fichier);
    sources.push({ file: source, tailleOctets: await sizeOf(source) });
  }
  const opened = await inspectFiles(sources, input);
  await mkdir(folder, { recursive: true });
  for (const { nom, octets } of [depot.enveloppe, depot.message])
    await writeFile(path.join(folder, nom), octets);
  const files: readonly ArchiveFile[] = [
    ...[depot.enveloppe, depot.message].map(({ nom, octets }) => ({
      nom,
      tailleOctets: octets.byteLength,
      open: () => Readable.from([Buffer.from(octets)]),
      compresser: true,
    })),
    ...sources.map(({ file: source, tailleOctets }, index) => ({
      nom: depot.documents[index] ?? path.basename(source),
      tailleOctets,
      open: () => createReadStream(source),
      compresser: false,
    })),
  ];
  const archive = path.join(folder, depot.nomArchive);
  const hash = createHash('sha256');
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(packArchive(files), measure, createWriteStream(archive));
  const empreinte = hash.digest('hex');
  const { enveloppe, message, documents, identifiantActe } = depot;
  const remarques = opened.flatMap((piece, index) =>
    piece.remarques.map((code) => ({
      document: documents[index] ?? '',
      code,
      texte: REMARQUE_PIECE_LABELS[code],
    })),
  );
  return {
    json: {
      identifiantActe,
      archive,
      empreinte,
      enveloppe: enveloppe.nom,
      message: message.nom,
      documents,
      remarques,
    },
    lines: [
      identifiantActe,
      `  archive    ${archive}`,
      `  empreinte  ${empreinte}`,
      `  enveloppe  ${enveloppe.nom}`,
      `  message    ${message.nom}`,
      ...documents.map((nom) => `  document   ${nom}`),
      ...remarques.map(({ document, texte }) => `  remarque   ${document} : ${texte}`),
    ],
  };
}
