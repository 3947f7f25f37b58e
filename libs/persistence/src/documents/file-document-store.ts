import type { DocumentStore, Empreinte, StoredContent } from '@teletransmission/teletransmission';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

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
    const incoming = path.join(this.folder, 'arrivee');
    const temporary = path.join(incoming, randomUUID());
    const source = new WatchedSource(content);
    try {
      await mkdir(incoming, { recursive: true });
      await pipeline(
        source.chunks(),
        createWriteStream(temporary, { flags: 'wx', mode: 0o640, flush: true }),
      );
      const stored = source.measure();
      await this.settle(temporary, stored.empreinte);
      return stored;
    } catch (cause) {
      if (source.isFailureOfSource(cause)) throw cause;
      throw new StoreFailure('document/not-stored', 'later', cause);
    } finally {
      content.destroy();
      await unlink(temporary).catch(() => undefined);
    }
  }

  async open(empreinte: Empreinte): Promise<Readable> {
    try {
      // La poignée d'abord : un fichier absent se dit ici, et non plus tard par un événement que personne n'écoute.
      return (await open(this.pathOf(empreinte), 'r')).createReadStream();
    } catch (cause) {
      const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      throw isMissing
        ? new StoreFailure('document/missing', 'never', cause)
        : new StoreFailure('document/unreadable', 'later', cause);
    }
  }

  private pathOf(empreinte: Empreinte): string {
    return path.join(this.folder, empreinte.slice(0, 2), empreinte);
  }

  private async settle(temporary: string, empreinte: Empreinte): Promise<void> {
    const file = this.pathOf(empreinte);
    const shelf = path.dirname(file);
    const isNewShelf = (await mkdir(shelf, { recursive: true })) !== undefined;
    try {
      await link(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    // Sans cela, une coupure de courant pourrait perdre le nom d'un fichier dont les octets sont saufs ; un nom qu'un autre vient
    // de poser compte aussi, car lui ne l'a peut-être pas encore forcé.
    await syncFolder(shelf);
    if (isNewShelf) await syncFolder(this.folder);
  }
}

/** Le flux à ranger : compté et haché au passage, et dont la panne se reconnaît parmi celles du disque. */
class WatchedSource {
  private readonly hash = createHash('sha256');
  private tailleOctets = 0;
  private failure: unknown;

  constructor(private readonly content: Readable) {
    // Le flux peut casser avant qu'on ne le lise : sans écouteur, sa panne finirait le processus. La lecture la redira.
    content.on('error', () => undefined);
  }

  async *chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.content as AsyncIterable<Buffer>) {
        this.hash.update(chunk);
        this.tailleOctets += chunk.length;
        yield chunk;
      }
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  isFailureOfSource(error: unknown): boolean {
    return this.failure !== undefined && error === this.failure;
  }

  measure(): StoredContent {
    return { empreinte: this.hash.digest('hex') as Empreinte, tailleOctets: this.tailleOctets };
  }
}

async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}
