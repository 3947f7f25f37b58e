import { RETOUR_STATES } from '@teletransmission/teletransmission';
import { z } from 'zod';
import { pageQuerySchema } from '../request/page-query';
import { motifSchema } from '../transmissions/motif.schema';

export const retoursQuerySchema = pageQuerySchema.extend({
  etat: z
    .enum(RETOUR_STATES, 'Cet état de retour n’existe pas.')
    .optional()
    .describe('Un seul état de retour'),
});

export const rattachementSchema = motifSchema
  .extend({
    deliberation: z
      .uuid('Un identifiant de délibération.')
      .optional()
      .describe('L’acte, par sa délibération'),
    transmission: z.uuid('Un identifiant de transmission.').optional().describe('Ou par sa transmission'),
  })
  .refine(
    ({ deliberation, transmission }) => (deliberation === undefined) !== (transmission === undefined),
    'Donnez la délibération ou la transmission, l’une des deux.',
  );

const remarqueSchema = z.object({
  regle: z.string().describe('Son code'),
  detail: z.string(),
  ligne: z.number().nullable(),
  fichier: z.string().nullable().describe('Le fichier de l’archive dont elle parle'),
});

export const retourSchema = z.object({
  id: z.uuid(),
  nom: z.string(),
  etat: z.enum(RETOUR_STATES),
  libelle: z.string(),
  recuLe: z.string(),
  empreinte: z.string(),
  tailleOctets: z.number(),
  flux: z.string().nullable(),
  transmission: z.uuid().nullable().describe('Celle à laquelle il se rattache'),
  code: z.string().nullable().describe('Pourquoi il attend, ou ce qui s’en remarque'),
  explication: z.string().nullable().describe('Ce qu’il y a à faire, ou à savoir'),
  decisionEnCours: z.boolean().describe('Une décision y est proposée, et attend une seconde personne'),
  remarques: z
    .array(remarqueSchema)
    .describe('Ce que la lecture a remarqué sans s’y arrêter : écarts au schéma, encodage, archive'),
});

export const pageOfRetoursSchema = z.object({
  retours: z.array(retourSchema),
  suivant: z.string().nullable().describe('Curseur de la page suivante'),
});

export type RetourBody = z.infer<typeof retourSchema>;
export type PageOfRetoursBody = z.infer<typeof pageOfRetoursSchema>;
