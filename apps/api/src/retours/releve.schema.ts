import type { ReleveEnEchec } from '@teletransmission/teletransmission';
import { z } from 'zod';

const releveSchema = z.object({
  id: z.uuid(),
  source: z.string().describe('La liaison qui annonce ce retour'),
  identite: z
    .string()
    .nullable()
    .describe('Celle que la préfecture lui donne ; nulle quand elle n’en donne pas'),
  nom: z.string().nullable(),
  extrait: z.string().nullable().describe('Ce qu’elle annonce, quand rien d’autre ne le désigne'),
  premierEchecLe: z.iso.datetime(),
  dernierEchecLe: z.iso.datetime(),
  echecs: z.int().min(1),
  code: z.string(),
  explication: z.string().describe('Pourquoi il ne se relève pas'),
  prochaineLe: z.iso.datetime().describe('Quand nous réessaierons'),
});

export const pageOfRelevesSchema = z.object({
  releves: z.array(releveSchema),
  suivant: z.string().nullable().describe('Curseur de la page suivante'),
});

export type PageOfRelevesBody = z.output<typeof pageOfRelevesSchema>;

/** Un retour qui ne se relève pas, dans les mots de l'API. */
export function releveBodyOf(releve: ReleveEnEchec): z.output<typeof releveSchema> {
  return {
    id: releve.id,
    source: releve.source,
    identite: releve.sourceId,
    nom: releve.nom,
    extrait: releve.extrait,
    premierEchecLe: releve.premierEchecLe,
    dernierEchecLe: releve.dernierEchecLe,
    echecs: releve.echecs,
    code: releve.code,
    explication: releve.detail,
    prochaineLe: releve.prochaineLe,
  };
}
