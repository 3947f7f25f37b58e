import { isAdresse } from '@teletransmission/actes';
import { z } from 'zod';
import { address, secret } from './address';
import { duration } from './duration';
import { isProduction, JETON_MIN, nodeEnv } from './production';

const quadrigramme = z
  .enum(['EACT', 'TACT'], 'doit valoir EACT (production) ou TACT (essai)')
  .default('TACT')
  .describe('Le canal : EACT en production, TACT en essai.');

/** Qui nous sommes pour la préfecture. */
export const operateurConcern = z
  .object({
    OPERATEUR_TRIGRAMME: z
      .string()
      .regex(/^[A-Z]{3}$/, 'trois lettres capitales')
      .default('TLT')
      .describe("Le code de l'opérateur, donné à l'homologation ; il préfixe les archives."),
    OPERATEUR_QUADRIGRAMME: quadrigramme,
    OPERATEUR_ADRESSE_RETOUR: z
      .string()
      .refine(isAdresse, 'doit être une adresse que la norme ACTES admet : sans « + », fin de 2 à 6 lettres')
      .default('retour-actes@teletransmission.example.org')
      .describe("L'adresse où la préfecture répond à l'opérateur."),
  })
  .transform((env) => ({
    trigramme: env.OPERATEUR_TRIGRAMME,
    quadrigramme: env.OPERATEUR_QUADRIGRAMME,
    adresseRetour: env.OPERATEUR_ADRESSE_RETOUR,
  }));

const LIAISON_JETON = /^[a-z][a-z0-9-]{0,31}=[!-~]+$/;

function jetonLines(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\n;]/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

/** La liaison avec elle. */
export const prefectureConcern = z
  .object({
    PREFECTURE_URL: address(['http://', 'https://']).describe(
      "L'adresse de dépôt et de relève de la préfecture, ou de son simulateur ; https:// dès que le canal est EACT.",
    ),
    PREFECTURE_JETON: secret(
      z.string().min(1).optional(),
      "Le secret partagé avec elle, s'il y en a un ; vingt caractères au moins en production.",
    ),
    LIAISONS_JETONS: secret(
      z.string().optional(),
      'Les secrets des autres liaisons, un par ligne : son nom, « = », son jeton.',
    ),
    OPERATEUR_QUADRIGRAMME: quadrigramme,
    NODE_ENV: nodeEnv,
    PREFECTURE_DELAI_MS: duration(180_000).describe(
      "Ce qu'un envoi peut durer, en millisecondes, avant d'être tenu pour perdu.",
    ),
    DISJONCTEUR_ECHECS: z.coerce
      .number("doit être un nombre d'échecs")
      .int()
      .min(1)
      .max(50)
      .default(5)
      .describe('Actes différents qui échouent de suite avant de tenir une préfecture pour coupée.'),
    DISJONCTEUR_PERIODE_MS: duration(600_000).describe(
      'Des échecs plus anciens ne comptent plus, en millisecondes.',
    ),
    DISJONCTEUR_SONDE_MS: duration(30_000).describe(
      'Avant le premier essai vers une préfecture coupée ; doublé à chaque essai manqué.',
    ),
    DISJONCTEUR_SONDE_MAX_MS: duration(900_000).describe('Le plus long délai entre deux essais.'),
  })
  .superRefine((env, context) => {
    if (env.OPERATEUR_QUADRIGRAMME === 'EACT' && env.PREFECTURE_URL.startsWith('http://'))
      context.addIssue({
        code: 'custom',
        path: ['PREFECTURE_URL'],
        message:
          'doit commencer par https:// quand OPERATEUR_QUADRIGRAMME vaut EACT : de vrais actes ne voyagent pas en clair',
      });
    for (const line of jetonLines(env.LIAISONS_JETONS))
      if (!LIAISON_JETON.test(line))
        context.addIssue({
          code: 'custom',
          path: ['LIAISONS_JETONS'],
          message: 'chaque ligne est le nom d’une liaison, « = », et son jeton sans espace',
        });
    if (isProduction(env) && (env.PREFECTURE_JETON?.length ?? JETON_MIN) < JETON_MIN)
      context.addIssue({
        code: 'custom',
        path: ['PREFECTURE_JETON'],
        message: `trop court pour la production : ${JETON_MIN} caractères au moins`,
      });
  })
  .transform((env) => ({
    url: env.PREFECTURE_URL,
    jeton: env.PREFECTURE_JETON ?? null,
    jetons: Object.fromEntries(
      jetonLines(env.LIAISONS_JETONS).map((line) => [
        line.slice(0, line.indexOf('=')),
        line.slice(line.indexOf('=') + 1),
      ]),
    ),
    delaiMs: env.PREFECTURE_DELAI_MS,
    disjoncteur: {
      echecs: env.DISJONCTEUR_ECHECS,
      periodeMs: env.DISJONCTEUR_PERIODE_MS,
      sondeMs: env.DISJONCTEUR_SONDE_MS,
      sondeMaxMs: env.DISJONCTEUR_SONDE_MAX_MS,
    },
  }));
