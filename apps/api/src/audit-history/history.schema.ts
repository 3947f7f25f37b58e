import { z } from 'zod';

export const historyEntrySchema = z.object({
  rang: z.int().describe('Rang dans la chaîne de la collectivité, sans trou'),
  instant: z.iso.datetime(),
  evenement: z.string(),
  libelle: z.string(),
  detail: z.string().nullable().describe('Ce qu’il y a à savoir, en une phrase'),
  sujet: z.string(),
  sujetId: z.string(),
  deliberation: z.uuid().nullable(),
  acteur: z.string(),
  etatAvant: z.string().nullable(),
  etatApres: z.string().nullable(),
  motif: z.string().nullable(),
  preuve: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  chaine: z.string(),
  empreintePrecedente: z.string().length(64),
  empreinte: z.string().length(64).describe('SHA-256 de l’entrée, enchaînée à la précédente'),
});

export type HistoryEntryBody = z.output<typeof historyEntrySchema>;

export const pageOfHistorySchema = z.object({
  entrees: z.array(historyEntrySchema),
  suivant: z.string().nullable().describe('Curseur de la suite ; nul quand il n’y a rien de plus'),
});

export type HistoryPageBody = z.output<typeof pageOfHistorySchema>;
