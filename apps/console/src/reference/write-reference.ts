import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { composePdf } from './reference-pdf';
import { CONVENTION, EXTRAIT, REFERENCE_COLLECTIVITE, REFERENCE_DOSSIER } from './reference-session';

/** Écrit le dossier de référence et ses deux PDF ; rend le chemin du dossier. Les mêmes octets à chaque fois. */
export async function writeReference(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { nom } = REFERENCE_COLLECTIVITE;
  const dossier = path.join(folder, 'dossier.json');
  await writeFile(
    path.join(folder, 'extrait.pdf'),
    await composePdf('Délibération 2022-10-062', nom, EXTRAIT),
  );
  await writeFile(
    path.join(folder, 'convention.pdf'),
    await composePdf('Convention ENT-école 2022-2023', nom, CONVENTION),
  );
  await writeFile(dossier, `${JSON.stringify(REFERENCE_DOSSIER, null, 2)}\n`);
  return dossier;
}
