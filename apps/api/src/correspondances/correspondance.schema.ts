import {
  CORRESPONDANCE_STATES,
  FLUX_LETTRES,
  FLUX_REPONSES,
  REPONSE,
} from '@teletransmission/teletransmission';
import { z } from 'zod';
import { schemaOfForme } from '../request/schema-of-forme';

export const correspondanceSchema = z.object({
  id: z.uuid(),
  deliberation: z.uuid(),
  identifiantActe: z.string(),
  flux: z.enum(FLUX_LETTRES),
  libelle: z.string(),
  dateCourrier: z.iso.date().describe('Date que porte la lettre'),
  texte: z.string().nullable().describe('Pièces demandées, motif ou nature de l’illégalité'),
  recueLe: z.iso.datetime(),
  echeance: z.iso.date().nullable().describe('Jour où le silence vaudrait refus ; indicatif'),
  etat: z.enum(CORRESPONDANCE_STATES),
  etatLibelle: z.string(),
  reponsesPermises: z.array(z.object({ flux: z.enum(FLUX_REPONSES), libelle: z.string() })),
  documents: z.array(
    z.object({ rang: z.int(), nomFichier: z.string(), empreinte: z.string(), tailleOctets: z.int() }),
  ),
});

export type CorrespondanceBody = z.output<typeof correspondanceSchema>;

export const pageOfCorrespondancesSchema = z.object({ correspondances: z.array(correspondanceSchema) });

/** Ce qu'une réponse envoie dans la partie `dossier` : la description même que lisent les règles du domaine. */
export const reponseSchema = schemaOfForme(REPONSE).describe('Une réponse à une lettre');
