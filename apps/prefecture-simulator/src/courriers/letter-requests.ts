import { parseCivilDate } from '@teletransmission/kernel';
import type { CivilDate } from '@teletransmission/kernel';
import { z } from 'zod';
import { alterationsSchema } from '../scenarios/scenario';

/** Un jour `AAAA-MM-JJ` écrit par le pilotage. */
export const jourSchema = z.string().transform((texte, context): CivilDate => {
  const jour = parseCivilDate(texte);
  if (jour.ok) return jour.value;
  context.addIssue({ code: 'custom', message: jour.problem.detail });
  return z.NEVER;
});

const delaiMs = z.int().min(0).max(31_536_000_000).optional();

/** `POST /pilotage/courriers`. */
export const demandeCourrierSchema = z
  .strictObject({
    identifiantActe: z.string().min(1, 'Dire de quel acte on écrit.').max(60),
    flux: z.enum(['2-1', '3-1', '4-1', '5-1'], {
      error: 'Le flux d’un courrier est 2-1, 3-1, 4-1 ou 5-1.',
    }),
    /** La date que le courrier porte ; absente, celle du jour. */
    dateCourrierPref: jourSchema.optional(),
    texte: z.string().min(1).max(10_000).optional(),
    /** Combien de documents joindre ; un par défaut. */
    documents: z.int().min(0).max(20).optional(),
    delaiMs,
    alterations: alterationsSchema.optional(),
  })
  .superRefine(({ flux, documents = 1 }, context) => {
    if (flux === '5-1' || documents === 1) return;
    const message = `Un courrier ${flux} porte exactement un document ; seul un déféré 5-1 en porte plusieurs ou aucun.`;
    context.addIssue({ code: 'custom', path: ['documents'], message });
  });

export type DemandeCourrier = z.output<typeof demandeCourrierSchema>;

/** `PUT /pilotage/classification`. */
export const publicationSchema = z.strictObject({ dateVersion: jourSchema });

/** `POST /pilotage/classification/envois` : un 7-2 que personne n'a demandé. */
export const demandeClassificationSchema = z.strictObject({
  siren: z.string().regex(/^\d{9}$/, 'Un SIREN compte neuf chiffres.'),
  /** Absent, celui de la dernière archive de ce SIREN. */
  departement: z
    .string()
    .regex(/^[09]\d[AB\d]$/, 'Un département s’écrit sur trois caractères.')
    .optional(),
  /** Absente, celle de la version en cours. */
  dateVersion: jourSchema.optional(),
  delaiMs,
  alterations: alterationsSchema.optional(),
});

export type DemandeClassification = z.output<typeof demandeClassificationSchema>;
