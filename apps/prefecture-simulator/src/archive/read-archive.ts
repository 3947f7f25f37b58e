import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { extract } from 'tar-stream';
import type { Header } from 'tar-stream';

/** Ce qu'une archive peut peser, compressée (protocole §2.5) : 150 Mio. */
export const ARCHIVE_MAX_OCTETS = 150 * 1024 * 1024;

/** Un fichier de l'archive : on garde ses deux bouts, et ceux d'une taille raisonnable en entier. */
export interface ArchiveEntry {
  readonly nom: string;
  readonly tailleOctets: number;
  /** Les premiers octets, pour reconnaître le format par le contenu. */
  readonly debut: Buffer;
  /** Les derniers octets, où un PDF et une image disent qu'ils sont entiers. */
  readonly fin: Buffer;
  /** Le contenu entier d'un fichier d'une taille raisonnable ; d'un plus gros, on ne juge que les deux bouts. */
  readonly contenu?: Buffer;
}

export type ArchiveEntries = ReadonlyMap<string, ArchiveEntry>;

const DEBUT_OCTETS = 1024;
const FIN_OCTETS = 2048;
const MAX_ENTREES = 1000;
const GARDE_MAX_OCTETS = 4 * 1024 * 1024;
/** Ce que les XML d'une archive, puis ses autres fichiers gardés, peuvent occuper ensemble. */
const GARDES_MAX_OCTETS = 32 * 1024 * 1024;
// Un document déjà compressé (PDF, JPEG) ne gonfle guère : au-delà, c'est une bombe.
const DEPLOYE_MAX_OCTETS = 4 * ARCHIVE_MAX_OCTETS;

class ArchiveDefect extends Error {}

/**
 * Lit un `tar.gz` en flux, sans jamais le tenir en mémoire : fichiers ordinaires seulement, à plat, sans doublon.
 * @param isEnough arrête la lecture dès qu'elle répond oui ; sans elle, l'archive est lue jusqu'au bout.
 * @returns les entrées, ou le refus `archive/unreadable` dont le détail dit la première faute.
 */
export async function readArchive(
  fichier: string,
  isEnough: (entries: ArchiveEntries) => boolean = () => false,
): Promise<Result<ArchiveEntries>> {
  const source = createReadStream(fichier);
  const gunzip = createGunzip();
  const tar = extract();
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.on('error', () => {
    tar.destroy(new ArchiveDefect("l'archive n'est pas un gzip complet"));
  });
  source.pipe(gunzip).pipe(tar);
  const entries = new Map<string, ArchiveEntry>();
  try {
    let total = 0;
    let xml = 0;
    let documents = 0;
    for await (const entry of tar) {
      checkHeader(entry.header, entries);
      const lue = await readEntry(entry, GARDES_MAX_OCTETS - documents);
      entries.set(lue.nom, lue);
      total += lue.tailleOctets;
      const garde = lue.contenu?.length ?? 0;
      if (isXml(lue.nom)) xml += garde;
      else documents += garde;
      if (total > DEPLOYE_MAX_OCTETS) throw new ArchiveDefect('le contenu déployé est démesuré');
      if (xml > GARDES_MAX_OCTETS) throw new ArchiveDefect('les fichiers XML sont démesurés');
      if (isEnough(entries)) break;
    }
    return ok(entries);
  } catch (error) {
    const detail = error instanceof ArchiveDefect ? error.message : "l'archive n'est pas un tar complet";
    return refuse({ code: 'archive/unreadable', detail });
  } finally {
    tar.destroy();
    gunzip.destroy();
    source.destroy();
  }
}

function checkHeader(header: Header, entries: ArchiveEntries): void {
  const { name, type, size } = header;
  if (type !== 'file') throw new ArchiveDefect(`« ${name} » n'est pas un fichier ordinaire`);
  if (/[/\\]/.test(name) || name.startsWith('.') || name === '') {
    throw new ArchiveDefect(`« ${name} » n'est pas un nom de fichier sans chemin`);
  }
  if (entries.has(name)) throw new ArchiveDefect(`« ${name} » figure deux fois`);
  if (entries.size >= MAX_ENTREES)
    throw new ArchiveDefect(`l'archive compte plus de ${MAX_ENTREES} fichiers`);
  if (size > DEPLOYE_MAX_OCTETS) throw new ArchiveDefect('le contenu déployé est démesuré');
}

function isXml(nom: string): boolean {
  return nom.toLowerCase().endsWith('.xml');
}

/** @param place ce que les documents gardés peuvent encore occuper ; un XML se garde toujours, c'est lui qu'on juge. */
async function readEntry(
  entry: AsyncIterable<unknown> & { readonly header: Header },
  place: number,
): Promise<ArchiveEntry> {
  const { name, size } = entry.header;
  const isKept = size <= GARDE_MAX_OCTETS && (isXml(name) || size <= place);
  const garde = isKept ? size : DEBUT_OCTETS;
  const morceaux: Buffer[] = [];
  let fin: Buffer = Buffer.alloc(0);
  let tailleOctets = 0;
  for await (const morceau of entry as AsyncIterable<Buffer>) {
    if (tailleOctets < garde) morceaux.push(Buffer.from(morceau.subarray(0, garde - tailleOctets)));
    fin = Buffer.concat([fin, morceau.subarray(-FIN_OCTETS)]).subarray(-FIN_OCTETS);
    tailleOctets += morceau.length;
  }
  const contenu = Buffer.concat(morceaux);
  return {
    nom: name,
    tailleOctets,
    debut: contenu.subarray(0, DEBUT_OCTETS),
    fin,
    ...(isKept ? { contenu } : {}),
  };
}
