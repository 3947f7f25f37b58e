import type { DocumentStore, Empreinte, StoredContent } from '@teletransmission/teletransmission';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { link, mkdir, open, readdir, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WatchedSource } from './watched-source';

/** Ce qui s'écrit, et n'a pas encore de nom. */
export const ARRIVEE = 'arrivee';
/** Ce qu'on a trouvé abîmé : on ne l'efface jamais, il peut encore servir à quelqu'un. */
export const ABIMES = 'abimes';
/** Ce qu'on efface, le temps d'être sûr que personne ne vient de le déposer de nouveau. */
export const CORBEILLE = 'corbeille';

/** Un bloc de disque : ce qui reste d'un disque plein peut encore tenir quelques octets. */
const PROBE = Buffer.alloc(4_096);

/** Le disque a refusé, ou le contenu n'est plus là. `retry` dit si recommencer peut servir. */
export class StoreFailure extends Error {
  constructor(
    readonly code: 'document/missing' | 'document/unreadable' | 'document/not-stored',
    readonly retry: 'later' | 'never',
    cause?: unknown,
  ) {
    super(code, { cause });
    this.name = 'StoreFailure';
  }
}

/**
 * Un dépôt de fichiers adressé par le contenu, sur un dossier local ou partagé : `ab/abcdef…`.
 * On écrit à côté, on force sur le disque, puis on lie sous le nom final : un fichier présent est toujours entier.
 */
export class FileDocumentStore implements DocumentStore {
  constructor(private readonly folder: string) {}

  /** Une panne du flux donné ressort telle quelle : elle n'est pas celle du disque. */
  async put(content: Readable): Promise<StoredContent> {
    const incoming = path.join(this.folder, ARRIVEE);
    const temporary = path.join(incoming, randomUUID());
    const source = new WatchedSource(content);
    try {
      await mkdir(incoming, { recursive: true });
      await pipeline(
        source.chunks(),
        createWriteStream(temporary, { flags: 'wx', mode: 0o640, flush: true }),
      );
      const stored = source.measure();
      await this.settle(temporary, stored);
      return stored;
    } catch (cause) {
      if (source.isFailureOfSource(cause)) throw cause;
      throw new StoreFailure('document/not-stored', 'later', cause);
    } finally {
      content.destroy();
      await unlink(temporary).catch(() => undefined);
    }
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

  async open(empreinte: Empreinte): Promise<Readable> {
    // La poignée d'abord : un fichier absent se dit ici, et non plus tard par un événement que personne n'écoute.
    return (await this.handleOf(empreinte)).createReadStream();
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
      return (await stat(this.pathOf(empreinte))).size;
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
    await rename(this.pathOf(empreinte), path.join(folder, `${empreinte}.${randomUUID()}`));
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
    const file = this.pathOf(empreinte);
    if (!(await isOlder(file, olderThanMs)) || (await isReferenced())) return false;
    const bin = path.join(this.folder, CORBEILLE);
    await mkdir(bin, { recursive: true });
    const discarded = path.join(bin, empreinte);
    await rename(file, discarded);
    // Ici, un dépôt des mêmes octets ou bien l'a rafraîchi avant, et se voit à sa date, ou bien pose le sien.
    if ((await isOlder(discarded, olderThanMs)) && !(await isReferenced())) {
      await unlink(discarded);
      return true;
    }
    await this.restore(empreinte);
    return false;
  }

  /** Remet à sa place un contenu resté dans la corbeille : le processus qui l'y avait mis a pu mourir avant de conclure. */
  async restore(empreinte: string): Promise<void> {
    const discarded = path.join(this.folder, CORBEILLE, empreinte);
    const file = this.pathOf(empreinte);
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
    await unlink(this.pathOf(empreinte));
  }

  private async handleOf(empreinte: Empreinte): Promise<FileHandle> {
    try {
      return await open(this.pathOf(empreinte), 'r');
    } catch (cause) {
      const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      throw isMissing
        ? new StoreFailure('document/missing', 'never', cause)
        : new StoreFailure('document/unreadable', 'later', cause);
    }
  }

  private pathOf(empreinte: string): string {
    return path.join(this.folder, empreinte.slice(0, 2), empreinte);
  }

  private async settle(temporary: string, { empreinte, tailleOctets }: StoredContent): Promise<void> {
    const file = this.pathOf(empreinte);
    const shelf = path.dirname(file);
    const isNewShelf = (await mkdir(shelf, { recursive: true })) !== undefined;
    while (!(await this.settleOnce(temporary, file, tailleOctets, empreinte)));
    // Sans cela, une coupure de courant pourrait perdre le nom d'un fichier dont les octets sont saufs ; un nom qu'un autre vient
    // de poser compte aussi, car lui ne l'a peut-être pas encore forcé.
    await syncFolder(shelf);
    if (isNewShelf) await syncFolder(this.folder);
  }

  /** Faux quand le contenu qui tenait la place a disparu entre deux gestes : la place est à reprendre. */
  private async settleOnce(
    temporary: string,
    file: string,
    tailleOctets: number,
    empreinte: string,
  ): Promise<boolean> {
    try {
      await link(temporary, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    try {
      if ((await stat(file)).size !== tailleOctets) {
        // Ce qui tient la place n'est pas ce contenu (un disque l'a amputé) : y croire perdrait celui qu'on nous donne.
        await this.setAside(empreinte);
        return false;
      }
      // Rajeuni : la purge voit qu'on vient de le déposer, même si rien ne le désigne encore.
      const now = new Date();
      await utimes(file, now, now);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }
}

/** Un fichier du dépôt ; `changeLeMs` bouge aussi quand il change de nom ou de lien, `modifieLeMs` non. */
export interface UnnamedFile {
  readonly nom: string;
  readonly tailleOctets: number;
  readonly modifieLeMs: number;
  readonly changeLeMs: number;
}

export type ShelvedContent = Omit<UnnamedFile, 'nom'> & { readonly empreinte: string };

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function filesIn(folder: string): Promise<readonly UnnamedFile[]> {
  const files: UnnamedFile[] = [];
  for (const nom of await namesIn(folder)) {
    // Effacé pendant qu'on regarde : il n'y est plus, c'est tout.
    const found = await stat(path.join(folder, nom)).catch(() => null);
    if (found?.isFile() === true)
      files.push({ nom, tailleOctets: found.size, modifieLeMs: found.mtimeMs, changeLeMs: found.ctimeMs });
  }
  return files;
}

async function isOlder(file: string, olderThanMs: number): Promise<boolean> {
  try {
    return (await stat(file)).mtimeMs < Date.now() - olderThanMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}
