import { z } from 'zod';
import { ALTERATIONS, contradictionsIn } from './alteration';
import type { Alteration } from './alteration';

/** Ce que le simulateur sait jouer. */
export const SCENARIOS = [
  'accepter',
  'anomalie',
  'anomalie-enveloppe',
  'silence',
  'retard',
  'double',
  'erreur-avant',
  'coupure-avant',
  'erreur-apres',
  'coupure-apres',
] as const;

export type Scenario = (typeof SCENARIOS)[number];

/** Une anomalie imposée : la nature sur trois chiffres, et un texte si l'on veut autre chose que celui de la table. */
export interface AnomalieImposee {
  readonly nature: string;
  readonly detail?: string | undefined;
}

/** Ce qu'on demande au simulateur de faire d'une archive ou d'un acte. */
export interface Consigne {
  readonly scenario: Scenario;
  /** Temps entre le dépôt et la disponibilité de la réponse ; absent, celui des réglages. */
  readonly delaiMs?: number | undefined;
  readonly anomalie?: AnomalieImposee | undefined;
  /** Combien de présentations la panne frappe. Absent : toutes pour `…-avant`, une seule pour `…-apres`. */
  readonly fois?: number | undefined;
  /** Ce que les réponses auront de travers. */
  readonly alterations?: readonly Alteration[] | undefined;
  /** Le seul flux que vise une consigne posée sur un acte ou un SIREN ; absent, tous. Sans effet sur un nom d'archive. */
  readonly flux?: string | undefined;
}

/** Une consigne tirée au sort à chaque archive, toujours la même pour la même graine, le même nom et la même présentation. */
export interface Hasard {
  readonly scenario: 'hasard';
  readonly graine?: number | undefined;
  readonly poids?: Partial<Record<Scenario, number>> | undefined;
}

/** Ce qui arrive à ce qu'aucune consigne ne vise. */
export type Defaut = Consigne | Hasard;

/** Les consignes d'une archive, arrêtées au dépôt : le pilotage d'après n'y change plus rien. */
export interface ConsignesArchive {
  readonly archive: Consigne;
  /** Celles qui visent un acte précis, par nom de formulaire. */
  readonly actes: Readonly<Record<string, Consigne>>;
  /** Celle qui décide du transport : celle de l'acte visé, sinon celle de l'archive. */
  readonly transport: Consigne;
  /** La clé de pilotage d'où vient le transport, pour compter ses pannes ; rien si c'est le défaut. */
  readonly cle: string | undefined;
}

/** Les pannes du transport : l'archive n'est pas prise. */
export const isBefore = (scenario: Scenario): boolean =>
  scenario === 'erreur-avant' || scenario === 'coupure-avant';
/** Les pannes du transport : l'archive est prise, la réponse se perd. */
export const isAfter = (scenario: Scenario): boolean =>
  scenario === 'erreur-apres' || scenario === 'coupure-apres';

/** Les natures qu'une anomalie d'enveloppe peut porter d'après le schéma. */
export const NATURES_ENVELOPPE: ReadonlySet<string> = new Set(['001', '002', '003', '004', '005', '100']);

/** Une liste d'altérations écrite par le pilotage : connues, sans contradiction. */
export const alterationsSchema = z
  .array(z.enum(ALTERATIONS, { error: `Une altération doit être l’une de : ${ALTERATIONS.join(', ')}.` }))
  .max(ALTERATIONS.length)
  .superRefine((alterations, context) => {
    for (const message of contradictionsIn(alterations)) context.addIssue({ code: 'custom', message });
  });

const delaiMs = z.int().min(0).max(31_536_000_000).optional();

const consigneShape = z.strictObject({
  scenario: z.enum(SCENARIOS, { error: `Le scénario doit être l'un de : ${SCENARIOS.join(', ')}.` }),
  delaiMs,
  anomalie: z
    .strictObject({
      nature: z.string().regex(/^\d{3}$/, 'La nature d’une anomalie s’écrit sur trois chiffres.'),
      detail: z.string().max(2000).optional(),
    })
    .optional(),
  fois: z.int().min(1).max(1000).optional(),
  alterations: alterationsSchema.optional(),
  flux: z
    .string()
    .regex(
      /^(1-1|2-2|3-[234]|4-[234]|6-1|7-1)$/,
      'Le flux doit être l’un de ceux qu’une collectivité envoie.',
    )
    .optional(),
});

function checkConsigne(consigne: Consigne, report: (champ: string, message: string) => void): void {
  if (consigne.scenario === 'retard' && consigne.delaiMs === undefined) {
    report('delaiMs', 'Le scénario « retard » demande un delaiMs.');
  }
  const isContradictory = consigne.alterations?.some((alteration) => alteration.includes('-puis-')) ?? false;
  if (consigne.anomalie && !consigne.scenario.startsWith('anomalie') && !isContradictory) {
    report('anomalie', `Le scénario « ${consigne.scenario} » n'admet pas d'anomalie.`);
  }
  if (consigne.alterations?.length && consigne.scenario === 'silence') {
    report('alterations', 'Un silence n’a rien à altérer.');
  }
  if (consigne.fois !== undefined && !isBefore(consigne.scenario) && !isAfter(consigne.scenario)) {
    report('fois', 'Seules les pannes (…-avant, …-apres) se comptent.');
  }
  if (consigne.scenario !== 'anomalie-enveloppe' || !consigne.anomalie) return;
  if (!NATURES_ENVELOPPE.has(consigne.anomalie.nature)) {
    report('anomalie/nature', 'Une anomalie d’enveloppe est 001, 002, 003, 004, 005 ou 100.');
  }
}

/** Une consigne écrite par le pilotage. */
export const consigneSchema = consigneShape.superRefine((consigne, context) => {
  checkConsigne(consigne, (champ, message) => {
    context.addIssue({ code: 'custom', path: champ.split('/'), message });
  });
});

const hasardSchema = z.strictObject({
  scenario: z.literal('hasard'),
  graine: z.int().min(0).optional(),
  poids: z
    .partialRecord(z.enum(SCENARIOS), z.number().min(0).max(1_000_000))
    .refine(
      (poids) => Object.values(poids).some((valeur) => valeur > 0),
      'Un poids au moins doit dépasser zéro.',
    )
    .optional(),
});

/** La consigne par défaut écrite par le pilotage : une consigne, ou le hasard. */
export const defautSchema = z.union([
  hasardSchema,
  consigneSchema.refine((consigne) => consigne.flux === undefined, {
    path: ['flux'],
    message: 'Le comportement par défaut ne se borne pas à un flux : poser une consigne sur un acte.',
  }),
]);
