import { ARCHIVE_MAX_BYTES } from '@teletransmission/actes';
import { ProblemException } from '@teletransmission/http-problems';
import { ANNEXES_MAX, SIGNATURES_MAX_BYTES } from '@teletransmission/teletransmission';

/** Un dossier est du texte : au-delà, ce n'en est plus un. */
export const DOSSIER_MAX_BYTES = 1024 * 1024;
/** Le document principal et ses annexes, chacun avec sa signature. */
export const FILES_MAX = 2 * (1 + ANNEXES_MAX);
export const PARTS_MAX = FILES_MAX + 1;
/** Les documents d'une archive, et les signatures qui voyagent dans son message. */
export const FILES_MAX_BYTES = ARCHIVE_MAX_BYTES + SIGNATURES_MAX_BYTES;
/** Ce que chaque partie a d'en-têtes et de délimiteur. */
const PART_OVERHEAD_BYTES = 16 * 1024;
/** Ce qu'une demande de dépôt pèse au plus, tout compris. */
export const DEPOSIT_MAX_BYTES = FILES_MAX_BYTES + DOSSIER_MAX_BYTES + PARTS_MAX * PART_OVERHEAD_BYTES;

export function filesTooLarge(): ProblemException {
  return new ProblemException({
    code: 'http/too-large',
    detail: 'Les fichiers de la demande dépassent 150 Mio ensemble. Allégez les annexes.',
  });
}

export function tooManyParts(): ProblemException {
  return new ProblemException({
    code: 'http/too-many-parts',
    detail: `La demande compte plus de ${PARTS_MAX} parties : un dossier, un document et ${ANNEXES_MAX} annexes au plus, chacun avec sa signature.`,
  });
}

/** Ce que les fichiers d'une demande peuvent peser ensemble, et ce qui en reste. */
export class FilesBudget {
  private left = FILES_MAX_BYTES;
  isSpent = false;

  take(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) this.isSpent = true;
  }
}
