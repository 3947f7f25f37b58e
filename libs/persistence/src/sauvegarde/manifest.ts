import { readJson } from '@teletransmission/kernel';
import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** Le manifeste s'écrit en dernier : un dossier qui n'en a pas n'est pas une sauvegarde. */
export const MANIFEST_NAME = 'manifeste.json';
export const SAUVEGARDES = 'sauvegardes';
export const DOCUMENTS = 'documents';
export const DOCUMENT_LIST = 'documents.txt.gz';

const empreinte = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);

const manifestSchema = z.strictObject({
  format: z.literal(1),
  id: z.uuid(),
  /** L'instant de l'image : tout ce qui était écrit avant y est, rien de ce qui l'a été après. */
  imageDu: z.iso.datetime(),
  version: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(
    z.strictObject({
      nom: name,
      colonnes: z.array(name),
      lignes: z.int().nonnegative(),
      fichier: z.string().regex(/^tables\/[a-z0-9_]+\.copy\.gz$/),
      empreinte,
    }),
  ),
  sequences: z.array(z.strictObject({ nom: name, valeur: z.string().regex(/^\d+$/) })),
  chaines: z.array(z.strictObject({ chaine: z.string(), rang: z.int(), empreinte })),
  documents: z.strictObject({
    nombre: z.int().nonnegative(),
    octets: z.int().nonnegative(),
    fichier: z.literal(DOCUMENT_LIST),
    empreinte,
    /** Déjà perdus ou abîmés quand la sauvegarde s'est faite : elle ne peut pas les rendre. */
    abimes: z.array(z.strictObject({ empreinte, code: z.string() })),
  }),
});

/** Ce qu'une sauvegarde contient, et de quoi vérifier chacun de ses fichiers. */
export type Manifest = z.output<typeof manifestSchema>;

/** Une sauvegarde ou une restauration qui ne peut se faire ; `detail` dit quoi faire. */
export class SauvegardeFailure extends Error {
  constructor(
    readonly code: `sauvegarde/${string}` | `restauration/${string}`,
    readonly detail: string,
    cause?: unknown,
  ) {
    super(detail, { cause });
    this.name = 'SauvegardeFailure';
  }
}

/** Un nom de dossier qui se range dans l'ordre du temps. @param at ISO 8601 UTC */
export function folderNameOf(at: string): string {
  return at.replaceAll(/[:.]/g, '-');
}

/** Force un dossier sur le disque : sans cela, une coupure pourrait perdre les noms de fichiers dont les octets sont saufs. */
export async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}

async function isWhole(folder: string): Promise<boolean> {
  return (await readdir(folder)).includes(MANIFEST_NAME);
}

/**
 * Le dossier d'une sauvegarde entière : celui qu'on donne s'il en est une, sinon la plus récente de celles qu'il contient.
 * @returns aussi le dépôt de documents que les sauvegardes d'un même dossier partagent.
 * @throws SauvegardeFailure `restauration/no-sauvegarde`
 */
export async function findSauvegarde(
  given: string,
): Promise<{ readonly folder: string; readonly documents: string }> {
  const none = (cause?: unknown): SauvegardeFailure =>
    new SauvegardeFailure(
      'restauration/no-sauvegarde',
      `« ${given} » ne contient aucune sauvegarde entière. Donnez le dossier passé à « sauvegarder --vers », ou l'une de ses sauvegardes.`,
      cause,
    );
  try {
    const root = path.resolve(given);
    if (await isWhole(root)) return { folder: root, documents: path.join(root, '..', '..', DOCUMENTS) };
    const shelf = path.join(root, SAUVEGARDES);
    const names = (await readdir(shelf)).filter((one) => !one.startsWith('.')).sort();
    for (const one of names.reverse()) {
      const folder = path.join(shelf, one);
      if (await isWhole(folder)) return { folder, documents: path.join(root, DOCUMENTS) };
    }
  } catch (error) {
    throw none(error);
  }
  throw none();
}

/** Lit un manifeste. @throws SauvegardeFailure `restauration/malformed-manifest` */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    const read = readJson(await readFile(path.join(folder, MANIFEST_NAME)), 'Le manifeste');
    if (!read.ok) throw new Error(read.problem.detail);
    return manifestSchema.parse(read.value);
  } catch (error) {
    throw new SauvegardeFailure(
      'restauration/malformed-manifest',
      `Le manifeste de « ${folder} » ne se lit pas : cette sauvegarde est abîmée, ou d'une autre version du service.`,
      error,
    );
  }
}
