import { CORRESPONDANCE_STATES, FLUX_LETTRES, FLUX_REPONSES } from '@teletransmission/teletransmission';
import { z } from 'zod';
import { signature } from '../deliberations/deliberation.schema';

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

/** Ce qu'une réponse envoie dans la partie `dossier`. */
export const reponseSchema = z.object({
  flux: z
    .enum(FLUX_REPONSES)
    .describe(
      '3-4 envoie des pièces, 3-3 les refuse, 4-4 répond, 4-3 rejette, 2-2 répond à un courrier simple',
    ),
  documents: z
    .array(z.object({ fichier: z.string(), typePiece: z.string(), signature }))
    .describe('Un document, ou plusieurs pour 3-4'),
});
