import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { problems } from '../problems';

/** Le motif d'une décision humaine : 3 à 500 caractères, sans les blancs du bord. @returns le refus `transmission/reason-missing`. */
export function checkMotif(text: string): Result<string> {
  const motif = text.trim();
  return motif.length < 3 || motif.length > 500 ? refuse(problems.reasonMissing()) : ok(motif);
}
