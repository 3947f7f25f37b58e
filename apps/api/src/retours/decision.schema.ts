import {
  DECISION_STATES,
  FLUX_LETTRES,
  LU_MAX,
  LU_MIN,
  NATURES_DECISION,
} from '@teletransmission/teletransmission';
import { z } from 'zod';
import { civilDay } from '../request/civil-day';
import { freeText } from '../request/free-text';
import { pageQuerySchema } from '../request/page-query';
import { motifSchema } from '../transmissions/motif.schema';

/** Ce que chaque nature demande, et ce qu'elle admet de plus. */
const FIELDS: Readonly<
  Record<
    (typeof NATURES_DECISION)[number],
    { readonly required: readonly string[]; readonly optional: readonly string[] }
  >
> = {
  accuse: { required: ['dateReception', 'identifiant'], optional: [] },
  'accuse-annulation': { required: ['dateReception', 'identifiant'], optional: [] },
  anomalie: { required: ['code', 'detail'], optional: [] },
  lettre: { required: ['flux', 'dateCourrier'], optional: ['texte'] },
  information: { required: [], optional: [] },
};
const OF_NATURE = [
  'dateReception',
  'identifiant',
  'code',
  'detail',
  'flux',
  'dateCourrier',
  'texte',
] as const;
const TARGETS = ['deliberation', 'transmission', 'correspondance'] as const;

const nature = z.enum(
  NATURES_DECISION,
  'Dites ce qu’est ce retour : accuse, accuse-annulation, anomalie, lettre ou information.',
);

const fields = motifSchema.extend({
  deliberation: z.uuid('Un identifiant de délibération.').optional().describe('L’acte, par sa délibération'),
  transmission: z.uuid('Un identifiant de transmission.').optional().describe('Ou par sa transmission'),
  correspondance: z
    .uuid('Un identifiant de courrier.')
    .optional()
    .describe('Ou la lettre à la réponse de laquelle cet accusé répond'),
  nature: nature.describe('Ce qu’est ce retour, lu de vos yeux'),
  empreinte: z
    .string('L’empreinte des octets que vous avez lus manque.')
    .max(100, 'Une empreinte compte 64 caractères.')
    .describe('SHA-256 des octets que vous avez téléchargés et lus'),
  lu: freeText('Ce que vous lisez manque.')
    .describe(`Ce qui se lit dans le retour et fonde la décision, recopié. ${LU_MIN} à ${LU_MAX} caractères`)
    .meta({ minLength: LU_MIN, maxLength: LU_MAX }),
  dateReception: civilDay('Le jour de réception que porte l’accusé : AAAA-MM-JJ.')
    .optional()
    .describe('Accusé : le jour de réception qu’il porte'),
  identifiant: freeText('L’identifiant tel qu’il se lit, ou null.')
    .nullable()
    .optional()
    .describe('Accusé : l’identifiant tel qu’il y est écrit ; nul quand il n’y est pas, ou ne se lit pas'),
  code: z
    .string('Le code de l’anomalie.')
    .max(20, 'Trois chiffres au plus.')
    .optional()
    .describe('Anomalie : son code, 999 s’il ne se lit pas'),
  detail: freeText('Les mots de la préfecture.').optional().describe('Anomalie : les mots de la préfecture'),
  flux: z
    .enum(FLUX_LETTRES, 'Une lettre est 2-1, 3-1, 4-1 ou 5-1.')
    .optional()
    .describe('Lettre : son genre'),
  dateCourrier: civilDay('La date que porte la lettre : AAAA-MM-JJ.')
    .optional()
    .describe('Lettre : la date qu’elle porte'),
  texte: freeText('Le texte de la lettre.').optional().describe('Lettre : ce qu’elle demande'),
});

type Fields = Partial<z.infer<typeof fields>>;

/** Un corps reçu : tant que ce n'est pas un objet, il n'y a pas de champ à y chercher. */
const whenObject = ({ value }: { readonly value: unknown }): boolean =>
  typeof value === 'object' && value !== null;

/** Une décision. Les champs d'une nature sont obligatoires, ceux d'une autre refusés, et toutes les fautes viennent ensemble. */
export const decisionSchema = OF_NATURE.reduce(
  (schema, field) =>
    schema
      .refine((body: Fields) => !isRequired(body.nature, field) || body[field] !== undefined, {
        path: [field],
        error: 'Ce champ manque pour cette nature de retour.',
        when: whenObject,
      })
      .refine((body: Fields) => body[field] === undefined || isAdmitted(body.nature, field), {
        path: [field],
        error: 'Ce champ n’est pas de cette nature de retour.',
        when: whenObject,
      }),
  fields.refine((body: Fields) => TARGETS.filter((target) => body[target] !== undefined).length === 1, {
    path: ['deliberation'],
    error: 'Donnez la délibération, la transmission ou la correspondance : une seule des trois.',
    when: whenObject,
  }),
);

/** D'un corps reçu, la nature peut être n'importe quoi : seule une nature connue a des champs. */
function fieldsOf(received: unknown): (typeof FIELDS)[keyof typeof FIELDS] | null {
  const known = NATURES_DECISION.find((one) => one === received);
  return known === undefined ? null : FIELDS[known];
}

function isRequired(received: unknown, field: string): boolean {
  return fieldsOf(received)?.required.includes(field) ?? false;
}

/** Une nature inconnue est déjà une faute : elle n'en fait pas d'autres. */
function isAdmitted(received: unknown, field: string): boolean {
  const known = fieldsOf(received);
  return known === null || known.required.includes(field) || known.optional.includes(field);
}

export type DecisionRequest = z.infer<typeof decisionSchema>;

export const confirmationSchema = motifSchema.extend({
  dateReception: civilDay('Le jour de réception que vous lisez, vous aussi : AAAA-MM-JJ.').describe(
    'Le jour de réception que vous lisez de vos yeux ; différent de celui proposé, rien ne s’applique',
  ),
});

export const decisionsQuerySchema = pageQuerySchema.extend({
  retour: z.uuid('Un identifiant de retour.').optional().describe('Celles d’un seul retour'),
  etat: z.enum(DECISION_STATES, 'Cet état de décision n’existe pas.').optional().describe('Un seul état'),
});

const signatureSchema = z.object({ nom: z.string(), le: z.string(), motif: z.string() });

export const decisionPriseSchema = z.object({
  id: z.uuid(),
  retour: z.uuid(),
  etat: z.enum(DECISION_STATES),
  libelle: z.string(),
  nature,
  natureLibelle: z.string(),
  transmission: z.uuid().describe('Celle dont le retour parle'),
  deliberation: z.uuid().nullable(),
  dateReception: z.string().nullable(),
  identifiant: z.string().nullable().describe('L’identifiant tel que lu'),
  code: z.string().nullable(),
  detail: z.string().nullable(),
  flux: z.string().nullable(),
  dateCourrier: z.string().nullable(),
  texte: z.string().nullable(),
  lu: z.string(),
  auteur: signatureSchema,
  cloture: signatureSchema.nullable().describe('Qui l’a confirmée, refusée ou retirée'),
  attendu: z.string().nullable().describe('Ce qui manque pour qu’elle s’applique ; nul : rien'),
});

export const pageOfDecisionsSchema = z.object({
  decisions: z.array(decisionPriseSchema),
  suivant: z.string().nullable().describe('Curseur de la page suivante'),
});

export type DecisionBody = z.infer<typeof decisionPriseSchema>;
export type PageOfDecisionsBody = z.infer<typeof pageOfDecisionsSchema>;
