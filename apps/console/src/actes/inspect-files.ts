import type { DepotActeInput } from '@teletransmission/actes';
import type { Violation } from '@teletransmission/kernel';
import { InspectionProcess } from '@teletransmission/pieces';
import type { OpenedPiece } from '@teletransmission/teletransmission';
import { isBudget, misplaced } from '@teletransmission/teletransmission';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure } from '../output/outcome';

/** Un fichier d'un acte à construire, et sa taille, dans l'ordre : le document principal, puis les annexes. */
export interface SourceFile {
  readonly file: string;
  readonly tailleOctets: number;
}

/**
 * Ouvre les fichiers d'un acte à construire, comme le dépôt ouvre les siens, et les tient à leur place et à leur extension : c'est elle qui
 * les nommera dans l'archive. @returns ce que chacun a montré. @throws CommandFailure toutes les fautes de tous les fichiers ensemble.
 */
export async function inspectFiles(
  sources: readonly SourceFile[],
  { acte, document, annexes }: DepotActeInput,
): Promise<readonly OpenedPiece[]> {
  const opener = new InspectionProcess();
  const opened: OpenedPiece[] = [];
  const violations: Violation[] = [];
  const budget = isBudget(acte.nature, acte.matiere.join('.'));
  try {
    for (const [rang, source] of sources.entries()) {
      const found = await inspectFile(opener, source);
      const extension = [document, ...annexes][rang]?.extension ?? '';
      const fault =
        found.kind === 'opened'
          ? (misplaced(found.piece.format, rang === 0, budget) ?? misnamed(found.piece, extension))
          : { code: found.kind === 'refused' ? found.code : 'piece/unopened', detail: found.detail };
      if (found.kind === 'opened') opened.push(found.piece);
      if (!fault) continue;
      const pointer = `/acte/${rang === 0 ? 'document' : `annexes/${rang - 1}`}/fichier`;
      violations.push({
        pointer,
        code: fault.code,
        detail: `« ${path.basename(source.file)} » ${fault.detail}`,
      });
    }
  } finally {
    opener.close();
  }
  if (violations.length === 0) return opened;
  throw new CommandFailure({
    code: 'acte/invalid',
    detail: 'Les fichiers de l’acte sont à corriger.',
    violations,
  });
}

async function inspectFile(
  opener: InspectionProcess,
  { file, tailleOctets }: SourceFile,
): ReturnType<InspectionProcess['inspect']> {
  const handle = await open(file);
  try {
    return await opener.inspect({
      tailleOctets,
      read: async (offset, length) => {
        const octets = new Uint8Array(length);
        await handle.read(octets, 0, length, offset);
        return octets;
      },
    });
  } finally {
    await handle.close();
  }
}

function misnamed({ format }: OpenedPiece, extension: string): Omit<Violation, 'pointer'> | null {
  if (extension.toLowerCase().replace('jpeg', 'jpg') === format) return null;
  return {
    code: 'piece/extension',
    detail: `est en ${format}, et son nom finit par « .${extension} » : la préfecture refuse un nom qui dément le contenu. Renommez-le.`,
  };
}
