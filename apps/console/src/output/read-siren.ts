import { digitsOfSiren } from '@teletransmission/actes';
import { misused } from './outcome';

/** Les neuf chiffres d'un SIREN donné en option, espaces admises. @throws CommandFailure (mal employée) quand il n'en est pas un. */
export function sirenOf(text: string): string {
  const digits = digitsOfSiren(text);
  if (digits === null) throw misused(`« ${text} » n'est pas un SIREN : il en faut les neuf chiffres.`);
  return digits;
}
