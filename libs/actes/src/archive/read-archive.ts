import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { Readable } from 'node:stream';
import type { ArchiveLimits } from './archive-limits';
import { ARCHIVE_LIMITS } from './archive-limits';
import { ArchiveRefusal } from './archive-refusal';
import { BlockReader, notTar, truncated } from './block-reader';
import { gunzipStrict } from './gunzip-strict';
import type { TarEntry } from './tar-header';
import { hasValidChecksum, isZeroBlock, parseTarHeader } from './tar-header';

/** Ce que reçoit l'appelant pour chaque entrée ; le contenu qu'il ne lit pas est sauté. */
export type OnArchiveEntry = (nom: string, tailleOctets: number, contenu: Readable) => Promise<void>;

/**
 * Lit un `.tar.gz` d'origine inconnue, une entrée à la fois, sans rien écrire nulle part. La taille de chaque entrée est
 * contrôlée avant son contenu, la dilatation pendant. Rien n'est levé pour un contenu hostile ; ce que lève `onEntry`, ou le
 * flux source, est relancé.
 * @returns les entrées lues, dans l'ordre, ou le premier refus rencontré : `archive/not-gzip`, `archive/truncated`,
 * `archive/corrupt-gzip`, `archive/too-large`, `archive/bomb`, `archive/trailing-garbage`, `archive/not-tar`,
 * `archive/empty`, `archive/bad-header`, `archive/link`, `archive/device`, `archive/directory`, `archive/unsupported-entry`,
 * `archive/absolute-path`, `archive/path-traversal`, `archive/nested-path`, `archive/bad-name`, `archive/duplicate-name`,
 * `archive/too-many-entries`, `archive/entry-too-large`, `archive/total-too-large`.
 * @example await readArchive(flux, async (nom, taille, contenu) => { octets.set(nom, await buffer(contenu)); })
 */
export async function readArchive(
  source: Readable,
  onEntry: OnArchiveEntry,
  limits: Partial<ArchiveLimits> = {},
): Promise<Result<readonly TarEntry[]>> {
  const bounds = { ...ARCHIVE_LIMITS, ...limits };
  const chunks = gunzipStrict(source, bounds);
  try {
    return ok(await readEntries(new BlockReader(chunks), onEntry, bounds));
  } catch (error) {
    if (error instanceof ArchiveRefusal) return refuse(error.problem);
    throw error;
  } finally {
    await chunks.return();
  }
}

async function readEntries(
  reader: BlockReader,
  onEntry: OnArchiveEntry,
  limits: ArchiveLimits,
): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  let total = 0;
  for (;;) {
    const block = await reader.block();
    // Sans les blocs nuls de la fin, rien ne dit que le dernier fichier reçu était le dernier envoyé.
    if (!block) throw entries.length === 0 ? empty() : truncated();
    if (isZeroBlock(block)) break;
    const entry = headerOf(block, entries.length === 0);
    total += entry.tailleOctets;
    checkBounds(entry, entries, total, limits);
    entries.push(entry);
    await deliver(reader, entry, onEntry);
  }
  await expectEnd(reader);
  if (entries.length === 0) throw empty();
  return entries;
}

/** Le refus d'une archive sans fichier. */
export function empty(): ArchiveRefusal {
  return refusal('archive/empty', "L'archive ne contient aucun fichier.");
}

function headerOf(block: Buffer, isFirst: boolean): TarEntry {
  const parsed = parseTarHeader(block);
  if (parsed.ok) return parsed.value;
  if (isFirst && !hasValidChecksum(block)) {
    throw notTar();
  }
  throw new ArchiveRefusal(parsed.problem);
}

/** Les bornes que tient toute lecture, à l'aller comme au retour. */
export function checkBounds(
  entry: TarEntry,
  before: readonly TarEntry[],
  total: number,
  limits: ArchiveLimits,
): void {
  const { nom, tailleOctets } = entry;
  if (before.some((other) => other.nom === nom)) {
    throw refusal('archive/duplicate-name', `« ${nom} » figure deux fois : l'un écraserait l'autre.`);
  }
  if (before.length >= limits.entriesMax) {
    throw refusal('archive/too-many-entries', `L'archive contient plus de ${limits.entriesMax} fichiers.`);
  }
  if (tailleOctets > limits.entryMaxBytes) {
    throw refusal('archive/entry-too-large', `« ${nom} » ferait plus de ${limits.entryMaxBytes} octets.`);
  }
  if (total > limits.totalMaxBytes) {
    throw refusal(
      'archive/total-too-large',
      `Les fichiers feraient ensemble plus de ${limits.totalMaxBytes} octets.`,
    );
  }
}

/** Donne une entrée à lire à l'appelant, puis passe ce qu'il n'en a pas lu. */
export async function deliver(
  reader: BlockReader,
  { nom, tailleOctets }: TarEntry,
  onEntry: OnArchiveEntry,
): Promise<void> {
  reader.open(tailleOctets);
  // Un échec de lecture doit revenir à nous, que l'appelant l'ait vu passer ou non.
  const reading: { failure?: { readonly error: unknown }; inFlight: Promise<Buffer | undefined> } = {
    inFlight: Promise.resolve(undefined),
  };
  const nextPiece = (): Promise<Buffer | undefined> => {
    reading.inFlight = reader.piece().catch((error: unknown) => {
      reading.failure = { error };
      throw error;
    });
    return reading.inFlight;
  };
  const content = async function* (): AsyncGenerator<Buffer> {
    for (let piece = await nextPiece(); piece; piece = await nextPiece()) yield piece;
  };
  const contenu = Readable.from(content(), { objectMode: false });
  try {
    await onEntry(nom, tailleOctets, contenu);
  } catch (error) {
    throw reading.failure ? reading.failure.error : error;
  } finally {
    contenu.on('error', () => undefined).destroy();
    // Le flux lit d'avance : on ne touche pas au lecteur avant qu'il ait fini son dernier morceau.
    await reading.inFlight.catch(() => undefined);
  }
  if (reading.failure) throw reading.failure.error;
  await reader.skip();
}

/** Après le premier bloc nul, il ne peut rester que des zéros : autre chose serait un contenu caché. */
async function expectEnd(reader: BlockReader): Promise<void> {
  for (let block = await reader.block(); block; block = await reader.block()) {
    if (!isZeroBlock(block)) {
      throw refusal(
        'archive/trailing-garbage',
        "Des données suivent la fin du tar : l'archive a été altérée.",
      );
    }
  }
}

function refusal(code: string, detail: string): ArchiveRefusal {
  return new ArchiveRefusal({ code, detail });
}
