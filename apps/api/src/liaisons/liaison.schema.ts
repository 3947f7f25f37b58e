import { COLIS, ETATS_DE_LIAISON, GENRES_DE_LIAISON, RELEVES } from '@teletransmission/teletransmission';
import { z } from 'zod';
import { freeText } from '../request/free-text';

const instant = z.iso.datetime();

export const liaisonSchema = z.object({
  id: z.string().describe('Le nom court par quoi les réglages la désignent'),
  genre: z.enum(GENRES_DE_LIAISON),
  nom: z.string(),
  compte: z.string().nullable().describe('Sous quel compte le service s’y présente'),
  traits: z.object({
    prend: z.enum(COLIS),
    releve: z.enum(RELEVES),
    prouveAbsence: z.boolean().describe('Faux : une réponse perdue se tranche à deux'),
    accuseLettres: z.boolean(),
    bruleNumeros: z.boolean().describe('Vrai : un acte refusé se corrige sous un autre numéro'),
  }),
  regles: z.object({
    sansTiret: z.boolean(),
    objetMax: z.number().nullable(),
    latin1: z.boolean(),
    fichiersMax: z.number().nullable(),
  }),
  etat: z.enum(ETATS_DE_LIAISON),
  parDefaut: z.boolean().describe('Celle que reçoit une collectivité à son inscription'),
  collectivites: z.number().describe('Reliées en ce moment'),
  transmissionsOuvertes: z.number().describe('Parties par elle, ou qui le seront, et pas encore closes'),
  dernierRetourLe: instant.nullable(),
});

export const liaisonsSchema = z.object({ liaisons: z.array(liaisonSchema) });

/** Relier une collectivité. */
export const rattachementDemandeSchema = z.strictObject({
  liaison: z.string().min(1).max(32).describe('L’identité de la liaison'),
  depuis: z.iso.datetime({ offset: true }).optional().describe('À partir de quand ; absent : dès maintenant'),
  motif: freeText('Le motif manque.')
    .describe('Pourquoi ; entre dans l’historique. 3 à 500 caractères')
    .meta({ minLength: 3, maxLength: 500 }),
});

export const liaisonRattacheeSchema = z.object({
  siren: z.string(),
  liaison: z.string(),
  depuis: instant.nullable().describe('Nul : depuis toujours'),
});

export type LiaisonsBody = z.output<typeof liaisonsSchema>;
export type RattachementBody = z.output<typeof liaisonRattacheeSchema>;
