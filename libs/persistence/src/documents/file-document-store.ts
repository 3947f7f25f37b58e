import type { ByteRange, DocumentStore, Empreinte, StoredContent } from '@teletransmission/teletransmission';
import { createHash, randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { link, mkdir, open, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ARRIVEE, ContentIntake } from './content-intake';
import { HeldContents, Holders } from './held-contents';
import type { ShelvedContent, UnnamedFile } from './shelf-files';
import { filesIn, isOlder, isProvisional, namesIn, placeOf, syncFolder } from './shelf-files';
import { StoreFailure } from '@teletransmission/teletransmission';

/** Ce qu'on a trouvé abîmé : on ne l'efface jamais, il peut encore servir à quelqu'un. */
export const ABIMES = 'abimes';
/** Ce qu'on efface, le temps d'être sûr que personne ne vient de le déposer de nouveau. */
export const CORBEILLE = 'corbeille';

/** Ce qu'une lecture prend d'un coup : un acte courant tient en une ou deux. */
const READ_BYTES = 256 * 1024;

/** Un bloc de disque : ce qui reste d'un disque plein peut encore tenir quelques octets. */
const PROBE = Buffer.alloc(4_096);

/**
 * Un dépôt de fichiers adressé par le contenu, sur un dossier local ou partagé : `ab/abcdef…`.
 * On écrit à côté, on force sur le disque, puis on lie sous le nom final : un fichier présent est toujours entier.
 */
export class FileDocumentStore implements DocumentStore {
  private readonly holders = new Holders();
  private readonly intake: ContentIntake;

  constructor(private readonly folder: string) {
    this.intake = new ContentIntake(folder, this.holders, (empreinte) => this.setAside(empreinte));
  }

  /** Une panne du flux donné ressort telle quelle : elle n'est pas celle du disque. */
  async put(content: Readable): Promise<StoredContent> {
    return (await this.intake.receive(content, false)).stored;
  }

  /** Ce qu'une demande dépose, et reprend d'un geste si elle est refusée. @param referenced celles de ces empreintes qui servent */
  hold(referenced: (empreintes: readonly string[]) => Promise<ReadonlySet<string>>): HeldContents {
    return new HeldContents(
      (content) => this.intake.receive(content, true),
      this.holders,
      (empreinte) =>
        this.discard(
          empreinte,
          async (file) => !(await isProvisional(file)) || (await referenced([empreinte])).size > 0,
        ),
    );
  }

  /** Vérifie que le dossier se laisse écrire, disque compris. @throws l'erreur du système, avec son `code`. */
  async checkWritable(): Promise<void> {
    const incoming = path.join(this.folder, ARRIVEE);
    await mkdir(incoming, { recursive: true });
    const probe = path.join(incoming, randomUUID());
    try {
      await writeFile(probe, PROBE, { flag: 'wx', mode: 0o640, flush: true });
    } finally {
      await unlink(probe).catch(() => undefined);
    }
  }

  async open(empreinte: Empreinte, range?: ByteRange): Promise<Readable> {
    // La poignée d'abord : un fichier absent se dit ici, et non plus tard par un événement que personne n'écoute.
    const handle = await this.handleOf(empreinte);
    if (range) return handle.createReadStream(range);
    // Sa taille sue, un petit fichier se lit d'un coup, dans un tampon à sa mesure.
    const { size } = await handle.stat();
    const highWaterMark = Math.min(Math.max(size, 1), READ_BYTES);
    return handle.createReadStream(size === 0 ? {} : { highWaterMark, end: size - 1 });
  }

  /** Les octets d'une plage d'un contenu. @throws StoreFailure comme `open`, ou si le contenu finit avant elle. */
  async readRange(empreinte: Empreinte, offset: number, length: number): Promise<Uint8Array> {
    const handle = await this.handleOf(empreinte);
    try {
      const octets = new Uint8Array(length);
      for (let read = 0; read < length;) {
        const { bytesRead } = await handle.read(octets, read, length - read, offset + read);
        if (bytesRead === 0) throw new Error('le contenu finit avant sa plage');
        read += bytesRead;
      }
      return octets;
    } catch (cause) {
      throw new StoreFailure('document/unreadable', 'later', cause);
    } finally {
      await handle.close();
    }
  }

  /** La taille d'un contenu ; `null` quand il n'est pas là. @throws StoreFailure `document/unreadable` */
  async sizeOf(empreinte: string): Promise<number | null> {
    try {
      return (await stat(placeOf(this.folder, empreinte))).size;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new StoreFailure('document/unreadable', 'later', cause);
    }
  }

  /** L'empreinte que les octets gardés donnent vraiment. @throws StoreFailure comme `open`, ou si la lecture casse au milieu. */
  async hashOf(empreinte: string, onRead: (octets: number) => void = () => undefined): Promise<string> {
    const hash = createHash('sha256');
    const content = await this.open(empreinte as Empreinte);
    try {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        hash.update(chunk);
        onRead(chunk.length);
      }
    } catch (cause) {
      throw new StoreFailure('document/unreadable', 'later', cause);
    }
    return hash.digest('hex');
  }

  /** Écarte un contenu qui n'est pas celui de son nom, pour que le bon puisse y entrer. */
  async setAside(empreinte: string): Promise<void> {
    const folder = path.join(this.folder, ABIMES);
    await mkdir(folder, { recursive: true });
    await rename(placeOf(this.folder, empreinte), path.join(folder, `${empreinte}.${randomUUID()}`));
  }

  /**
   * Efface un contenu que rien ne désigne, et que personne n'a déposé depuis `olderThanMs`. Il passe par la corbeille, et y est regardé
   * une dernière fois : un dépôt des mêmes octets a pu le rafraîchir (`put`) juste avant, ou `isReferenced` dire qu'il sert désormais ;
   * il reprend alors sa place. Un dépôt qui vient juste après ne le trouve plus, et pose le sien.
   * @returns vrai s'il est effacé.
   */
  async removeOrphan(
    empreinte: string,
    olderThanMs: number,
    isReferenced: () => Promise<boolean>,
  ): Promise<boolean> {
    return this.discard(
      empreinte,
      async (file) => !(await isOlder(file, olderThanMs)) || (await isReferenced()),
    );
  }

  /** Remet à sa place un contenu resté dans la corbeille : le processus qui l'y avait mis a pu mourir avant de conclure. */
  async restore(empreinte: string): Promise<void> {
    const discarded = path.join(this.folder, CORBEILLE, empreinte);
    const file = placeOf(this.folder, empreinte);
    try {
      await link(discarded, file);
      await syncFolder(path.dirname(file));
    } catch (error) {
      // Le même contenu a été déposé entre-temps : celui-là suffit.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await unlink(discarded);
  }

  /** Tout ce qui est rangé, étagère par étagère. */
  async *shelves(): AsyncGenerator<readonly ShelvedContent[]> {
    for (const name of (await namesIn(this.folder)).filter((one) => /^[0-9a-f]{2}$/.test(one)).sort())
      yield (await filesIn(path.join(this.folder, name)))
        .filter(({ nom }) => /^[0-9a-f]{64}$/.test(nom))
        .map(({ nom, ...rest }) => ({ empreinte: nom, ...rest }));
  }

  /** Ce qu'un dépôt interrompu a laissé sans nom, depuis plus de `olderThanMs`. */
  async leftovers(olderThanMs: number): Promise<readonly UnnamedFile[]> {
    const before = Date.now() - olderThanMs;
    return (await filesIn(path.join(this.folder, ARRIVEE))).filter(({ modifieLeMs }) => modifieLeMs < before);
  }

  async removeLeftover(nom: string): Promise<void> {
    await unlink(path.join(this.folder, ARRIVEE, path.basename(nom)));
  }

  /** Ce qui est resté dans la corbeille depuis plus de `olderThanMs`, d'après l'instant où il y est entré. */
  async discarded(olderThanMs: number): Promise<readonly ShelvedContent[]> {
    const before = Date.now() - olderThanMs;
    const files = await filesIn(path.join(this.folder, CORBEILLE));
    return files
      .filter(({ nom, changeLeMs }) => /^[0-9a-f]{64}$/.test(nom) && changeLeMs < before)
      .map(({ nom, ...rest }) => ({ empreinte: nom, ...rest }));
  }

  /** Efface sans précaution : pour un dépôt dont on est seul à se servir. */
  async remove(empreinte: string): Promise<void> {
    await unlink(placeOf(this.folder, empreinte));
  }

  /** Passe par la corbeille, et y regarde une dernière fois si le contenu est à garder. @returns vrai s'il est effacé. */
  private async discard(empreinte: string, isKept: (file: string) => Promise<boolean>): Promise<boolean> {
    const file = placeOf(this.folder, empreinte);
    if (await isKept(file)) return false;
    const bin = path.join(this.folder, CORBEILLE);
    await mkdir(bin, { recursive: true });
    const discarded = path.join(bin, empreinte);
    await rename(file, discarded);
    // Ici, un dépôt des mêmes octets ou bien y a laissé sa marque avant, ou bien ne les trouve plus et pose les siens.
    const isStillUseless = await isKept(discarded).then(
      (kept) => !kept,
      () => false,
    );
    if (isStillUseless) await unlink(discarded);
    else await this.restore(empreinte);
    return isStillUseless;
  }

  /** Un contenu peut être dans la corbeille, le temps d'un regard : il est toujours à l'un des deux endroits. */
  private async handleOf(empreinte: string): Promise<FileHandle> {
    const file = placeOf(this.folder, empreinte);
    // Remis à sa place pendant qu'on le cherchait dans la corbeille, il se retrouve où il était.
    for (const place of [file, path.join(this.folder, CORBEILLE, empreinte), file]) {
      try {
        return await open(place, 'r');
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT')
          throw new StoreFailure('document/unreadable', 'later', cause);
      }
    }
    throw new StoreFailure('document/missing', 'never');
  }
}
