import { z } from 'zod';

const piece = z.object({ code: z.string(), libelle: z.string() });

interface Branch {
  readonly code: number;
  readonly libelle: string;
  readonly matieres: readonly Branch[];
}

/** Une branche en contient d'autres, jusqu'à cinq niveaux. */
const matiere: z.ZodType<Branch> = z
  .object({
    code: z.number(),
    libelle: z.string(),
    get matieres() {
      return z.array(matiere);
    },
  })
  .meta({ id: 'Matiere' });

export const classificationSchema = z.object({
  siren: z.string(),
  dateVersion: z.iso.date().describe('Version de la nomenclature, que portent les actes'),
  recueLe: z.iso.datetime(),
  natures: z.array(
    z.object({
      code: z.number().optional(),
      libelle: z.string(),
      abrege: z.string(),
      typesPiece: z.array(piece),
    }),
  ),
  matieres: z.array(matiere).describe('L’arbre des matières ; chaque code est local à sa branche'),
});

export type ClassificationBody = z.output<typeof classificationSchema>;

export const demandeSchema = z.object({
  siren: z.string(),
  demandee: z
    .boolean()
    .describe('Vrai : une demande vient d’être mise en file ; faux : elle vient d’être terminée'),
  depuis: z.iso
    .datetime()
    .describe('De quand est cette demande, ou depuis quand elle était dans son dernier état'),
});

export type DemandeBody = z.output<typeof demandeSchema>;
