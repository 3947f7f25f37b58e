import type { FichierArchive } from '@teletransmission/actes';
import { readArchive } from '@teletransmission/actes';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CommandFailure, misused, refused } from '../output/outcome';
import { systemReasonOr } from '../output/system-reason.fr';

/** Au-delà, ce n'est pas un message ACTES : la lecture le dira elle-même. */
const XML_MAX_BYTES = 9 * 1024 * 1024;

/** Ce que les XML d'une même archive occupent ensemble en mémoire ; une archive réelle en porte quelques kibioctets. */
const ALL_XML_MAX_BYTES = 10 * 1024 * 1024;

export type ActesFile =
  | { readonly kind: 'xml'; readonly octets: Uint8Array }
  | { readonly kind: 'archive'; readonly fichiers: readonly FichierArchive[] };

async function boundedBytes(source: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (size <= XML_MAX_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

function refusal(nom: string): CommandFailure {
  return new CommandFailure({
    code: 'archive/xml-too-large',
    detail: `Avec « ${nom} », les XML de l'archive font plus de ${ALL_XML_MAX_BYTES} octets : ce ne sont pas des messages ACTES.`,
  });
}

async function isGzip(file: string): Promise<boolean> {
  try {
    const handle = await open(file);
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } catch (error) {
    throw misused(`« ${file} » ne s'ouvre pas : ${systemReasonOr(error)}.`, 'console/unreadable-file');
  }
}

/** Ouvre un XML ou une archive ; d'une archive, seuls les XML sont gardés en mémoire, et bornés. */
export async function openActesFile(file: string): Promise<ActesFile> {
  if (!(await isGzip(file)))
    return { kind: 'xml', octets: await boundedBytes(createReadStream(file, { end: XML_MAX_BYTES })) };
  const fichiers: FichierArchive[] = [];
  let keptBytes = 0;
  refused(
    await readArchive(createReadStream(file), async (nom, tailleOctets, contenu) => {
      if (nom.toLowerCase().endsWith('.xml')) {
        keptBytes += Math.min(tailleOctets, XML_MAX_BYTES);
        if (keptBytes > ALL_XML_MAX_BYTES) throw refusal(nom);
        fichiers.push({ nom, tailleOctets, octets: await boundedBytes(contenu) });
        return;
      }
      contenu.resume();
      fichiers.push({ nom, tailleOctets });
    }),
  );
  return { kind: 'archive', fichiers };
}
