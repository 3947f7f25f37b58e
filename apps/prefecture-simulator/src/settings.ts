import type { CivilDate, Result } from '@teletransmission/kernel';
import { ok, parseCivilDate, refuse } from '@teletransmission/kernel';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Ce dont le simulateur a besoin pour démarrer, lu une seule fois. */
export interface SimulatorSettings {
  readonly port: number;
  readonly hote: string;
  /** Dossier où vivent le registre, les archives et les retours. Créé s'il manque. */
  readonly dossier: string;
  /** Temps qui s'écoule, par défaut, entre le dépôt et la disponibilité de la réponse. */
  readonly delaiMs: number;
  /** Jeton exigé des appelants ; absent, la porte est ouverte. */
  readonly jeton?: string | undefined;
  /** Graine du hasard quand le pilotage n'en donne pas. */
  readonly graine: number;
  /** Version de classification que la préfecture tient pour courante (`AAAA-MM-JJ`). */
  readonly classificationDateVersion: CivilDate;
}

const entier = (nom: string, defaut: number, max: number): z.ZodType<number, string | undefined> =>
  z
    .string()
    .optional()
    .transform((texte, context) => {
      if (texte === undefined || texte === '') return defaut;
      const valeur = Number(texte);
      if (/^\d+$/.test(texte) && valeur <= max) return valeur;
      context.addIssue({
        code: 'custom',
        message: `${nom} doit être un entier de 0 à ${max} ; reçu « ${texte} ».`,
      });
      return z.NEVER;
    });

const environmentSchema = z.object({
  SIMULATEUR_PORT: entier('SIMULATEUR_PORT', 3003, 65_535),
  SIMULATEUR_HOTE: z.string().min(1, 'SIMULATEUR_HOTE ne peut pas être vide.').default('127.0.0.1'),
  SIMULATEUR_DOSSIER: z
    .string()
    .min(1, 'SIMULATEUR_DOSSIER ne peut pas être vide.')
    .default('.donnees/prefecture-simulator'),
  SIMULATEUR_DELAI_MS: entier('SIMULATEUR_DELAI_MS', 1500, 31_536_000_000),
  SIMULATEUR_JETON: z
    .string()
    .refine(
      (jeton) => jeton === '' || jeton.length >= 8,
      'SIMULATEUR_JETON doit compter au moins 8 caractères.',
    )
    .transform((jeton) => (jeton === '' ? undefined : jeton))
    .optional(),
  SIMULATEUR_GRAINE: entier('SIMULATEUR_GRAINE', 1, Number.MAX_SAFE_INTEGER),
  SIMULATEUR_CLASSIFICATION_DATE: z
    .string()
    .default('2019-08-29')
    .transform((texte, context) => {
      const jour = parseCivilDate(texte);
      if (jour.ok) return jour.value;
      context.addIssue({
        code: 'custom',
        message: `SIMULATEUR_CLASSIFICATION_DATE : ${jour.problem.detail}`,
      });
      return z.NEVER;
    }),
});

/** Le jeton, de son réglage ou du fichier que `SIMULATEUR_JETON_FILE` désigne ; ou ce qui ne va pas de ce fichier. */
function jetonOf({
  SIMULATEUR_JETON: jeton,
  SIMULATEUR_JETON_FILE: file,
}: Readonly<Record<string, string | undefined>>): {
  readonly jeton?: string | undefined;
  readonly fault?: string;
} {
  if (file === undefined || file === '') return { jeton };
  if (jeton !== undefined && jeton !== '')
    return {
      fault: 'SIMULATEUR_JETON_FILE est donné en même temps que SIMULATEUR_JETON : gardez l’un des deux.',
    };
  try {
    return { jeton: readFileSync(file, 'utf8').replace(/\r?\n$/, '') };
  } catch (error) {
    const { code = 'inconnu' } = error as NodeJS.ErrnoException;
    return { fault: `Le fichier de SIMULATEUR_JETON_FILE ne se lit pas (${code}).` };
  }
}

/**
 * Lit les réglages dans un environnement (`process.env` en production).
 * @returns les réglages, ou le refus `simulateur/invalid-settings` qui liste toutes les fautes à la fois.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): Result<SimulatorSettings> {
  const { jeton, fault } = jetonOf(environment);
  const lu = environmentSchema.safeParse({ ...environment, SIMULATEUR_JETON: jeton });
  if (!lu.success || fault !== undefined) {
    const code = 'simulateur/invalid-setting';
    const violations = [
      ...(lu.error?.issues ?? []).map((issue) => ({
        pointer: `/${issue.path.join('/')}`,
        code,
        detail: issue.message,
      })),
      ...(fault === undefined ? [] : [{ pointer: '/SIMULATEUR_JETON_FILE', code, detail: fault }]),
    ];
    const detail = `Le simulateur ne peut pas démarrer :\n${violations.map((v) => `- ${v.detail}`).join('\n')}`;
    return refuse({ code: 'simulateur/invalid-settings', detail, violations });
  }
  return ok({
    port: lu.data.SIMULATEUR_PORT,
    hote: lu.data.SIMULATEUR_HOTE,
    dossier: lu.data.SIMULATEUR_DOSSIER,
    delaiMs: lu.data.SIMULATEUR_DELAI_MS,
    jeton: lu.data.SIMULATEUR_JETON,
    graine: lu.data.SIMULATEUR_GRAINE,
    classificationDateVersion: lu.data.SIMULATEUR_CLASSIFICATION_DATE,
  });
}
