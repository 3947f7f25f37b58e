import { TRANSMISSION_STATES, VERDICTS } from '@teletransmission/teletransmission';
import { z } from 'zod';
import { motifSchema } from './motif.schema';

const verdict = z.enum(VERDICTS, 'Le constat est « absente » ou « presente ».');

export const constatSchema = motifSchema.extend({
  constat: verdict.describe('Ce que vous avez établi : la préfecture a l’archive, ou ne l’a pas'),
});

export const concertationSchema = z.object({
  transmission: z.uuid(),
  etat: z.enum(TRANSMISSION_STATES),
  constats: z
    .array(z.object({ auteur: z.string(), constat: verdict, motif: z.string(), le: z.string() }))
    .describe('Un par compte ; le refaire remplace le sien'),
  attendu: z.string().nullable().describe('Ce qui manque pour trancher ; nul : c’est tranché'),
});

export type ConcertationBody = z.infer<typeof concertationSchema>;
