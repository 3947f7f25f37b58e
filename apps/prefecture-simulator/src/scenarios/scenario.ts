import { z } from 'zod';

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

const NATURES_ENVELOPPE = new Set(['001', '002', '003', '004', '005', '100']);

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
});

function checkConsigne(consigne: Consigne, report: (champ: string, message: string) => void): void {
  if (consigne.scenario === 'retard' && consigne.delaiMs === undefined) {
    report('delaiMs', 'Le scénario « retard » demande un delaiMs.');
  }
  if (consigne.anomalie && !consigne.scenario.startsWith('anomalie')) {
    report('anomalie', `Le scénario « ${consigne.scenario} » n'admet pas d'anomalie.`);
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
export const defautSchema = z.union([hasardSchema, consigneSchema]);
