import { z } from 'zod';
import { secret } from './address';
import { alertesConcern } from './alertes';
import { databaseConcern, proprietaireConcern } from './database';
import { duration } from './duration';
import { mandatairesConcern } from './mandataires';
import { operateurConcern, prefectureConcern } from './prefecture';
import { portesConcern } from './portes';
import { isProduction, nodeEnv } from './production';
import { queuePrefix, redisUrl } from './redis';

const port = (defaut: number): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce.number('doit être un port, de 1 à 65535').int().min(1).max(65_535).default(defaut);
const hote = z.string().min(1).default('127.0.0.1');
const flag = z
  .enum(['oui', 'non'], 'doit valoir oui ou non')
  .default('non')
  .transform((text) => text === 'oui');

/** Ce qu'on écrit pour se passer, en toute connaissance, d'une autorité de signature. */
const SANS_AUTORITE = 'sans';

const days = (byDefault: number) =>
  z.coerce.number('doit être un nombre de jours').int().min(30).max(3_650).default(byDefault);

/** Une préoccupation : ses clés d'environnement, chacune avec son sens en une ligne, et sa lecture. */
export const CONCERNS = {
  database: databaseConcern,
  proprietaire: proprietaireConcern,
  queues: z
    .object({
      QUEUE_BACKEND: z
        .enum(['redis', 'postgres'], 'doit valoir redis ou postgres')
        .default('redis')
        .describe(
          'Ce qui porte les files : redis, ou postgres sur une machine sans Redis (refusé en production).',
        ),
      REDIS_URL: redisUrl,
      QUEUE_PREFIX: queuePrefix,
      NODE_ENV: nodeEnv,
    })
    .superRefine((env, context) => {
      if (env.QUEUE_BACKEND === 'redis' && env.REDIS_URL === undefined) {
        context.addIssue({
          code: 'custom',
          path: ['REDIS_URL'],
          message: 'manque (QUEUE_BACKEND vaut redis)',
        });
      }
      if (env.QUEUE_BACKEND === 'postgres' && isProduction(env)) {
        context.addIssue({
          code: 'custom',
          path: ['QUEUE_BACKEND'],
          message: 'postgres est refusé en production : donnez un Redis',
        });
      }
    })
    .transform((env) => ({
      backend: env.QUEUE_BACKEND,
      redisUrl: env.REDIS_URL ?? null,
      prefix: env.QUEUE_PREFIX,
    })),
  stockage: z
    .object({
      STOCKAGE_DOSSIER: z
        .string('manque')
        .min(1)
        .describe('Le dossier des documents, archives et retours ; partagé par tous les processus.'),
    })
    .transform((env) => ({ dossier: env.STOCKAGE_DOSSIER })),
  signature: z
    .object({
      SIGNATURE_AUTORITES: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Le fichier PEM des autorités de confiance des signatures ; sans : leur chaîne n’est pas vérifiée, le reste l’est (à écrire en production).',
        ),
      SIGNATURE_REVOCATIONS: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Le fichier des listes de révocation des autorités (blocs PEM « X509 CRL », ou une en DER), relu dès qu’il change.',
        ),
      NODE_ENV: nodeEnv,
    })
    .superRefine((env, context) => {
      const isChainChecked =
        env.SIGNATURE_AUTORITES !== undefined && env.SIGNATURE_AUTORITES !== SANS_AUTORITE;
      if (env.SIGNATURE_REVOCATIONS !== undefined && !isChainChecked)
        context.addIssue({
          code: 'custom',
          path: ['SIGNATURE_REVOCATIONS'],
          message:
            'demande SIGNATURE_AUTORITES : une liste de révocation ne vaut que vérifiée contre son autorité',
        });
      if (isProduction(env) && env.SIGNATURE_AUTORITES === undefined)
        context.addIssue({
          code: 'custom',
          path: ['SIGNATURE_AUTORITES'],
          message: `manque : donnez le fichier des autorités, ou écrivez « ${SANS_AUTORITE} » pour ne pas remonter la chaîne des signatures`,
        });
    })
    .transform((env) => ({
      autorites: env.SIGNATURE_AUTORITES === SANS_AUTORITE ? null : (env.SIGNATURE_AUTORITES ?? null),
      revocations: env.SIGNATURE_REVOCATIONS ?? null,
    })),
  operateur: operateurConcern,
  prefecture: prefectureConcern,
  rythme: z
    .object({
      RELEVE_PERIODE_MS: duration(60_000).describe('Entre deux relèves des retours, en millisecondes.'),
      BALAYAGE_PERIODE_MS: duration(60_000).describe('Entre deux balayages des échéances, en millisecondes.'),
      AR_DELAI_MS: duration(86_400_000).describe(
        'Au-delà, un accusé attendu est en retard (défaut : un jour).',
      ),
      RECONCILIATION_DELAI_MS: duration(120_000).describe(
        "Ce qu'on attend, après une réponse perdue, avant de demander si l'archive est arrivée.",
      ),
      RENVOI_DELAI_MS: duration(30_000).describe(
        "Ce qu'on attend avant un second envoi quand la préfecture n'a rien pris ; doublé à chaque tour.",
      ),
      BAIL_DUREE_MS: duration(30_000).describe(
        "Le bail d'un envoi, renouvelé tant qu'il dure ; sans nouvelles aussi longtemps, son auteur est tenu pour mort.",
      ),
      OUBLI_DELAI_MS: duration(120_000).describe(
        "Au-delà, un travail qui n'a pas avancé est remis en file depuis la base.",
      ),
      CLASSIFICATION_PERIODE_MS: duration(604_800_000).describe(
        'Entre deux demandes de nomenclature à la préfecture (défaut : une semaine).',
      ),
    })
    .transform((env) => ({
      relevePeriodeMs: env.RELEVE_PERIODE_MS,
      balayagePeriodeMs: env.BALAYAGE_PERIODE_MS,
      arDelaiMs: env.AR_DELAI_MS,
      reconciliationDelaiMs: env.RECONCILIATION_DELAI_MS,
      renvoiDelaiMs: env.RENVOI_DELAI_MS,
      bailDureeMs: env.BAIL_DUREE_MS,
      oubliDelaiMs: env.OUBLI_DELAI_MS,
      classificationPeriodeMs: env.CLASSIFICATION_PERIODE_MS,
    })),
  alertes: alertesConcern,
  entretien: z
    .object({
      VERIFICATION_PERIODE_MS: duration(600_000).describe(
        'Entre deux passes de relecture des documents, en millisecondes.',
      ),
      VERIFICATION_OCTETS: duration(268_435_456).describe(
        'Ce qu’une passe relit de documents, en octets (défaut : 256 Mio, 250 Gio par semaine).',
      ),
      VERIFICATION_TOUR_MS: duration(604_800_000).describe(
        'Un tour complet des documents ne recommence pas avant ce délai (défaut : une semaine).',
      ),
      ORPHELINS_PERIODE_MS: duration(21_600_000).describe(
        'Entre deux balayages des documents que rien ne désigne, en millisecondes (défaut : 6 h).',
      ),
      ORPHELINS_JOURS: z.coerce
        .number('doit être un nombre de jours')
        .int()
        .min(1)
        .max(3_650)
        .default(7)
        .describe('Ce qu’un document que rien ne désigne reste avant d’être effacé, en jours.'),
      TRAVAUX_RETENTION_JOURS: days(90).describe(
        'Ce qu’on garde un travail porté à sa file ; le journal d’audit, lui, garde tout.',
      ),
      CLES_RETENTION_JOURS: days(365).describe(
        'Ce qu’une clé d’idempotence vaut ; au-delà, le même acte est refusé au lieu d’être rejoué.',
      ),
    })
    .transform((env) => ({
      passePeriodeMs: env.VERIFICATION_PERIODE_MS,
      passeOctets: env.VERIFICATION_OCTETS,
      tourMs: env.VERIFICATION_TOUR_MS,
      orphelinsPeriodeMs: env.ORPHELINS_PERIODE_MS,
      orphelinsJours: env.ORPHELINS_JOURS,
      travauxJours: env.TRAVAUX_RETENTION_JOURS,
      clesJours: env.CLES_RETENTION_JOURS,
    })),
  api: z
    .object({
      API_HOTE: hote.describe("L'adresse d'écoute de l'API."),
      API_PORT: port(3000).describe("Le port de l'API."),
    })
    .transform((env) => ({ hote: env.API_HOTE, port: env.API_PORT })),
  portes: portesConcern,
  admin: z
    .object({
      ADMIN_HOTE: hote.describe("L'adresse d'écoute du bureau."),
      ADMIN_PORT: port(3001).describe('Le port du bureau.'),
      ADMIN_SESSION_HEURES: z.coerce
        .number('doit être un nombre d’heures')
        .int()
        .min(1)
        .max(24)
        .default(12)
        .describe("Durée d'une session du bureau, en heures."),
      ADMIN_COOKIE_SECURISE: flag.describe(
        'oui derrière HTTPS, obligatoire en production : le témoin de session ne voyage que chiffré.',
      ),
      NODE_ENV: nodeEnv,
    })
    .superRefine((env, context) => {
      if (isProduction(env) && !env.ADMIN_COOKIE_SECURISE)
        context.addIssue({
          code: 'custom',
          path: ['ADMIN_COOKIE_SECURISE'],
          message: 'doit valoir oui en production : le bureau se sert derrière HTTPS (docs/deploiement.md)',
        });
    })
    .transform((env) => ({
      hote: env.ADMIN_HOTE,
      port: env.ADMIN_PORT,
      sessionHeures: env.ADMIN_SESSION_HEURES,
      cookieSecurise: env.ADMIN_COOKIE_SECURISE,
    })),
  mandataires: mandatairesConcern,
  worker: z
    .object({
      WORKER_HOTE: hote.describe("L'adresse d'écoute de la santé du travailleur."),
      WORKER_PORT: port(3002).describe('Le port de sa santé.'),
    })
    .transform((env) => ({ hote: env.WORKER_HOTE, port: env.WORKER_PORT })),
  metriques: z
    .object({
      METRIQUES_JETON: secret(
        z
          .string()
          .regex(/^[\x21-\x7e]{20,200}$/, 'vingt caractères au moins, sans espace ni accent')
          .optional(),
        'Le secret que Prometheus présente à /metrics ; absent : l’adresse répond 404.',
      ),
    })
    .transform((env) => ({ jeton: env.METRIQUES_JETON ?? null })),
  journal: z
    .object({
      JOURNAL_NIVEAU: z
        .enum(['debug', 'info', 'warn', 'error', 'silent'], 'doit valoir debug, info, warn, error ou silent')
        .default('info')
        .describe('Le plus bas niveau écrit au journal technique.'),
    })
    .transform((env) => ({ niveau: env.JOURNAL_NIVEAU })),
} as const;

export type Concern = keyof typeof CONCERNS;
