import { ALERTE_GENRES, ALERTE_SUJETS } from '@teletransmission/teletransmission';
import { z } from 'zod';

const alerteSchema = z.object({
  id: z.string().describe('Sert de clé : la même alerte garde le sien tant qu’elle est ouverte'),
  genre: z.enum(ALERTE_GENRES),
  libelle: z.string(),
  gravite: z.int().min(0).max(3).describe('0 : avant tout ; 1 : maintenant ; 2 : aujourd’hui ; 3 : à savoir'),
  sujet: z.enum(ALERTE_SUJETS),
  sujetId: z.string(),
  deliberation: z.uuid().nullable(),
  identifiantActe: z.string().nullable(),
  siren: z.string().nullable(),
  depuis: z.iso.datetime().describe('Depuis quand dure ce qu’elle signale'),
  ouverteLe: z.iso.datetime(),
  detail: z.string().describe('Pourquoi, et quoi faire'),
});

export const pageOfAlertesSchema = z.object({
  alertes: z.array(alerteSchema),
  suivant: z.string().nullable().describe('Curseur de la page suivante'),
});

export type PageOfAlertesBody = z.output<typeof pageOfAlertesSchema>;
