import type { FichierArchive, FichiersRetour } from '@teletransmission/actes';
import { isLectureRetour, readArchive, readFichiersRetour, readXmlRetour } from '@teletransmission/actes';
import type { Problem, Result } from '@teletransmission/kernel';
import { ok } from '@teletransmission/kernel';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CommandFailure, misused } from '../output/outcome';
import { systemReasonOr } from '../output/system-reason.fr';

/** Au-delà, ce n'est pas un message ACTES : la lecture le dira elle-même. */
const XML_MAX_BYTES = 9 * 1024 * 1024;

/** Ce que les XML d'une même archive occupent ensemble en mémoire ; une archive réelle en porte quelques kibioctets. */
const ALL_XML_MAX_BYTES = 10 * 1024 * 1024;

/** Un fichier ouvert. D'un retour, le contenu est lu avec l'indulgence de ce qui arrive. */
export type ActesFile =
  | { readonly kind: 'xml'; readonly octets: Uint8Array }
  | {
      readonly kind: 'aller';
      readonly fichiers: readonly FichierArchive[];
      /** Pourquoi cette archive ne pourrait pas partir, quand seule l'indulgence l'a ouverte. */
      readonly refus: Problem | null;
    }
  | { readonly kind: 'retour'; readonly contenu: FichiersRetour };

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

/** D'une archive, seuls les XML sont gardés en mémoire, et bornés. */
async function readStrictly(file: string): Promise<Result<readonly FichierArchive[]>> {
  const fichiers: FichierArchive[] = [];
  let keptBytes = 0;
  const read = await readArchive(createReadStream(file), async (nom, tailleOctets, contenu) => {
    if (nom.toLowerCase().endsWith('.xml')) {
      keptBytes += Math.min(tailleOctets, XML_MAX_BYTES);
      if (keptBytes > ALL_XML_MAX_BYTES) throw refusal(nom);
      fichiers.push({ nom, tailleOctets, octets: await boundedBytes(contenu) });
      return;
    }
    contenu.resume();
    fichiers.push({ nom, tailleOctets });
  });
  return read.ok ? ok(fichiers) : read;
}

/** Un retour se reconnaît à ce qu'il contient : son nom, sans trigramme d'opérateur, a pu changer en chemin. */
function isRetour(fichiers: readonly FichierArchive[]): boolean {
  const types = fichiers.flatMap(({ octets }) => {
    const lecture = octets && readXmlRetour(octets);
    return lecture?.ok ? [lecture.value] : [];
  });
  return types.length > 0 && types.every(isLectureRetour);
}

/** Ouvre un XML ou une archive. Ce que la rigueur de l'aller refuse s'ouvre encore, s'il le peut, avec l'indulgence du retour. */
export async function openActesFile(file: string): Promise<ActesFile> {
  const strict = (await isGzip(file)) ? await readStrictly(file) : null;
  if (strict?.ok === true && !isRetour(strict.value))
    return { kind: 'aller', fichiers: strict.value, refus: null };
  const indulgent = await readFichiersRetour(createReadStream(file));
  if (indulgent.ok && indulgent.value.conteneur === 'xml') {
    const octets = indulgent.value.fichiers[0]?.octets;
    return {
      kind: 'xml',
      octets: octets ?? (await boundedBytes(createReadStream(file, { end: XML_MAX_BYTES }))),
    };
  }
  if (!indulgent.ok) throw new CommandFailure(strict?.ok === false ? strict.problem : indulgent.problem);
  if (isRetour(indulgent.value.fichiers)) return { kind: 'retour', contenu: indulgent.value };
  return {
    kind: 'aller',
    fichiers: indulgent.value.fichiers,
    refus: strict?.ok === false ? strict.problem : notCompressed(),
  };
}

function notCompressed(): Problem {
  return { code: 'archive/not-gzip', detail: "Le fichier n'est pas un gzip : attendu un .tar.gz." };
}
