import { checkTexteXml } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import { problems } from '../problems';

/**
 * Le motif d'une décision humaine : 3 à 500 caractères, sans les blancs du bord, par quelque porte qu'il entre.
 * @returns le refus `transmission/reason-missing`, ou `texte/refused` quand il porte un caractère illisible ou déjà perdu.
 */
export function checkMotif(text: string): Result<string> {
  const motif = text.trim();
  if (motif.length < 3 || motif.length > 500) return refuse(problems.reasonMissing());
  const refused = checkTexteXml(motif);
  return refused.length === 0 ? ok(motif) : refuse(problems.refusedText('/motif', refused));
}
