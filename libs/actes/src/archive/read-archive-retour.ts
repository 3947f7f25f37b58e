import type { Problem, Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { baseName } from '../noms/nom-enveloppe';
import type { ArchiveLimits } from './archive-limits';
import { ARCHIVE_LIMITS } from './archive-limits';
import { ArchiveRefusal } from './archive-refusal';
import { BlockReader, truncated } from './block-reader';
import { checkBounds, deliver, empty } from './read-archive';
import { Remarques } from './remarques';
import { openContainer } from './retour-container';
import type { TarEntry } from './tar-header';
import { faultOfChemin, hasValidChecksum, isZeroBlock, TAR_BLOCK, unsupported } from './tar-header';
import type { EnteteRetour, Etendu } from './tar-header-retour';
import { decodeChemin, readEnteteRetour, readPax } from './tar-header-retour';
import type { Ecart } from '../xml/ecart';

/** Ce que reçoit l'appelant pour chaque fichier ; `nom` et `tailleOctets` sont nuls quand le retour est un XML seul. */
export type OnRetourFile = (
  nom: string | null,
  tailleOctets: number | null,
  contenu: Readable,
) => Promise<void>;

/** Ce qu'une lecture de retour a trouvé, et ce qui s'y écartait d'une archive ordinaire sans empêcher de la lire. */
export interface RetourOuvert {
  readonly conteneur: 'archive' | 'xml';
  readonly entries: readonly TarEntry[];
  readonly remarques: readonly Ecart[];
}

/** Un en-tête étendu tient en quelques lignes ; au-delà, ce n'en est plus un. */
const ETENDU_MAX_BYTES = 64 * 1024;
/** Ce qui peut suivre la fin d'un tar sans qu'on renonce à vérifier la fin du gzip. */
const QUEUE_MAX_BYTES = 16 * 1024 * 1024;

/**
 * Ouvre ce que la préfecture a rendu, avec l'indulgence de ce qui arrive : tout tar lisible se lit, quel que soit l'outil qui l'a fait
 * (pax, GNU, sans gzip, dossiers, compagnons de macOS), et un XML seul aussi. Les bornes de sûreté, elles, sont celles de l'aller :
 * tailles, dilatation, nombre d'entrées, ni lien ni périphérique, ni chemin absolu ni remontée. Rien n'est écrit nulle part.
 * @returns ce qui s'y trouve, ou le premier refus : ceux de `readArchive`, hors `archive/nested-path` et `archive/directory`, et
 * `archive/other-format` (zip, PDF…). Ce que lève `onFile` ou le flux source est relancé.
 */
export async function readArchiveRetour(
  source: Readable,
  onFile: OnRetourFile,
  limits: Partial<ArchiveLimits> = {},
): Promise<Result<RetourOuvert>> {
  const bounds = { ...ARCHIVE_LIMITS, ...limits };
  const remarques = new Remarques();
  try {
    const { kind, chunks, isWhole } = await openContainer(source as AsyncIterable<Buffer>, bounds, remarques);
    try {
      if (kind === 'file') {
        await onFile(null, null, Readable.from(chunks, { objectMode: false }));
        return ok({ conteneur: 'xml', entries: [], remarques: remarques.ecarts });
      }
      const entries = await new RetourReader(new BlockReader(chunks), onFile, bounds, remarques).read(
        isWhole,
      );
      return ok({ conteneur: 'archive', entries, remarques: remarques.ecarts });
    } finally {
      await chunks.return();
    }
  } catch (error) {
    if (error instanceof ArchiveRefusal) return refuse(error.problem);
    throw error;
  } finally {
    source.destroy();
  }
}

/** La lecture d'un tar reçu, entrée après entrée. */
class RetourReader {
  private readonly entries: TarEntry[] = [];
  private total = 0;
  private headers = 0;
  private suite: Etendu = {};
  private partout: Etendu = {};

  constructor(
    private readonly blocks: BlockReader,
    private readonly onFile: OnRetourFile,
    private readonly limits: ArchiveLimits,
    private readonly remarques: Remarques,
  ) {}

  /** @param isWhole vrai quand le gzip dit déjà que rien ne manque : les blocs nuls de la fin n'ont plus à le dire. */
  async read(isWhole: boolean): Promise<readonly TarEntry[]> {
    let isEnded = false;
    for (;;) {
      const block = await this.blocks.blockOrRest();
      if (!block) break;
      if (isZeroBlock(block)) {
        isEnded = true;
        continue;
      }
      if (isEnded && (block.byteLength < TAR_BLOCK || !hasValidChecksum(block))) {
        await this.leaveQueue();
        break;
      }
      if (block.byteLength < TAR_BLOCK) throw truncated();
      if (isEnded)
        this.remarques.note('archive/bout-a-bout', 'Plusieurs tar sont mis bout à bout : tous sont lus.');
      isEnded = false;
      await this.readEntry(block);
    }
    if (this.entries.length === 0) throw empty();
    if (!isEnded) this.expectWhole(isWhole);
    return this.entries;
  }

  private expectWhole(isWhole: boolean): void {
    if (!isWhole) throw truncated();
    this.remarques.note('archive/sans-fin', 'Le tar n’a pas ses blocs de fin ; son gzip, lui, est entier.');
  }

  /** Ce qui suit la fin n'est pas lu, mais passe : la somme de contrôle du gzip est au bout. */
  private async leaveQueue(): Promise<void> {
    this.remarques.note('archive/apres-la-fin', 'Des données suivent la fin du tar : elles sont ignorées.');
    for (let size = 0; size < QUEUE_MAX_BYTES; size += TAR_BLOCK)
      if (!(await this.blocks.blockOrRest())) return;
    throw refusal({
      code: 'archive/trailing-garbage',
      detail: `Plus de ${QUEUE_MAX_BYTES} octets suivent la fin du tar : l'archive a été altérée.`,
    });
  }

  private async readEntry(block: Buffer): Promise<void> {
    if (!hasValidChecksum(block))
      throw refusal({
        code: 'archive/bad-header',
        detail: "Un en-tête de l'archive est illisible : le tar est abîmé.",
      });
    this.headers += 1;
    if (this.headers > this.limits.entriesMax * 2)
      throw refusal({
        code: 'archive/too-many-entries',
        detail: `L'archive contient plus de ${this.limits.entriesMax} fichiers.`,
      });
    const entete = readEnteteRetour(block);
    switch (entete.genre) {
      case 'x':
      case 'X':
        this.suite = { ...this.suite, ...readPax(await this.etendu(entete)) };
        return;
      case 'g':
        this.partout = { ...this.partout, ...readPax(await this.etendu(entete)) };
        return;
      case 'L':
        this.suite = { ...this.suite, chemin: nomLong(await this.etendu(entete)) };
        return;
      case 'K':
      case 'V':
        await this.etendu(entete);
        return;
      default:
        return this.readFile(entete);
    }
  }

  /** Le contenu d'un en-tête étendu. */
  private async etendu({ tailleOctets }: EnteteRetour): Promise<Buffer> {
    if (tailleOctets === undefined || tailleOctets > ETENDU_MAX_BYTES)
      throw refusal({
        code: 'archive/bad-header',
        detail: `Un en-tête étendu de l'archive ferait plus de ${ETENDU_MAX_BYTES} octets : le tar est abîmé.`,
      });
    this.blocks.open(tailleOctets);
    const pieces: Buffer[] = [];
    for (let piece = await this.blocks.piece(); piece; piece = await this.blocks.piece()) pieces.push(piece);
    await this.blocks.skip();
    return Buffer.concat(pieces);
  }

  private async readFile(entete: EnteteRetour): Promise<void> {
    const { chemin, tailleOctets, isSparse } = { ...entete, ...this.partout, ...this.suite };
    this.suite = {};
    const fault = faultOfChemin(chemin);
    if (fault) throw refusal(fault);
    const segments = chemin.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.');
    const nom = displayable(segments.at(-1) ?? '');
    if (entete.genre === '5' || (chemin.endsWith('/') && tailleOctets === 0)) {
      if (segments.length > 0)
        this.remarques.note('archive/dossier', `L'archive contient un dossier, « ${nom} » : il est ignoré.`);
      return;
    }
    if (!['0', '\0', '7'].includes(entete.genre) || isSparse === true)
      throw refusal(unsupported(isSparse === true ? 'S' : entete.genre, nom));
    if (tailleOctets === undefined || nom === '')
      throw refusal({
        code: 'archive/bad-header',
        detail: `Le nom ou la taille de « ${nom} » est illisible : le tar est abîmé.`,
      });
    this.total += tailleOctets;
    const entry = { nom, tailleOctets };
    if (isCompagnon(segments)) {
      this.remarques.note(
        'archive/compagnon',
        `« ${nom} » n'est pas un fichier de la préfecture mais le compagnon qu'un ordinateur y a glissé : il est ignoré.`,
      );
      checkBounds({ nom: chemin, tailleOctets }, [], this.total, this.limits);
      await deliver(this.blocks, entry, () => Promise.resolve());
      return;
    }
    if (segments.length > 1)
      this.remarques.note(
        'archive/sous-dossier',
        `« ${nom} » est rangé dans un dossier : seul son nom compte.`,
      );
    checkBounds(entry, this.entries, this.total, this.limits);
    this.entries.push(entry);
    await deliver(this.blocks, entry, this.onFile);
  }
}

/** Un nom long de GNU finit par un nul, qui compte dans sa taille. */
function nomLong(octets: Buffer): string {
  const end = octets.indexOf(0);
  return decodeChemin(end < 0 ? octets : octets.subarray(0, end));
}

/** Ce que macOS et Windows laissent derrière eux dans une archive. */
function isCompagnon(segments: readonly string[]): boolean {
  const nom = segments.at(-1) ?? '';
  return (
    segments.includes('__MACOSX') ||
    nom.startsWith('._') ||
    /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(nom) ||
    segments.some((segment) => /^PaxHeaders?(\.\d+)?$/.test(segment))
  );
}

/** Un nom sans caractère de contrôle ni de direction, et qui tient dans un système de fichiers. */
function displayable(nom: string): string {
  return baseName(nom)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '_')
    .slice(0, 255);
}

function refusal(problem: Problem): ArchiveRefusal {
  return new ArchiveRefusal(problem);
}
