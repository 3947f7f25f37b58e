import { CIRCUIT_STATES, JOURS } from '@teletransmission/teletransmission';
import { z } from 'zod';

import { motifSchema } from '../transmissions/motif.schema';

const instant = z.iso.datetime();

export const reglagesSchema = z.object({
  liaisonId: z.string().describe('La liaison par où on la joint : chacune a ses réglages'),
  departement: z.string().describe('Sur trois caractères'),
  fuseau: z.string(),
  actesParHeure: z.number().nullable().describe('Budget de l’heure ; nul : sans limite'),
  octetsParHeure: z.number().nullable(),
  fenetres: z
    .array(z.object({ jours: z.array(z.enum(JOURS)), de: z.string(), a: z.string() }))
    .describe('Heures locales où l’on envoie ; vide : à toute heure'),
  interruptions: z.array(z.object({ du: instant, au: instant, motif: z.string() })),
  pause: z.object({ depuis: instant, motif: z.string() }).nullable(),
});

export const prefectureSchema = reglagesSchema.extend({
  liaison: z.object({
    etat: z.enum(CIRCUIT_STATES),
    prochainEssai: instant.nullable(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
  }),
  actesDepuisUneHeure: z.number(),
  octetsDepuisUneHeure: z.number(),
  dernierEnvoiPrisLe: instant.nullable().describe('Sur les dernières vingt-quatre heures'),
  dernierAccuseLe: instant.nullable(),
  attentes: z.array(
    z.object({
      code: z.string().nullable().describe('Pourquoi ; nul : le départ suit de lui-même'),
      nombre: z.number(),
      depuis: instant,
      prochainLe: instant.nullable(),
      detail: z.string().nullable(),
    }),
  ),
});

export const prefecturesSchema = z.object({ prefectures: z.array(prefectureSchema) });
/** Suspendre, reprendre : pourquoi, et par quelle liaison. */
export const suspensionSchema = motifSchema.extend({
  liaison: z.string().min(1).max(32).optional().describe('L’identité de la liaison ; absente : la directe'),
});
export type ReglagesBody = z.output<typeof reglagesSchema>;
export type PrefecturesBody = z.output<typeof prefecturesSchema>;
