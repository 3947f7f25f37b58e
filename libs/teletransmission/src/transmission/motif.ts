import { checkTexteXml } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { MOTIF_MAX, MOTIF_MIN, problems } from '../problems';

/**
 * Le motif d'une décision humaine : 3 à 500 caractères, sans les blancs du bord, par quelque porte qu'il entre.
 * @returns le refus `transmission/reason-missing` quand il n'y a rien, `transmission/reason-too-short` ou `-too-long` hors des bornes,
 * `texte/refused` quand il porte un caractère illisible ou déjà perdu.
 */
export function checkMotif(text: string): Result<string> {
  const motif = text.trim();
  if (motif === '') return refuse(problems.reasonMissing());
  if (motif.length < MOTIF_MIN || motif.length > MOTIF_MAX)
    return refuse(problems.reasonOutOfBounds(motif.length));
  const refused = checkTexteXml(motif);
  return refused.length === 0 ? ok(motif) : refuse(problems.refusedText('/motif', refused));
}
