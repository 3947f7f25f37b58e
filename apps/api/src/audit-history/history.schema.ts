import {
  CORRESPONDANCE_STATES,
  PUBLICATION_STATES,
  RETOUR_STATES,
  TRANSMISSION_STATES,
} from '@teletransmission/teletransmission';
import { z } from 'zod';

/** L'état d'une des vies que le journal suit : l'acte, sa publication, un retour, une lettre. */
const etat = z.union([
  z.string().meta({
    enum: [
      ...new Set([...TRANSMISSION_STATES, ...PUBLICATION_STATES, ...RETOUR_STATES, ...CORRESPONDANCE_STATES]),
    ],
  }),
  z.null(),
]);

export const historyEntrySchema = z.object({
  rang: z.int().describe('Rang dans la chaîne de la collectivité, sans trou'),
  instant: z.iso.datetime(),
  evenement: z.string(),
  libelle: z.string(),
  detail: z.string().nullable().describe('Ce qu’il y a à savoir, en une phrase'),
  sujet: z.string(),
  sujetId: z.string(),
  deliberation: z.uuid().nullable(),
  acteur: z.string().describe('Le nom du compte, ou le genre de l’auteur quand ce n’en est pas un'),
  acteurGenre: z.string(),
  acteurId: z.uuid().nullable(),
  acteurNom: z.string().nullable(),
  etatAvant: etat.describe('L’état quitté ; nul à la naissance, ou quand rien ne change d’état'),
  etatApres: etat.describe('L’état atteint ; nul quand rien ne change d’état'),
  motif: z.string().nullable(),
  preuve: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  preuveTexte: z
    .string()
    .describe('La preuve telle qu’elle est gardée : ce texte exact entre dans l’empreinte'),
  chaine: z.string().describe('L’identité de la collectivité, ou « plateforme »'),
  empreintePrecedente: z.string().length(64).describe('Soixante-quatre zéros pour le premier rang'),
  empreinte: z
    .string()
    .length(64)
    .describe(
      'SHA-256 du tableau JSON [chaine, rang, instant, sujet, sujetId, deliberation, evenement, etatAvant, etatApres, acteurGenre, ' +
        'acteurId, acteurNom, motif, preuveTexte, empreintePrecedente], tous en textes ou null, séparés par une virgule et une espace',
    ),
});

export type HistoryEntryBody = z.output<typeof historyEntrySchema>;

export const pageOfHistorySchema = z.object({
  entrees: z.array(historyEntrySchema),
  suivant: z.string().nullable().describe('Curseur de la suite ; nul quand il n’y a rien de plus'),
});

export const pageOfChainsSchema = z.object({
  chaines: z.array(
    z.object({
      chaine: z.string().describe('L’identité de la collectivité, ou « plateforme »'),
      siren: z.string().nullable(),
      nom: z.string().nullable(),
      rang: z.int().describe('Celui de sa dernière entrée'),
      empreinte: z
        .string()
        .length(64)
        .describe('L’empreinte de sa dernière entrée : à garder ailleurs, elle est son ancre'),
    }),
  ),
  suivant: z.string().nullable().describe('Curseur de la suite ; nul quand il n’y a rien de plus'),
});

export type ChainsPageBody = z.output<typeof pageOfChainsSchema>;

export type HistoryPageBody = z.output<typeof pageOfHistorySchema>;
