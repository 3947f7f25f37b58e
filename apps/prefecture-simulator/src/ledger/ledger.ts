import { mkdir, open, readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { LedgerEntry } from './ledger-entry';
import { syncFolder } from '../storage/durable-file';
import { Registre } from './registre';
import { StorageFailure } from '../storage/storage-failure';

interface Pending {
  readonly entry: LedgerEntry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Le registre sur disque : une ligne JSON par fait, ajoutée et synchronisée avant que le fait ne compte.
 * L'état n'est jamais en avance sur le disque : ce qu'un appelant a vu survit à un SIGKILL.
 */
export class Ledger {
  readonly registre = new Registre();
  private readonly queue: Pending[] = [];
  private flushing: Promise<void> | undefined;
  private broken: unknown;

  private constructor(private readonly file: FileHandle) {}

  /**
   * Ouvre le registre d'un dossier et rejoue ses lignes. Une dernière ligne sans fin de ligne n'a jamais été confirmée
   * à personne : elle est retirée.
   */
  static async open(dossier: string): Promise<Ledger> {
    await mkdir(dossier, { recursive: true });
    const chemin = path.join(dossier, 'registre.jsonl');
    const file = await open(chemin, 'a');
    await syncFolder(dossier);
    const octets = await readFile(chemin);
    const confirmes = octets.lastIndexOf(0x0a) + 1;
    if (confirmes < octets.length) {
      await file.truncate(confirmes);
      await file.sync();
    }
    const ledger = new Ledger(file);
    try {
      ledger.replay(octets.subarray(0, confirmes));
    } catch (error) {
      await file.close();
      throw error;
    }
    return ledger;
  }

  /** Ajoute un fait ; la promesse n'aboutit qu'une fois la ligne sur le disque et l'état à jour. */
  append(entry: LedgerEntry): Promise<void> {
    // Après un échec, la fin du fichier est inconnue : écrire encore collerait deux lignes.
    if (this.broken !== undefined) {
      return Promise.reject(new StorageFailure(this.broken));
    }
    return new Promise<void>((resolve, reject) => {
      this.queue.push({ entry, resolve, reject });
      this.flushing ??= this.flush();
    });
  }

  /** Attend les écritures en cours et ferme le fichier. */
  async close(): Promise<void> {
    await this.flushing;
    await this.file.close();
  }

  private replay(octets: Buffer): void {
    const lignes = octets.toString('utf8').split('\n').slice(0, -1);
    for (const ligne of lignes) this.registre.apply(JSON.parse(ligne) as LedgerEntry);
  }

  private async flush(): Promise<void> {
    while (this.queue.length > 0) {
      // Tout ce qui attend part dans une seule synchronisation.
      const lot = this.queue.splice(0);
      try {
        await this.file.appendFile(lot.map(({ entry }) => `${JSON.stringify(entry)}\n`).join(''));
        await this.file.sync();
      } catch (error) {
        this.broken = error;
        for (const { reject } of [...lot, ...this.queue.splice(0)]) reject(new StorageFailure(error));
        break;
      }
      for (const { entry, resolve } of lot) {
        this.registre.apply(entry);
        resolve();
      }
    }
    // Avant de rendre la main : celui qu'on vient de réveiller peut écrire aussitôt.
    this.flushing = undefined;
  }
}
