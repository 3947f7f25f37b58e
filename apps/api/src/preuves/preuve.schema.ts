import type { Preuve } from '@teletransmission/teletransmission';
import { createHash } from 'node:crypto';
import { z } from 'zod';

const instant = z.iso.datetime();

export const anomalieSchema = z.object({
  rang: z.int().min(1).describe('Son rang parmi celles de l’acte ; son XML est à …/anomalies/{rang}'),
  concerne: z.enum(['acte', 'annulation']).describe('Ce que la préfecture refuse'),
  flux: z.string().describe('1-3, ou anomalie-enveloppe'),
  nature: z.string().nullable().describe('Le code que donne la préfecture'),
  detail: z.string().nullable().describe('Ses propres mots'),
  recueLe: instant,
  appliqueeLe: instant,
  nom: z.string(),
  empreinte: z.string().length(64).describe('SHA-256 du XML, hexadécimal'),
  tailleOctets: z.int(),
});

export const anomaliesSchema = z.object({ anomalies: z.array(anomalieSchema) });

export type AnomaliesBody = z.output<typeof anomaliesSchema>;

/** L'empreinte du XML lui-même : celle du retour qui le portait est autre. */
export function empreinteOf({ octets }: Preuve): string {
  return createHash('sha256').update(octets).digest('hex');
}

/** Une anomalie dans les mots de l'API. */
export function anomalieBodyOf(preuve: Preuve, index: number): AnomaliesBody['anomalies'][number] {
  const { flux, type, dit, retour, appliqueeLe, nom, octets } = preuve;
  return {
    rang: index + 1,
    concerne: flux === '1-1' ? 'acte' : 'annulation',
    flux: type,
    nature: dit.nature,
    detail: dit.detail,
    recueLe: retour.recuLe,
    appliqueeLe,
    nom,
    empreinte: empreinteOf(preuve),
    tailleOctets: octets.byteLength,
  };
}
