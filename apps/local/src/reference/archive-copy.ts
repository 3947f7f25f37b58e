import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ApiClient, DeliberationView } from './api-client';
import { LaunchFailure } from '../launch-failure';

/** Copie dans `folder` l'archive transmise, vérifie que son SHA-256 est l'empreinte annoncée, et rend son chemin absolu. */
export async function copyArchive(
  api: ApiClient,
  deliberation: DeliberationView,
  folder: string,
): Promise<string> {
  const { archive } = deliberation;
  if (archive === null) {
    throw new LaunchFailure(
      'local/archive-missing',
      `La délibération ${deliberation.identifiantActe} n'a pas d'archive à montrer.`,
    );
  }
  const bytes = await api.downloadArchive(deliberation.id);
  const empreinte = createHash('sha256').update(bytes).digest('hex');
  if (empreinte !== archive.empreinte.toLowerCase()) {
    throw new LaunchFailure(
      'local/archive-altered',
      `L'archive ${archive.nom} reçue de l'API n'est pas celle qui est partie : empreinte ${empreinte}, attendue ${archive.empreinte}.`,
    );
  }
  const file = path.resolve(folder, path.basename(archive.nom));
  writeFileSync(`${file}.inacheve`, bytes, { mode: 0o600 });
  renameSync(`${file}.inacheve`, file);
  return file;
}
