import type { ByteRange, DocumentStore, Empreinte, StoredContent } from '@teletransmission/teletransmission';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { chmod, link, mkdir, open, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HeldContents, Holders } from './held-contents';
import type { ShelvedContent, UnnamedFile } from './shelf-files';
import { filesIn, isOlder, isProvisional, namesIn, syncFolder } from './shelf-files';
import { WatchedSource } from './watched-source';

/** Ce qui s'écrit, et n'a pas encore de nom. */
export const ARRIVEE = 'arrivee';
/** Ce qu'on a trouvé abîmé : on ne l'efface jamais, il peut encore servir à quelqu'un. */
export const ABIMES = 'abimes';
/** Un contenu que plusieurs ont déposé se marque : seul son premier dépôt pouvait le reprendre, il ne le peut plus. */
const SHARED_MODE = 0o440;
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
  private readonly holders = new Holders();

  constructor(private readonly folder: string) {}

  /** Une panne du flux donné ressort telle quelle : elle n'est pas celle du disque. */
  async put(content: Readable): Promise<StoredContent> {
    return (await this.receive(content, false)).stored;
  }

  /** Ce qu'une demande dépose, et reprend d'un geste si elle est refusée. @param referenced celles de ces empreintes qui servent */
  hold(referenced: (empreintes: readonly string[]) => Promise<ReadonlySet<string>>): HeldContents {
    return new HeldContents(
      (content) => this.receive(content, true),
      this.holders,
      (empreinte) =>
        this.discard(
          empreinte,
          async (file) => !(await isProvisional(file)) || (await referenced([empreinte])).size > 0,
        ),
    );
  }

  private async receive(
    content: Readable,
    isHeld: boolean,
  ): Promise<{ readonly stored: StoredContent; readonly isOurs: boolean }> {
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
      return { stored, isOurs: await this.settle(temporary, stored, isHeld) };
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

  async open(empreinte: Empreinte, range?: ByteRange): Promise<Readable> {
    // La poignée d'abord : un fichier absent se dit ici, et non plus tard par un événement que personne n'écoute.
    return (await this.handleOf(empreinte)).createReadStream(range ?? {});
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
    return this.discard(
      empreinte,
      async (file) => !(await isOlder(file, olderThanMs)) || (await isReferenced()),
    );
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

  private pathOf(empreinte: string): string {
    return path.join(this.folder, empreinte.slice(0, 2), empreinte);
  }

  /** Passe par la corbeille, et y regarde une dernière fois si le contenu est à garder. @returns vrai s'il est effacé. */
  private async discard(empreinte: string, isKept: (file: string) => Promise<boolean>): Promise<boolean> {
    const file = this.pathOf(empreinte);
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
    const file = this.pathOf(empreinte);
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

  /** @returns vrai quand ce contenu n'est encore qu'à nous. */
  private async settle(
    temporary: string,
    { empreinte, tailleOctets }: StoredContent,
    isHeld: boolean,
  ): Promise<boolean> {
    const file = this.pathOf(empreinte);
    const shelf = path.dirname(file);
    const isNewShelf = (await mkdir(shelf, { recursive: true })) !== undefined;
    let settled: Settled | null = null;
    while (settled === null)
      settled = await this.settleOnce(temporary, file, { empreinte, tailleOctets }, isHeld);
    // Sans cela, une coupure de courant pourrait perdre le nom d'un fichier dont les octets sont saufs ; un nom qu'un autre vient
    // de poser compte aussi, car lui ne l'a peut-être pas encore forcé.
    try {
      await syncFolder(shelf);
      if (isNewShelf) await syncFolder(this.folder);
    } catch (error) {
      if (settled === 'ours') this.holders.leave(empreinte);
      throw error;
    }
    return settled === 'ours';
  }

  /** `null` quand le contenu qui tenait la place a disparu entre deux gestes : la place est à reprendre. */
  private async settleOnce(
    temporary: string,
    file: string,
    { empreinte, tailleOctets }: StoredContent,
    isHeld: boolean,
  ): Promise<Settled | null> {
    try {
      await link(temporary, file);
      if (!isHeld) return 'shared';
      this.holders.add(empreinte);
      return 'ours';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (isHeld && this.holders.joins(empreinte)) return 'ours';
    try {
      if ((await stat(file)).size !== tailleOctets) {
        // Ce qui tient la place n'est pas ce contenu (un disque l'a amputé) : y croire perdrait celui qu'on nous donne.
        await this.setAside(empreinte);
        return null;
      }
      // Ni celui qui l'a écrit ni la purge ne l'effaceront plus comme n'ayant servi à personne.
      await chmod(file, SHARED_MODE);
      const now = new Date();
      await utimes(file, now, now);
      return 'shared';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}

/** À qui est un contenu qu'on vient de ranger : à cette demande seule, ou à d'autres aussi. */
type Settled = 'ours' | 'shared';
