import type { StoredContent } from '@teletransmission/teletransmission';
import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { chmod, link, mkdir, open, stat, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Holders } from './held-contents';
import { exists, placeOf, syncFolder } from './shelf-files';
import { StoreFailure } from '@teletransmission/teletransmission';
import { WatchedSource } from './watched-source';

/** Ce qui s'écrit, et n'a pas encore de nom. */
export const ARRIVEE = 'arrivee';
/** Un contenu que plusieurs ont déposé se marque : seul son premier dépôt pouvait le reprendre, il ne le peut plus. */
const SHARED_MODE = 0o440;

/** L'entrée d'un contenu : écrit à côté, forcé sur le disque, puis lié sous son nom, où un fichier présent est toujours entier. */
export class ContentIntake {
  constructor(
    private readonly folder: string,
    private readonly holders: Holders,
    private readonly setAside: (empreinte: string) => Promise<void>,
  ) {}

  /**
   * @param isHeld une demande le tient, et pourra le reprendre si elle est refusée
   * @throws StoreFailure `document/not-stored` ; une panne du flux donné ressort telle quelle
   */
  async receive(
    content: Readable,
    isHeld: boolean,
  ): Promise<{ readonly stored: StoredContent; readonly isOurs: boolean }> {
    const incoming = path.join(this.folder, ARRIVEE);
    const temporary = path.join(incoming, randomUUID());
    const source = new WatchedSource(content);
    try {
      const file = await this.create(temporary);
      await pipeline(source.chunks(), file.createWriteStream({ flush: true }));
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

  /** Le dossier d'arrivée n'est à faire qu'une fois : on ne le vérifie que quand il manque. */
  private async create(temporary: string): Promise<FileHandle> {
    try {
      return await open(temporary, 'wx', 0o640);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(path.dirname(temporary), { recursive: true });
      return open(temporary, 'wx', 0o640);
    }
  }

  /** @returns vrai quand ce contenu n'est encore qu'à nous. */
  private async settle(
    temporary: string,
    { empreinte, tailleOctets }: StoredContent,
    isHeld: boolean,
  ): Promise<boolean> {
    const file = placeOf(this.folder, empreinte);
    const shelf = path.dirname(file);
    let isNewShelf = false;
    let settled: Settled | null = null;
    while (settled === null) {
      settled = await this.settleOnce(temporary, file, { empreinte, tailleOctets }, isHeld);
      // L'étagère manque la première fois, ou le contenu vient de partir : la faire ne coûte que là.
      if (settled === null)
        isNewShelf = (await mkdir(shelf, { recursive: true })) !== undefined || isNewShelf;
    }
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

  /** `null` quand l'étagère manque, ou que le contenu qui tenait la place a disparu entre deux gestes : la place est à reprendre. */
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
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' && (await exists(temporary))) return null;
      if (code !== 'EEXIST') throw error;
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
