import { parseCivilDate } from '@teletransmission/kernel';
import { z } from 'zod';

/** Un jour qui existe dans le calendrier et dans la base. @param refused ce qui se dit d'un autre texte */
export function civilDay(refused: string): z.ZodISODate {
  return z.iso.date({ error: refused, abort: true }).refine((text) => parseCivilDate(text).ok, refused);
}
