import { PDFDocument } from '@cantoo/pdf-lib';
import type { ArchiveEntries, ArchiveEntry } from '../archive/read-archive';
import { readNomDocument } from '../names/file-names';
import type { ActesSchema } from '../xml/actes-schema';
import { elementsOf } from '../xml/xml-tree';

/** Ce qu'un document montre à qui l'ouvre : son format, d'après son contenu, et ce qui l'empêche d'être lu. */
export interface DocumentExamine {
  readonly format: 'pdf' | 'jpg' | 'png' | 'xml' | undefined;
  readonly defaut?: string;
}

export type Examens = ReadonlyMap<string, DocumentExamine>;

const BUDGET = 'http://www.minefi.gouv.fr/cp/demat/docbudgetaire';

/**
 * Ouvre les documents d'une archive avec une bibliothèque qui n'est pas celle de l'opérateur : ses erreurs ne seraient pas les nôtres.
 * D'un document trop gros pour être gardé, on ne juge que les deux bouts.
 */
export async function examineDocuments(entries: ArchiveEntries, schema: ActesSchema): Promise<Examens> {
  const examens = new Map<string, DocumentExamine>();
  for (const [nom, entry] of entries) {
    const extension = readNomDocument(nom)?.extension;
    // Un formulaire suit la même grammaire, sans type de pièce : il se juge ailleurs.
    if (extension === undefined || (extension === 'xml' && readNomDocument(nom)?.typePiece === undefined))
      continue;
    examens.set(nom, await examine(entry, schema));
  }
  return examens;
}

async function examine(entry: ArchiveEntry, schema: ActesSchema): Promise<DocumentExamine> {
  const { debut, fin } = entry;
  if (debut.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')))
    return { format: 'png', ...(fin.includes('IEND') ? {} : { defaut: "n'est pas un PNG entier" }) };
  if (debut.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])))
    return {
      format: 'jpg',
      ...(fin.includes(Buffer.from([0xff, 0xd9])) ? {} : { defaut: "n'est pas un JPEG entier" }),
    };
  if (debut.includes('%PDF-')) return { format: 'pdf', ...(await faultOfPdf(entry)) };
  return /^(?:\xef\xbb\xbf)?\s*</.test(debut.toString('latin1'))
    ? { format: 'xml', ...faultOfBudget(entry, schema) }
    : { format: undefined };
}

async function faultOfPdf({ fin, contenu }: ArchiveEntry): Promise<{ readonly defaut?: string }> {
  if (!/startxref\s+\d+\s+%%EOF/.test(fin.toString('latin1'))) return { defaut: "n'est pas un PDF entier" };
  if (!contenu) return fin.includes('/Encrypt') ? { defaut: 'est un PDF chiffré' } : {};
  try {
    const pdf = await PDFDocument.load(contenu, { updateMetadata: false, ignoreEncryption: true });
    if (pdf.isEncrypted) return { defaut: 'est un PDF chiffré' };
    return pdf.getPageCount() > 0 ? {} : { defaut: "n'a aucune page" };
  } catch {
    return { defaut: "ne s'ouvre pas" };
  }
}

/** Le seul XML qu'un acte porte est un document budgétaire, scellé (protocole §2.7). */
function faultOfBudget({ contenu }: ArchiveEntry, schema: ActesSchema): { readonly defaut?: string } {
  if (!contenu) return {};
  const lecture = schema.read(contenu);
  if (lecture.kind !== 'read') return { defaut: "n'est pas un XML bien formé" };
  const { racine } = lecture;
  if (racine.nom !== 'DocumentBudgetaire' || racine.espace !== BUDGET)
    return { defaut: "n'est pas un document budgétaire" };
  const isSealed = elementsOf(racine).some(({ nom, espace }) => nom === 'Scellement' && espace === BUDGET);
  return isSealed ? {} : { defaut: "n'est pas scellé" };
}
