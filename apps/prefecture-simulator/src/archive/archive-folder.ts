import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { settleFile, syncFolder, writeSynced } from '../storage/durable-file';
import { StorageFailure } from '../storage/storage-failure';

/** Des octets arrivés, synchronisés sur le disque sous un nom provisoire. */
export interface ArchiveArrivee {
  readonly chemin: string;
  /** SHA-256 en hexadécimal. */
  readonly empreinte: string;
  readonly tailleOctets: number;
}

/** Un retour à écrire. */
export interface RetourEcrit {
  readonly id: string;
  readonly octets: Buffer;
}

/** Les dossiers du simulateur : ce qui arrive, les archives prises (rangées par empreinte), les retours. */
export class ArchiveFolder {
  private constructor(private readonly dossier: string) {}

  /** Prépare les dossiers et jette ce qui était en train d'arriver : personne n'en a reçu confirmation. */
  static async open(dossier: string): Promise<ArchiveFolder> {
    await rm(path.join(dossier, 'arrivees'), { recursive: true, force: true });
    for (const nom of ['arrivees', 'archives', 'retours'])
      await mkdir(path.join(dossier, nom), { recursive: true });
    return new ArchiveFolder(dossier);
  }

  /** Écrit un flux sur le disque en calculant son empreinte ; la mémoire reste plate. */
  async receive(flux: Readable): Promise<ArchiveArrivee> {
    const chemin = path.join(this.dossier, 'arrivees', randomUUID());
    const empreinte = createHash('sha256');
    let tailleOctets = 0;
    const mesure = new Transform({
      transform(morceau: Buffer, _encodage, suite): void {
        empreinte.update(morceau);
        tailleOctets += morceau.length;
        suite(null, morceau);
      },
    });
    try {
      await pipeline(flux, mesure, createWriteStream(chemin, { flush: true }));
    } catch (error) {
      await this.discard(chemin);
      // Le flux a ses propres erreurs ; seules celles du disque portent un appel système.
      throw isFromDisk(error) ? new StorageFailure(error) : error;
    }
    return { chemin, empreinte: empreinte.digest('hex'), tailleOctets };
  }

  /** Oublie ce qui est arrivé. */
  async discard(chemin: string): Promise<void> {
    await rm(chemin, { force: true });
  }

  /** Range une archive arrivée. Deux archives de mêmes octets partagent le même fichier. */
  async keep(arrivee: ArchiveArrivee): Promise<void> {
    await settleFile(arrivee.chemin, this.archivePath(arrivee.empreinte));
  }

  archivePath(empreinte: string): string {
    return path.join(this.dossier, 'archives', `${empreinte}.tar.gz`);
  }

  retourPath(id: string): string {
    return path.join(this.dossier, 'retours', id);
  }

  /** Écrit des retours ensemble ; à la fin, tous sont sur le disque. Tant que le registre les ignore, ils n'existent pas. */
  async writeRetours(retours: readonly RetourEcrit[]): Promise<void> {
    if (retours.length === 0) return;
    await Promise.all(retours.map(({ id, octets }) => writeSynced(this.retourPath(id), octets)));
    await syncFolder(path.join(this.dossier, 'retours'));
  }

  /** Jette les retours écrits qu'aucune ligne du registre ne nomme : un arrêt brutal les a laissés. */
  async pruneRetours(isKnown: (id: string) => boolean): Promise<void> {
    const orphelins = (await readdir(path.join(this.dossier, 'retours'))).filter((id) => !isKnown(id));
    for (const id of orphelins) await rm(this.retourPath(id), { force: true });
  }
}

function isFromDisk(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
