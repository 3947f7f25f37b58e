import { open, rename } from 'node:fs/promises';
import path from 'node:path';

/** Rend durable l'entrée d'un fichier dans son dossier : sans cela, un nom peut disparaître avec l'alimentation. */
export async function syncFolder(dossier: string): Promise<void> {
  const poignee = await open(dossier, 'r');
  try {
    await poignee.sync();
  } finally {
    await poignee.close();
  }
}

/** Donne son nom définitif à un fichier déjà synchronisé. */
export async function settleFile(provisoire: string, definitif: string): Promise<void> {
  await rename(provisoire, definitif);
  await syncFolder(path.dirname(definitif));
}

/** Écrit un fichier entier et le synchronise ; son nom, lui, ne l'est qu'après `syncFolder`. */
export async function writeSynced(chemin: string, octets: Buffer): Promise<void> {
  const poignee = await open(chemin, 'w');
  try {
    await poignee.writeFile(octets);
    await poignee.sync();
  } finally {
    await poignee.close();
  }
}
