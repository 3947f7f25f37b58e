import type { Instant } from '@teletransmission/kernel';
import { z } from 'zod';
import { addDuree, readDuree } from './duree';

const instantSchema = z.iso
  .datetime({ offset: true, error: 'Un instant s’écrit 2027-01-25T08:00:00Z.' })
  .transform((texte) => new Date(texte).toISOString() as Instant);

const dureeSchema = z.string().transform((texte, context) => {
  const duree = readDuree(texte);
  if (duree) return duree;
  const message = `« ${texte} » n'est pas une durée : écrire P2M pour deux mois, PT3H pour trois heures.`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** `PUT /pilotage/horloge` : un instant, ou une durée dont avancer. */
export const clockRequestSchema = z.union(
  [z.strictObject({ instant: instantSchema }), z.strictObject({ avancer: dureeSchema })],
  {
    error:
      'Donner un seul champ : « instant » (2027-01-25T08:00:00Z), ou « avancer » (P2M pour deux mois, PT3H pour trois heures).',
  },
);

export type ClockRequest = z.output<typeof clockRequestSchema>;

/** L'instant que l'on demande, à partir de celui qu'il est. */
export function targetInstant(demande: ClockRequest, maintenant: Instant): Instant {
  return 'instant' in demande ? demande.instant : addDuree(maintenant, demande.avancer);
}
